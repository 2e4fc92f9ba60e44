// Sisote with the gateway and the consent room in processes of their own, which a test may kill.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>
/// Three processes: the gateway, the consent room, and all the rest. The log is kept in a file, or by a PostgreSQL server of the test's own;
/// with that the consent room is no demonstration, and is told the one fact that the story needs.
/// </summary>
internal sealed class ApartHouse(PostgresServer? server, string level = "Error") : RunningSisote
{
    private readonly Dictionary<string, SisoteProcess> running = [];

    /// <summary>What can be killed.</summary>
    internal string[] Parts => server is null ? ["gateway", "consent"] : ["gateway", "consent", "postgresql"];

    /// <summary>What the parts that run now have said on standard error.</summary>
    internal string Said => string.Join('\n', running.Values.Select(static process => process.Errors));

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        foreach (var rooms in (string[])["identity,adapters,simulators,portal", "consent", "gateway"])
        {
            await StartAsync(rooms);
        }

        Connect();
        if (server is not null)
        {
            await TellFactsAsync();
        }
    }

    /// <summary>Kills some parts, as a power cut would, and starts them again on their data: the database server first, as the consent room waits for it only a while.</summary>
    internal async Task CutPowerAsync(IReadOnlyCollection<string> parts)
    {
        foreach (var part in parts)
        {
            await (part == "postgresql" ? server!.KillAsync() : running[part].DisposeAsync().AsTask());
        }

        foreach (var part in Parts.Reverse().Where(parts.Contains))
        {
            await (part == "postgresql" ? server!.StartAgainAsync() : StartAsync(part));
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        foreach (var process in running.Values)
        {
            await process.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async Task StartAsync(string rooms)
    {
        var environment = new Dictionary<string, string> { ["Sisote__Rooms"] = rooms, ["Sisote__LogLevel"] = level };
        if (server is not null && rooms == "consent")
        {
            environment["Sisote__Demo"] = environment["Sisote__Strict"] = "false";
            environment["Sisote__Consent__Database"] = $"postgres:{server.ConnectionString}";
            environment["Sisote__Consent__MigrateAtStart"] = environment["Sisote__Consent__MakeKeys"] = "true";
        }

        running[rooms] = SisoteProcess.Start(["run", "--data", Data, "--port", $"{Port}"], environment, Path.GetTempPath());
        await running[rooms].WaitUntilOpenAsync();
    }

    private async Task TellFactsAsync()
    {
        var token = await TokenAsync(InnerSystems.Operator.Value, context: null, Scopes.Inner);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Settings.Consent, "clients/facts"))
        {
            Content = JsonContent.Create(new RecordFacts { Identifier = Aino, Facts = new ToldFacts { SafetyProhibition = false, CompulsoryAge = false } }, options: SisoteJson.Options),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await SendAsync(request);
        Assert.True((int)answer.Status < 300, answer.Body);
    }
}
