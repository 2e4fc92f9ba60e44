// A real consent room in which one person's counselling is under way.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Sisote.Consent;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>Consent, facts and referral come in by the doors by which they always come in.</summary>
internal sealed class LogRoom : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestIssuer issuer;

    private LogRoom(WebApplication app, TestIssuer issuer) => (this.app, this.issuer) = (app, issuer);

    public Uri Address => new(app.Urls.First() + "/");

    /// <summary>Opens a room on a database.</summary>
    public static async Task<LogRoom> OpenAsync(TestIssuer issuer, string folder, string database)
    {
        var settings = new RoomSettings
        {
            Issuer = issuer.Address,
            Gateway = new Uri("http://gateway.test/"),
            Portal = new Uri("http://portal.test/"),
            Consent = new Uri("http://consent.test/"),
            Adapters = new Uri("http://adapters.test/"),
            DataDirectory = folder,
            KeyDirectory = folder,
            Catalogue = GatewayWorld.Catalogue,
            Deployment = Some.Deployment,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sisote:Consent:Database"] = database,
            ["Sisote:Consent:MigrateAtStart"] = "true",
            ["Sisote:Consent:MakeKeys"] = "true",
            ["Sisote:LogFile"] = Path.Combine(folder, "diagnostics.log"),
        }).Build();
        var builder = RoomApplication.CreateBuilder("consent", settings, configuration, "http://127.0.0.1:0");
        builder.AddConsent(settings);
        var app = builder.Build();
        app.UseRoomDefaults();
        app.MapConsent();
        await app.StartAsync();
        var room = new LogRoom(app, issuer);
        await room.BeginCounsellingAsync();
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private async Task BeginCounsellingAsync()
    {
        await SendAsync("clients/facts", Inner(InnerSystems.Operator), new RecordFacts { Identifier = Some.Aino, Facts = new ToldFacts { BirthDate = new DateOnly(1990, 1, 1), SafetyProhibition = false } });
        var consent = Some.Consent("person-identity", "exercise-restriction", "exercise-goal-plan", "exercise-measures");
        await SendAsync("me/consents", issuer.PersonToken("aino", PersonKind.Client, Some.Aino), new GiveConsent
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Form = consent.Form,
            Items = consent.Items,
            RecipientSector = consent.RecipientSector!.Value,
            RecipientOrganisation = consent.RecipientOrganisation!.Value,
            Purpose = consent.Purpose!.Value,
            TextLanguage = "fi",
            TextVersion = "exercise-1",
        });
        var state = (await (await SendAsync("states", Inner(InnerSystems.Gateway), new ClientStateQuery { Identifiers = [Some.Aino] })).Content.ReadFromJsonAsync<ClientStateAnswer>(SisoteJson.Options))!.States[0].State;
        await SendAsync("log/append", Inner(InnerSystems.Gateway), new AppendRequest { Entries = [Referral(state)] });
    }

    private static AppendItem Referral(ConsentState state)
    {
        var entry = AppendRoom.Item(state, 0).Entry;
        return new AppendItem
        {
            Entry = entry with { Kind = LogEntryKind.WriteIntent, Direction = Policy.Requests.Direction.Notify, Outcome = "sending" },
            Expect = new AppendExpectation { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = GatewayWorld.Catalogue.Version },
            ClientIdentifier = Some.Aino,
            Begins = new NewRelationship
            {
                Id = "referral-1",
                Kind = "referral",
                Status = RelationshipStatus.Active,
                FromOrganisation = OrganisationId.Parse("pohjois-savo"),
                ToOrganisation = OrganisationId.Parse("kuopio"),
                To = TimeProvider.System.GetUtcNow().AddDays(90),
            },
        };
    }

    private string Inner(SystemId room) => issuer.SystemToken(room.Value, Scopes.Inner);

    private async Task<HttpResponseMessage> SendAsync<T>(string path, string token, T body)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = JsonContent.Create(body, options: SisoteJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await http.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer.EnsureSuccessStatusCode();
    }
}
