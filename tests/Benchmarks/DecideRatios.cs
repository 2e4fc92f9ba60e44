// Measures the decision against a plain look-up in turns, so that a noisy machine troubles both alike.
using System.Collections.Frozen;
using System.Diagnostics;

namespace Sisote.Benchmarks;

/// <summary>
/// Medians of many short interleaved turns. A machine that slows down for a while slows the look-up of the same turn too,
/// so the ratio stays what it is; the share of slow turns says how much the machine was disturbed.
/// </summary>
internal static class DecideRatios
{
    private const int Turns = 2001;
    private const int Warm = 2000;

    internal static void Print()
    {
        var scenes = new DecideScenes();
        var dictionary = scenes.AllItems.ToFrozenDictionary(static item => item.Value, static item => item.Value, StringComparer.Ordinal);
        var code = new string("exercise-restriction");
        var one = scenes.Read(scenes.Permitted.Take(1));
        var ten = scenes.Read(scenes.Permitted.Take(10));
        var own = scenes.ReadOwn(scenes.AllItems);
        var teacher = scenes.ReadByTeacher(scenes.Permitted.Take(10));
        (string Name, int Repeats, Func<object> Work)[] rows =
        [
            ("one look-up in a dictionary", 2000, () => dictionary[code]),
            ("1 item permitted", 30, () => scenes.Point.Decide(one, scenes.Adult, DecideScenes.Noon)),
            ("10 items permitted", 20, () => scenes.Point.Decide(ten, scenes.Adult, DecideScenes.Noon)),
            ("45 items, own view (44 permitted)", 10, () => scenes.Point.Decide(own, scenes.Adult, DecideScenes.Noon)),
            ("10 items denied, no consent", 20, () => scenes.Point.Decide(ten, scenes.WithoutConsent, DecideScenes.Noon)),
            ("10 items denied, no rule", 20, () => scenes.Point.Decide(teacher, scenes.Adult, DecideScenes.Noon)),
            ("10 items of a minor permitted", 20, () => scenes.Point.Decide(ten, scenes.Minor, DecideScenes.Noon)),
        ];
        var times = rows.Select(static _ => new double[Turns]).ToArray();
        for (var turn = -Warm; turn < Turns; turn++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                var start = Stopwatch.GetTimestamp();
                for (var n = 0; n < rows[row].Repeats; n++)
                {
                    GC.KeepAlive(rows[row].Work());
                }

                if (turn >= 0)
                {
                    times[row][turn] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows[row].Repeats;
                }
            }
        }

        Console.WriteLine("| | 5th percentile | median | 95th percentile | ratio of medians to a look-up | turns over 1.5 times the 5th percentile |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var lookUp = At(times[0], 50);
        for (var row = 0; row < rows.Length; row++)
        {
            var least = At(times[row], 5);
            var slow = 100.0 * times[row].Count(time => time > 1.5 * least) / Turns;
            Console.WriteLine(FormattableString.Invariant(
                $"| {rows[row].Name} | {least:F3} µs | {At(times[row], 50):F3} µs | {At(times[row], 95):F3} µs | {At(times[row], 50) / lookUp:F0} | {slow:F1} % |"));
        }
    }

    private static double At(double[] times, int percent) => times.Order().ElementAt((Turns - 1) * percent / 100);
}
