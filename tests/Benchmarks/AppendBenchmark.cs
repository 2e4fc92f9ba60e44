// How fast entries become durable, against a bare file in the same run.
using System.Diagnostics;
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Benchmarks;

/// <summary><c>dotnet run -c Release --project tests/Benchmarks -- append [SECONDS [ROUNDS [WHICH]]]</c>: rounds of each subject in turn, medians and ratios.</summary>
internal static class AppendBenchmark
{
    private const int Callers = 64;
    private const int WarmUp = 40_000; // records until the just-in-time compiler has settled

    public static async Task RunAsync(string[] arguments)
    {
        var seconds = Number(arguments, 0, 5);
        var rounds = Number(arguments, 1, 3);
        var folder = Directory.CreateTempSubdirectory("sisote-benchmark-file-");
        await using var postgres = new PostgresFixture { IsDurable = true };
        await using (var file = new AppendFile(Path.Combine(folder.FullName, "log")))
        await using (var sqlite = await AppendRoom.OpenAsync(null))
        await using (var server = await AppendRoom.OpenAsync("postgres:" + await postgres.CreateDatabaseAsync()))
        {
            var states = await sqlite.StatesAsync(Callers);
            var record = CanonicalForm.Write(AppendRoom.Item(states[0], 0).Entry);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A record of {record.Length} bytes; {Callers} callers, each waiting for its own; {rounds} rounds of {seconds} s."));
            var subjects = new[]
            {
                new Subject("file, group commit", _ => file.AppendAsync(record)),
                await OfAsync("door, SQLite", sqlite),
                await OfAsync("door, PostgreSQL", server),
            }.Where(subject => arguments.Length < 3 || subject.Name.Contains(arguments[2], StringComparison.Ordinal)).ToArray();
            foreach (var subject in subjects)
            {
                await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
                {
                    for (var i = 0; i < WarmUp / Callers; i++)
                    {
                        await subject.AppendAsync(caller);
                    }
                })));
            }

            for (var round = 0; round < rounds; round++)
            {
                foreach (var subject in subjects)
                {
                    await RunAsync(subject, Callers, seconds);
                    await RunAsync(subject, 1, Math.Max(1, seconds / 2));
                }
            }

            Report(subjects);
        }

        folder.Delete(recursive: true);
    }

    private static int Number(string[] arguments, int place, int otherwise) => arguments.Length > place ? int.Parse(arguments[place], CultureInfo.InvariantCulture) : otherwise;

    private static async Task<Subject> OfAsync(string name, AppendRoom room)
    {
        var states = await room.StatesAsync(Callers);
        return new Subject(name, async caller =>
        {
            if (await room.Queue.AppendAsync(AppendRoom.Item(states[caller], caller)) is not { Status: AppendStatus.Committed })
            {
                throw new InvalidOperationException("An entry was not committed.");
            }
        });
    }

    private static async Task RunAsync(Subject subject, int callers, int seconds)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var end = start + (seconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(subject, caller, end))));
        var (elapsed, spent) = (Stopwatch.GetElapsedTime(start), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        var all = times.SelectMany(static one => one).Order().ToArray();
        subject.Runs.Add(new Run(callers, all.Length / elapsed.TotalSeconds, Stopwatch.GetElapsedTime(0, all[all.Length / 2]), spent.TotalMicroseconds / all.Length));
    }

    private static async Task<List<long>> CallAsync(Subject subject, int caller, long end)
    {
        var times = new List<long>();
        for (var before = Stopwatch.GetTimestamp(); before < end;)
        {
            await subject.AppendAsync(caller);
            var now = Stopwatch.GetTimestamp();
            times.Add(now - before);
            before = now;
        }

        return times;
    }

    private static void Report(Subject[] subjects)
    {
        Console.WriteLine("subject               records/s  of file   p50 ms  CPU us/record | alone/s  p50 ms");
        foreach (var subject in subjects)
        {
            var (many, one) = (subject.Median(Callers), subject.Median(1));
            var ratio = Middle(subject.Runs.Where(static run => run.Callers == Callers).Zip(subjects[0].Runs.Where(static run => run.Callers == Callers), static (own, file) => own.PerSecond / file.PerSecond));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subject.Name,-20} {many.PerSecond,10:n0} {ratio,8:0.000} {many.Median.TotalMilliseconds,8:0.00} {many.Cpu,14:0.0} | {one.PerSecond,7:n0} {one.Median.TotalMilliseconds,7:0.00}"));
        }
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private sealed record Subject(string Name, Func<int, Task> AppendAsync)
    {
        public List<Run> Runs { get; } = [];

        public Run Median(int callers)
        {
            var runs = Runs.Where(run => run.Callers == callers).ToArray();
            return new Run(callers, Middle(runs.Select(static run => run.PerSecond)), TimeSpan.FromMilliseconds(Middle(runs.Select(static run => run.Median.TotalMilliseconds))), Middle(runs.Select(static run => run.Cpu)));
        }
    }

    private sealed record Run(int Callers, double PerSecond, TimeSpan Median, double Cpu);
}
