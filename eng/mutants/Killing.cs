// Turns one mutant on after the other and runs the tests that reach it, until one fails.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sisote.Mutants;

/// <summary>Turns one mutant on after the other and runs the tests that reach it, until one fails. Each verdict is written at once, so a run goes on where it stopped.</summary>
internal sealed class Killing(IEnumerable<TestCase> tests, string reachFile, string resultFile, string only, double budget) : IDisposable
{
    /// <summary>How the process ends when a mutant does not: its thread cannot be stopped, so a new process goes on.</summary>
    internal const int Hangs = 3;

    private readonly TestThread thread = new();
    private readonly KnownTest[] known = Read(tests, reachFile, only);

    public void Dispose() => thread.Dispose();

    internal int Run(IEnumerable<int> mutants)
    {
        var statics = new HashSet<int>(known.SelectMany(static test => test.Made));
        var done = File.Exists(resultFile) ? File.ReadLines(resultFile).Select(static line => Number(line.Split('\t')[0])).ToHashSet() : [];
        using var results = new StreamWriter(resultFile, append: true) { AutoFlush = true };
        foreach (var mutant in mutants.Where(mutant => !done.Contains(mutant)))
        {
            File.WriteAllText(resultFile + ".now", mutant.ToString(CultureInfo.InvariantCulture));
            var isStatic = statics.Contains(mutant);
            var (verdict, by) = Judge(mutant, isStatic);
            results.WriteLine($"{mutant}\t{verdict}\t{by}");
            if (verdict == "Timeout")
            {
                return Hangs;
            }
        }

        return 0;
    }

    private (string Verdict, string By) Judge(int mutant, bool isStatic)
    {
        var reaching = known.Where(test => test.Reaches(mutant)).OrderBy(static test => test.Cost)
            .Concat(known.Where(test => !test.Reaches(mutant) && test.Made.Contains(mutant)).OrderBy(static test => test.Cost)).ToArray();
        if (reaching.Length == 0)
        {
            return ("NoCoverage", string.Empty);
        }

        MakeAnewIf(isStatic);
        MutantSwitch.Active = mutant;
        var verdict = Verdict(reaching, isStatic);
        MutantSwitch.Active = MutantSwitch.None;
        MakeAnewIf(isStatic);
        return verdict;
    }

    private (string Verdict, string By) Verdict(KnownTest[] reaching, bool isStatic)
    {
        var (spent, verdict) = (0.0, "Survived");
        foreach (var test in reaching)
        {
            if (spent + test.Milliseconds > budget)
            {
                verdict = "Survived*";
                continue;
            }

            var before = Environment.CpuUsage.TotalTime;
            if (!thread.Run(test.Test, TimeSpan.FromMilliseconds(120_000 + (40 * test.Milliseconds)), out var failure))
            {
                return ("Timeout", test.Test.Name);
            }

            var took = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            spent += took;
            if (failure is not null)
            {
                test.Killed();
                return ("Killed", test.Test.Name);
            }

            if (!isStatic)
            {
                test.Took(took);
            }
        }

        return (verdict, string.Empty);
    }

    private static void MakeAnewIf(bool isStatic)
    {
        if (isStatic)
        {
            MutantSwitch.NextEpoch();
        }
    }

    private static KnownTest[] Read(IEnumerable<TestCase> tests, string reachFile, string only)
    {
        var named = tests.Where(test => Regex.IsMatch(test.Name, only)).ToDictionary(static test => test.Name, StringComparer.Ordinal);
        return [.. File.ReadLines(reachFile).Select(static line => line.Split('\t')).Where(parts => parts[1] == "ok" && named.ContainsKey(parts[0]))
            .Select(parts => new KnownTest(named[parts[0]], Numbers(parts[3]), Numbers(parts[4]), double.Parse(parts[2], CultureInfo.InvariantCulture)))];
    }

    private static HashSet<int> Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
