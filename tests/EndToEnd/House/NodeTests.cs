// Tests that are written for Node, in tests/Clients.
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Runs a file of tests with Node's own runner; skips, with the reason, where Node or the packages are not there.</summary>
internal static partial class NodeTests
{
    /// <summary>Runs them to the end: how many passed, failed and were skipped, and all that was said.</summary>
    internal static async Task<NodeResult> RunAsync(string file, IReadOnlyDictionary<string, string> environment)
    {
        var folder = Documents.Path("tests/Clients");
        var node = Find("node") ?? Find("nodejs");
        Assert.SkipWhen(node is null, "Node is not on the PATH.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "The packages of tests/Clients are not installed: npm ci --ignore-scripts there.");
        var start = new ProcessStartInfo(node!, ["--test", "--test-reporter=tap", file]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new NodeResult(Count("pass", said), Count("fail", said), Count("skipped", said) + Count("todo", said) + Count("cancelled", said), said + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program + (OperatingSystem.IsWindows() ? ".exe" : ""))).FirstOrDefault(File.Exists);

    private static int Count(string what, string said) =>
        Summary().Matches(said).LastOrDefault(match => match.Groups[1].Value == what) is { } found ? int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(@"^# (\w+) (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Summary();
}

/// <summary>How a run of Node tests ended.</summary>
internal sealed record NodeResult(int Passed, int Failed, int Missed, string Said);
