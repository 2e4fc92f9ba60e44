// Records what each test reaches: by itself, and by the static state that it uses.
using System.Globalization;

namespace Sisote.Mutants;

/// <summary>Records what each test reaches. A test that fails without any mutant is named and left out.</summary>
internal static class Reaching
{
    internal static int Run(IEnumerable<TestCase> tests, string reachFile)
    {
        MutantSwitch.Recorded = [];
        using var lines = new StreamWriter(reachFile) { AutoFlush = true };
        foreach (var test in tests)
        {
            MutantSwitch.NextEpoch();
            Array.Clear(MutantSwitch.Reached);
            var before = Environment.CpuUsage.TotalTime;
            var failure = test.Failure();
            var took = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture);
            if (failure is not null)
            {
                Console.Error.WriteLine($"{test.Name} fails without any mutant: {failure.Message}");
            }

            lines.WriteLine(string.Join('\t', test.Name, failure is null ? "ok" : "fails", took,
                string.Join(' ', MutantSwitch.Numbers(MutantSwitch.InTest)), string.Join(' ', MutantSwitch.Numbers(MutantSwitch.InStatic))));
        }

        return 0;
    }
}
