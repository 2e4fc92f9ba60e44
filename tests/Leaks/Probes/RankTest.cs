// Whether two sets of times can be told apart.
namespace Sisote.Tests.Leaks.Probes;

/// <summary>
/// The Mann-Whitney U test of two samples as an equivalence test: <see cref="Superiority"/> is the chance that a time of the one is longer than a time of the other (a half = they cannot be
/// told apart by longer or shorter), with its confidence interval; <see cref="Advantage"/> is the greatest distance of the distribution functions (Kolmogorov-Smirnov), the most that
/// anybody gains over guessing by looking at one time.
/// </summary>
internal sealed record RankTest(double Superiority, double Error, double Advantage, double MedianOne, double MedianOther)
{
    /// <summary>Half the width of the interval in which the true value lies at 95 percent.</summary>
    internal double Margin => 1.96 * Error;

    internal static RankTest Of(double[] one, double[] other)
    {
        var all = one.Select(static time => (time, isOne: true)).Concat(other.Select(static time => (time, isOne: false))).OrderBy(static pair => pair.time).ToArray();
        var (ranks, seenOne, seenOther, advantage) = (0.0, 0, 0, 0.0);
        for (var from = 0; from < all.Length;)
        {
            var to = from;
            while (to < all.Length && all[to].time.Equals(all[from].time))
            {
                to++;
            }

            var ties = all[from..to].Count(static pair => pair.isOne);
            ranks += ties * (from + 1 + to) / 2.0;
            (seenOne, seenOther, from) = (seenOne + ties, seenOther + to - from - ties, to);
            advantage = Math.Max(advantage, Math.Abs(((double)seenOne / one.Length) - ((double)seenOther / other.Length)));
        }

        double n = one.Length, m = other.Length;
        return new RankTest((ranks - (n * (n + 1) / 2)) / (n * m), Math.Sqrt((n + m + 1) / (12 * n * m)), advantage, Median(one), Median(other));
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);
}
