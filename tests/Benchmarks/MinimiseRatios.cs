// Measures the minimiser against a bare reader pass in turns, so that a noisy machine troubles both alike.
using System.Diagnostics;

namespace Sisote.Tests.Benchmarks;

/// <summary>Medians of many short interleaved turns; the ratio is what counts.</summary>
internal static class MinimiseRatios
{
    private const int Turns = 401;

    internal static void Print()
    {
        Console.WriteLine("| message | bytes | reader pass, us | check, us | minimise, us | check, ratio | minimise, ratio | reader-based, ratio | B per operation | released |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var name in new[] { "Observation 2 KB", "Patient 10 KB", "Bundle 200 KB", "Bundle, indented" })
        {
            PrintOne(name);
        }
    }

    private static void PrintOne(string name)
    {
        using var work = new MinimiseWork(name[0] == 'P' ? "Patient" : "Observation");
        var message = MinimiseInputs.Make(name);
        var isSearchset = name[0] == 'B';
        var repeats = Math.Max(1, 400_000 / message.Length);
        Action[] all = [() => MinimiseWork.ReaderPass(message), () => work.Check(message, isSearchset), () => work.Fast(message, isSearchset), () => work.Plain(message, isSearchset)];
        var times = all.Select(static _ => new List<double>()).ToArray();
        for (var turn = 0; turn < Turns + 100; turn++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                for (var n = 0; n < repeats; n++)
                {
                    all[i]();
                }

                if (turn >= 100)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats);
                }
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 100; n++)
        {
            work.Fast(message, isSearchset);
        }

        var perOperation = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        var medians = times.Select(static list => list.Order().ElementAt(Turns / 2)).ToArray();
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {message.Length} | {medians[0]:F2} | {medians[1]:F2} | {medians[2]:F2} | {medians[0] / medians[1]:F2} | {medians[0] / medians[2]:F2} | {medians[0] / medians[3]:F2} | {perOperation} | {work.Fast(message, isSearchset)} |"));
    }
}
