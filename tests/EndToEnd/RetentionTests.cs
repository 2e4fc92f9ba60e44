// The operator erases what has served its time, with the real program, and the program is killed in the middle.
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class RetentionTests
{
    private const int Old = 20_000;

    [Fact]
    public async Task WhatHasServedItsTimeIsTakenOutAndErasedAlsoWhenTheProgramIsKilledInTheMiddle()
    {
        await using var house = new RunningSisote();
        await house.InitializeAsync();
        await house.CloseAsync();
        var marks = await OldLog.WriteAsync(house.Settings, Old, TimeProvider.System.GetUtcNow().AddYears(-12).AddDays(-2));
        await house.OpenAsync();
        var (bundle, before) = (Path.Combine(house.Data, "due.ndjson"), Path.Combine(house.Data, "before.ndjson"));
        Assert.Equal(0, (await RunAsync(house, "export", "--to", before)).ExitCode);

        var (_, table, _) = await RunAsync(house, "retention");
        Assert.Contains(Old.ToString("N0", CultureInfo.InvariantCulture) + " of", table, StringComparison.Ordinal);
        Assert.Contains("log-social-or-health", table, StringComparison.Ordinal);
        var (dry, _, advice) = await RunAsync(house, "erase");
        Assert.Equal(0, dry);
        Assert.Contains("dry run; nothing was erased", advice, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(house, "erase", "--yes")).ExitCode);
        Assert.Equal(2, (await RunAsync(house, "erase", "--yes", "--no-export", "--export", bundle)).ExitCode);
        Assert.Equal(0, (await ReportAsync(house)).Erased);

        await KillInTheMiddleAsync(house, bundle);
        var half = (await ReportAsync(house)).Erased;
        var (code, said, progress) = await RunAsync(house, "erase", "--export", bundle, "--yes");

        Assert.InRange(half, 1, Old - 1);
        Assert.True(code == 0, said + progress);
        Assert.Contains("Going on with the run that stopped after", progress, StringComparison.Ordinal);
        Assert.Contains("Erased " + Old.ToString("N0", CultureInfo.InvariantCulture) + " records", said, StringComparison.Ordinal);
        Assert.Contains($"SHA-256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(bundle)))}", said, StringComparison.Ordinal);
        await AssertAsync(house, bundle, before, marks);
    }

    [Fact]
    public async Task AHoldIsEnteredAtSomebodysOrderListedAndLiftedAndKeepsWhatItCovers()
    {
        await using var house = new RunningSisote();
        await house.InitializeAsync();
        await house.CloseAsync();
        await OldLog.WriteAsync(house.Settings, 10, TimeProvider.System.GetUtcNow().AddYears(-13));
        await house.OpenAsync();
        string[] order = ["--by", "dpo-koski", "--for", "pohjois-savo"];

        var (placed, id, fault) = await RunAsync(house, ["hold", "add", "--organisation", "--reason", "litigation", "--reference", "PSHVA/2038/17", .. order]);
        Assert.True(placed == 0, fault);
        var (_, list, _) = await RunAsync(house, "hold", "list");
        var (_, kept, _) = await RunAsync(house, "erase", "--no-export", "--yes");
        Assert.Equal(2, (await RunAsync(house, ["hold", "add", "--organisation", "--client", "--reason", "litigation", .. order])).ExitCode);
        Assert.Equal(2, (await RunAsync(house, ["hold", "add", "--range", "9-3", "--reason", "litigation", .. order])).ExitCode);
        Assert.Equal(1, (await RunAsync(house, ["hold", "lift", id.Trim(), "--by", "someone", "--for", "kuopio"])).ExitCode);
        Assert.Equal(0, (await RunAsync(house, ["hold", "lift", id.Trim(), .. order])).ExitCode);
        var (erased, went, _) = await RunAsync(house, "erase", "--no-export", "--yes");

        Assert.Contains("PSHVA/2038/17", list, StringComparison.Ordinal);
        Assert.Contains("dpo-koski (pohjois-savo)", list, StringComparison.Ordinal);
        Assert.Contains("in force", list, StringComparison.Ordinal);
        Assert.Contains("10 more would be, but are held", kept, StringComparison.Ordinal);
        Assert.Equal(0, erased);
        Assert.Contains("Erased 10 records", went, StringComparison.Ordinal);
    }

    /// <summary>Begins to erase, and kills the program that does it once something has gone.</summary>
    private static async Task KillInTheMiddleAsync(RunningSisote house, string bundle)
    {
        await using var command = SisoteProcess.Start(Arguments(house, ["erase", "--export", bundle, "--yes"]));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!(await RunsAsync(house)).Runs.Any(static run => run is { State: "erasing", Erased: > 0 }))
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        await house.KillAsync();
        await house.OpenAsync();
    }

    private static async Task AssertAsync(RunningSisote house, string bundle, string before, IReadOnlyList<string> marks)
    {
        var after = Path.Combine(house.Data, "after.ndjson");
        Assert.Equal(0, (await RunAsync(house, "export", "--to", after)).ExitCode);
        foreach (var file in new[] { bundle, before, after })
        {
            var (code, said, _) = await VerifyAsync(house, file);
            Assert.True(code == 0, said);
        }

        Assert.Contains($"{Old} of them without their record, all erased on record", (await VerifyAsync(house, after)).Output, StringComparison.Ordinal);
        var taken = await File.ReadAllTextAsync(bundle);
        Assert.All(marks, mark => Assert.Contains(mark, taken, StringComparison.Ordinal));
        await house.CloseAsync();
        foreach (var file in Directory.GetFiles(house.Data, "consent.db*"))
        {
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("mark-0"u8));
        }
    }

    private static async Task<RetentionReport> ReportAsync(RunningSisote house) =>
        JsonSerializer.Deserialize<RetentionReport>((await RunAsync(house, "retention", "--format", "json")).Output, SisoteJson.Options)!;

    private static async Task<ErasureRuns> RunsAsync(RunningSisote house)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address(3), "log/erasures"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync("sisote-operator", scope: Scopes.Inner));
        return JsonSerializer.Deserialize<ErasureRuns>((await house.SendAsync(request)).Body, SisoteJson.Options)!;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> VerifyAsync(RunningSisote house, string file)
    {
        var run = await SisoteProcess.RunAsync(["log", "verify", file, "--key", (await File.ReadAllTextAsync(Path.Combine(house.Data, "keys", "consent.log.vkey"), Encoding.ASCII)).Trim()]);
        return (run.ExitCode, run.Output, run.Errors);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(RunningSisote house, params string[] arguments)
    {
        var run = await SisoteProcess.RunAsync(Arguments(house, arguments));
        return (run.ExitCode, run.Output, run.Errors);
    }

    private static string[] Arguments(RunningSisote house, string[] arguments) => ["log", .. arguments, "--data", house.Data, "--port", house.Port.ToString(CultureInfo.InvariantCulture)];
}
