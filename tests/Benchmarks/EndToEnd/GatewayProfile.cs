// Where the time of the whole gateway goes.
using System.Diagnostics;
using System.Globalization;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary><c>dotnet run -c Release --project tests/Benchmarks -- profile [SECONDS] [yarp]</c>: samples the measured process with <c>perf</c> under full load, message by message. Wants Linux, <c>perf</c> and the right to use it.</summary>
internal static class GatewayProfile
{
    private const int Connections = 32;
    private const int WarmUp = 40_000;

    public static async Task RunAsync(string[] arguments)
    {
        var seconds = arguments.Length > 0 && int.TryParse(arguments[0], CultureInfo.InvariantCulture, out var asked) ? asked : 5;
        var folder = Directory.CreateTempSubdirectory("sisote-profile-").FullName;
        await using var issuer = await TestIssuer.StartAsync();
        using var source = new RawSource();
        using (var process = await ContenderProcess.StartAsync(AppContext.BaseDirectory, [issuer.Address.AbsoluteUri, source.Address.AbsoluteUri, folder, "-"], withSymbols: true))
        {
            foreach (var message in GatewayBenchmark.Messages)
            {
                await ProfileAsync(process, message, new Caller(issuer), (arguments.Contains("yarp") ? 0 : 1, seconds, folder));
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task ProfileAsync(ContenderProcess process, string message, Caller caller, (int Contender, int Seconds, string Folder) how)
    {
        var request = await caller.MakeAsync(message, process.Addresses[1]);
        using var load = await Load.OpenAsync(process.Addresses[how.Contender], request, Connections);
        for (var (done, start) = (0, Stopwatch.GetTimestamp()); done < WarmUp && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(40);) // until the just-in-time compiler has settled
        {
            done += (await load.RunAsync(TimeSpan.FromSeconds(1))).Times.Count;
        }

        var samples = Path.Combine(how.Folder, "samples");
        using var perf = Process.Start(new ProcessStartInfo("perf", ["record", "-q", "-F", "1999", "--call-graph", "fp", "-p", process.Id.ToString(CultureInfo.InvariantCulture), "-o", samples, "--", "sleep", how.Seconds.ToString(CultureInfo.InvariantCulture)]))
            ?? throw new InvalidOperationException("There is no perf here.");
        var before = await process.AskAsync();
        var slice = Slice.Of(await load.RunAsync(TimeSpan.FromSeconds(how.Seconds)), before, await process.AskAsync());
        await perf.WaitForExitAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{message}: {slice.PerSecond:n0} requests/s, {slice.CpuMicroseconds:0.0} µs and {slice.Allocated:n0} B each"));
        var shares = await ProfileShares.ReadAsync(samples);
        foreach (var line in shares.Lines(slice.CpuMicroseconds))
        {
            Console.WriteLine(line);
        }
    }
}
