// The measured process, seen from outside.
using System.Diagnostics;
using System.Globalization;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>What the process had used when it was asked.</summary>
internal readonly record struct Usage(long Allocated, long WorkingSet, long Heap, TimeSpan Cpu);

/// <summary>Starts the contenders on a core of their own, where there is more than one.</summary>
internal sealed class ContenderProcess : IDisposable
{
    private static readonly int Cores = Environment.ProcessorCount;
    private readonly Process process;

    private ContenderProcess(Process process) => this.process = process;

    /// <summary>Plain YARP first, then a gateway for each consent room.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    public int Id => process.Id;

    /// <summary>Starts this program again, or the same program as it was built before.</summary>
    /// <param name="build">The folder of the program.</param>
    /// <param name="arguments">What <see cref="Contenders"/> takes.</param>
    /// <param name="withSymbols">Whether a profiler shall find the names of what was compiled at run time.</param>
    public static async Task<ContenderProcess> StartAsync(string build, IEnumerable<string> arguments, bool withSymbols = false)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(build, typeof(ContenderProcess).Assembly.GetName().Name + ".dll")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend("gateway-contenders"))
        {
            start.ArgumentList.Add(argument);
        }

        if (withSymbols)
        {
            foreach (var (name, value) in new[] { ("PerfMapEnabled", "1"), ("ReadyToRun", "0"), ("EnableWriteXorExecute", "0") })
            {
                start.Environment["DOTNET_" + name] = value;
            }
        }

        Pin(2); // inherited: the child counts the cores when it starts
        var running = new ContenderProcess(Process.Start(start)!);
        Pin(1);
        var line = await running.process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The contenders did not open.");
        running.Addresses = [.. line.Split(' ').Select(static address => new Uri(address))];
        return running;
    }

    public async Task<Usage> AskAsync(string word = "usage")
    {
        await process.StandardInput.WriteLineAsync(word);
        await process.StandardInput.FlushAsync();
        var numbers = (await process.StandardOutput.ReadLineAsync())!.Split(' ').Select(static text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Usage(numbers[0], numbers[1], numbers[2], new TimeSpan(numbers[3]));
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static void Pin(int mask)
    {
        if (OperatingSystem.IsLinux() && Cores >= 2)
        {
            using var own = Process.GetCurrentProcess();
            own.ProcessorAffinity = mask;
        }
    }
}
