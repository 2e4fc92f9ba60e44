// Power cuts at any moment: who got an answer has it in the log, and the log is whole.
using System.Globalization;
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

/// <summary>
/// <c>SISOTE_CRASHES</c> says how many processes are killed on each database (6), and <c>SISOTE_CRASH_FILE</c> names a file for what was counted.
/// Moments are chosen anew in each run: what happens between processes could not be repeated anyway. A run of 200: <c>SISOTE_CRASHES=200 dotnet test --project tests/EndToEnd -- --filter-class "*CrashTests"</c>.
/// </summary>
public sealed class CrashTests
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("SISOTE_CRASHES") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public async Task WhoeverGotAnAnswerHasItInTheLogHoweverOftenTheGatewayAndTheConsentRoomAreKilled() => await RunAsync(server: null);

    [Fact]
    public async Task WhoeverGotAnAnswerHasItInTheLogHoweverOftenTheDatabaseServerIsKilledToo()
    {
        await using var server = await PostgresServer.StartAsync(durable: true);
        await RunAsync(server);
    }

    private static async Task RunAsync(PostgresServer? server)
    {
        await using var house = new ApartHouse(server);
        await house.InitializeAsync();
        await house.ConsentAsync("aino");
        await house.FindAsync(RunningSisote.Aino); // three cold processes: the record waits ten seconds for its first referral only
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino));
        await house.AcceptAsync("Aaltonen");

        await using var run = new CrashRun(house);
        await run.KillAsync(Kills);
        await run.EndAsync();

        var bundle = Path.Combine(house.Data, "log.jsonl");
        var export = await SisoteProcess.RunAsync(["log", "export", "--to", bundle, "--data", house.Data, "--port", house.Port.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(export.ExitCode == 0, export.Output + export.Errors);
        await AssertWholeAsync(run, bundle, NoteVerifier.Parse((await File.ReadAllTextAsync(Path.Combine(house.Data, "keys", "consent.log.vkey"))).Trim()));
        await WriteDownAsync(run, server is null ? "SQLite" : "PostgreSQL");
    }

    private static async Task AssertWholeAsync(CrashRun run, string bundle, NoteVerifier log)
    {
        Assert.Empty(run.WithoutReceipt);
        Assert.True(run.Receipts.Count >= run.Whole);
        await using (var file = File.OpenRead(bundle))
        {
            var verified = await LogVerifier.VerifyAsync(file, new BundleTerms { Log = log, Kept = [.. run.Checkpoints] }, TestContext.Current.CancellationToken);
            Assert.True(verified is BundleOutcome.Intact, $"{verified}");
        }

        var entries = File.ReadLines(bundle).Skip(2).Select(static line => JsonNode.Parse(line)!).Select(static entry => (Hash: (string?)entry["hash"], Id: (string?)entry["record"]!["id"], Kind: (string?)entry["record"]!["kind"])).ToList();
        foreach (var receipt in run.Receipts)
        {
            Assert.True(receipt.IsSignedBy(log));
            Assert.True(receipt.Index < entries.Count, $"A reader holds the receipt of entry {receipt.Index}, and the log has {entries.Count}.");
            Assert.Equal((receipt.LeafHash.ToString(), receipt.EntryId), (entries[(int)receipt.Index].Hash, entries[(int)receipt.Index].Id));
        }

        Assert.Equal(run.Receipts.Count, run.Receipts.Select(static receipt => receipt.Index).Distinct().Count());
        Assert.Equal(entries.Count, entries.Select(static entry => entry.Id).Distinct().Count());
        Assert.InRange(run.Receipts.Count, 1, entries.Count(static entry => entry.Kind == "disclosure"));
    }

    private static async Task WriteDownAsync(CrashRun run, string database)
    {
        if (Environment.GetEnvironmentVariable("SISOTE_CRASH_FILE") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"{database}: {Kills} kills: {run.Receipts.Count} receipts, {run.Whole} whole answers, {run.Checkpoints.Count()} checkpoints; otherwise {string.Join(", ", run.Others.Select(static pair => $"{pair.Key} {pair.Value}"))}\n"));
        }
    }
}
