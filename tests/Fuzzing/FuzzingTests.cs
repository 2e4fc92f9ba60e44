// Short runs of the coverage-guided fuzzers.
using System.Diagnostics;
using System.Globalization;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Fuzzing;

/// <summary>Long runs: <c>SISOTE_FUZZ_SECONDS</c> (8 seconds per door without it), or the command.</summary>
public sealed class FuzzingTests
{
    private static readonly string Seconds = Environment.GetEnvironmentVariable("SISOTE_FUZZ_SECONDS") ?? "8";

    [Theory]
    [InlineData("minimiser")]
    [InlineData("entries")]
    [InlineData("requests")]
    public async Task NothingThatComesInBreaksADoorOrLeavesOtherwiseThanThePlainTwinSays(string target)
    {
        SharedData.Require("fhir-r4-official");
        var findings = Path.Combine(Path.GetTempPath(), $"sisote-findings-{Guid.CreateVersion7():N}");
        var start = new ProcessStartInfo("dotnet", [typeof(FuzzingTests).Assembly.Location, "fuzz", target, "--seconds", Seconds, "--findings", findings]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;

        var told = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, told);
        Assert.True(Number(told, " edges, ") > Number(told, " edges; "), $"Chance led nowhere that the seeds had not been.\n{told}");
    }

    /// <summary>The number right before some words, where they stand last.</summary>
    private static int Number(string told, string words)
    {
        var before = told[..told.LastIndexOf(words, StringComparison.Ordinal)];
        return int.Parse(before[(before.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}
