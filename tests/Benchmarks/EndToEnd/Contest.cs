// One message, all contenders, many rounds.
using System.Diagnostics;
using System.Globalization;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>What a contender did in one slice.</summary>
internal sealed record Slice(double PerSecond, double CpuMicroseconds, double Allocated, double Median, double P99)
{
    internal static Slice Of(Stretch stretch, Usage before, Usage after)
    {
        var sorted = stretch.Times.Order().ToArray();
        return new Slice(stretch.PerSecond, (after.Cpu - before.Cpu).TotalMicroseconds / sorted.Length, (double)(after.Allocated - before.Allocated) / sorted.Length, Milliseconds(sorted, 0.5), Milliseconds(sorted, 0.99));
    }

    private static double Milliseconds(long[] sorted, double share) => Stopwatch.GetElapsedTime(0, sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))]).TotalMilliseconds;
}

/// <summary>One of those who are compared.</summary>
internal sealed record Contender(string Name, ContenderProcess Process, Uri Address);

/// <summary>The contenders for one message. In each round every one has its slice, each time in another order.</summary>
internal sealed class Contest : IDisposable
{
    private readonly string message;
    private readonly List<(string Name, ContenderProcess Process, Load Load, List<Slice> Full, List<Slice> Half)> contenders = [];

    private Contest(string message) => this.message = message;

    public static async Task<Contest> OpenAsync(string message, IReadOnlyList<Contender> known, Caller caller, int connections)
    {
        var contest = new Contest(message);
        foreach (var (name, process, address) in known)
        {
            // Plain YARP, the first, gets the request of the gateway beside it: it does not look at it.
            var request = await caller.MakeAsync(message, contest.contenders.Count == 0 ? known[1].Address : address);
            contest.contenders.Add((name, process, await Load.OpenAsync(address, request, connections), [], []));
        }

        return contest;
    }

    /// <summary>So many requests to each, in turns, until the just-in-time compiler has settled; on a machine that is busy otherwise at most so long, as the callers' token does not live for ever.</summary>
    public async Task WarmUpAsync(int requests, TimeSpan slice, TimeSpan longest)
    {
        var start = Stopwatch.GetTimestamp();
        for (var least = 0; least < requests && Stopwatch.GetElapsedTime(start) < longest;)
        {
            List<int> turn = [];
            foreach (var (_, _, load, _, _) in contenders)
            {
                turn.Add((await load.RunAsync(slice)).Times.Count);
            }

            least += turn.Min();
        }
    }

    public async Task RunRoundAsync(TimeSpan slice)
    {
        var first = contenders[0].Full.Count;
        for (var turn = 0; turn < contenders.Count; turn++)
        {
            var (_, process, load, full, _) = contenders[(first + turn) % contenders.Count];
            var before = await process.AskAsync();
            full.Add(Slice.Of(await load.RunAsync(slice), before, await process.AskAsync()));
        }
    }

    /// <summary>All at half of what the gateway without a log took in full.</summary>
    public async Task RunHalfLoadAsync(TimeSpan slice, int rounds)
    {
        var rate = Median(contenders[1].Full, static one => one.PerSecond) / 2;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (_, process, load, _, half) in contenders)
            {
                var before = await process.AskAsync();
                half.Add(Slice.Of(await load.RunAsync(slice, rate), before, await process.AskAsync()));
            }
        }
    }

    public IEnumerable<string> Lines()
    {
        var yarp = contenders[0];
        foreach (var (name, _, load, full, half) in contenders)
        {
            var ratio = Middle(full.Zip(yarp.Full, static (own, plain) => own.PerSecond / plain.PerSecond));
            var cpu = Middle(full.Zip(yarp.Full, static (own, plain) => plain.CpuMicroseconds / own.CpuMicroseconds));
            var added = Middle(half.Zip(yarp.Half, static (own, plain) => own.P99 - plain.P99));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {message} | {name} ({load.BodyLength:n0} B out) | {Median(full, static one => one.PerSecond):n0} | {ratio:0.00} | {Median(full, static one => one.CpuMicroseconds):0.0} | {cpu:0.00} | {Median(full, static one => one.Median):0.00} | {Median(full, static one => one.P99):0.00} | {Median(half, static one => one.Median):0.00}, {Median(half, static one => one.P99):0.00} | {added:0.00} | {Median(full, static one => one.Allocated):n0} |");
        }
    }

    public void Dispose() => contenders.ForEach(static contender => contender.Load.Dispose());

    private static double Median(IEnumerable<Slice> slices, Func<Slice, double> value) => Middle(slices.Select(value));

    private static double Middle(IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : 0;
}
