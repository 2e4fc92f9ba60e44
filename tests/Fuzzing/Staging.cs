// A copy of the build in which the gateway counts its branches.
using System.Diagnostics;
using SharpFuzz;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Fuzzing;

/// <summary>Copies this project's output, lets SharpFuzz put counters into the gateway of the copy, and runs the fuzzer there. The build itself stays as it is.</summary>
internal static class Staging
{
    internal static async Task<int> RunAsync(FuzzOptions options, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-fuzz-").FullName;
        try
        {
            Copy(AppContext.BaseDirectory, folder);
            SharpFuzz.Fuzzer.Instrument(Path.Combine(folder, "Sisote.Gateway.dll"), static _ => true, Options.Value);
            var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Sisote.Fuzzing.dll"), "fuzz-staged", .. options.ToArguments()]) { WorkingDirectory = folder };
            start.Environment["SISOTE_TEST_DATA"] = SharedData.Require(); // the copy has no checkout beside it
            using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var part in Directory.EnumerateDirectories(from).Where(static part => Path.GetFileName(part) is "runtimes" or "Catalogue"))
        {
            foreach (var file in Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
