// A log with records that are older than the program can be.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sisote.Consent;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Begins the log of a closed house anew in the consent room, with a clock of long ago, and lets the gateway record refusals. What was recorded before is removed: the times of a log never run backwards.</summary>
internal static class OldLog
{
    private const int InOneCall = 1000;

    /// <summary>Writes refusals of one client as of an instant, each with a mark of its own; their marks.</summary>
    internal static async Task<IReadOnlyList<string>> WriteAsync(RoomSettings settings, int count, DateTimeOffset at)
    {
        Array.ForEach(Directory.GetFiles(settings.DataDirectory, "consent.db*"), File.Delete);
        File.Delete(Path.Combine(settings.KeyDirectory, "consent.log.begun")); // nobody has seen what is removed
        await using var issuer = await TestIssuer.StartAsync();
        var builder = RoomApplication.CreateBuilder("consent", settings with { Issuer = issuer.Address }, new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Sisote:LogFile", (string?)Path.Combine(settings.DataDirectory, "old.log"))]).Build(), "http://127.0.0.1:0");
        builder.AddConsent(settings with { Issuer = issuer.Address });
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(at));
        await using var room = builder.Build();
        room.UseRoomDefaults();
        room.MapConsent();
        await room.StartAsync();
        using var gateway = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(room.Urls.First()) };
        gateway.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.SystemToken("sisote-gateway", Scopes.Inner));
        var entries = Enumerable.Range(0, count).Select(_ => Refusal(at)).ToArray();
        foreach (var part in entries.Chunk(InOneCall))
        {
            using var answer = await gateway.PostAsJsonAsync("log/append", new AppendRequest { Entries = [.. part.Select(static entry => new AppendItem { Entry = entry })] }, SisoteJson.Options);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        await room.StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return [.. entries.Select(static entry => entry.CorrelationId)];
    }

    private static LogEntry Refusal(DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Time = at,
        Kind = LogEntryKind.Refusal,
        CorrelationId = "mark-" + Guid.CreateVersion7().ToString("N"),
        Client = ClientId.Parse("00112233445566778899aabbccddeeff"),
        From = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo"), System = SystemId.Parse("pohjois-savo-record"), Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional") },
        To = new LogParty { Organisation = OrganisationId.Parse("kuopio"), System = SystemId.Parse("kuopio-liikunta"), Sector = SectorId.Parse("municipal-sports"), Role = RoleId.Parse("exercise-counsellor"), Professional = ProfessionalId.Parse("ohjaaja-salmi") },
        Outcome = "denied",
    };
}
