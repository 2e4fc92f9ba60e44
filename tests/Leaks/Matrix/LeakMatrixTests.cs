// docs/leak-matrix.md, written from the probes themselves.
using System.Globalization;
using System.Text;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Mutants;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Matrix;

public sealed class LeakMatrixTests
{
    [Fact]
    public async Task TheMatrixInTheDocumentationIsThatOfTheProbes()
    {
        var file = Repository.Path("docs/leak-matrix.md");
        var matrix = Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(file, matrix, TestContext.Current.CancellationToken);
        }

        Assert.Equal(matrix, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void EveryRowIsHeldHereOrByATestThatIsThereOrIsSaidToBeOpen()
    {
        Assert.Equal(Enumerable.Range(1, 53), Channels.All.Select(static channel => channel.Row));
        Assert.Equal([], Channels.All.Where(static channel => !channel.IsOpen && channel.Others.Count == 0 && !Probe.All.Any(probe => probe.Rows.Contains(channel.Row))).Select(static channel => channel.Row));
        Assert.Equal([], Channels.All.SelectMany(static channel => channel.Others).Where(static other => !File.ReadAllText(Repository.Path(other.File)).Contains(other.Test, StringComparison.Ordinal)));
    }

    private static string Write()
    {
        var text = new StringBuilder();
        var marks = MarkedSet.TypesWithClient.Sum(static type => MarkedSet.Of(type).Length);
        text.Append(CultureInfo.InvariantCulture, $"""
            # Ways to leak, and what holds them shut

            Written by `tests/Leaks` (`UPDATE_GOLDEN=1 dotnet test --project tests/Leaks/Leaks.csproj`); a test compares this page with the probes. Each row is a channel through which gateways of
            this kind have leaked. A probe speaks to the real gateway over raw HTTP; the source behind it puts a mark of its own into every element that FHIR R4 defines for the {MarkedSet.TypesWithClient.Length} types of the
            catalogue, into its envelope and its headers ({marks} resources, one for each choice of types and each way to be withheld). "All" profiles are the {Profiling.All.Length} combinations of source, recipient and
            purpose for which some rule of the catalogue permits reading, each in circumstances in which all is permitted that can be. What may leave is said by the slow reference
            (`tests/Gateway.Tests/Minimising/Oracle.cs`), and by a list of what never may.

            A mutant is the leak put back into a copy of the gateway; "red" means that the named probe failed on it in the run of that day, on the text of `src/Gateway` whose digest begins so: `SISOTE_MUTANTS=all`
            (or some, with commas) before the test `MutantTests`. "Fits, not run again" means: red on an earlier text of the gateway or in an earlier form; it still fits the text, and whether its probe still finds it
            was not tried.

            Where the content of resources is looked at, the suite asks for all of them in every {Sweep.Step}th profile and for a few of each type in the others; `SISOTE_LEAKS=all` asks for all in all.

            | # | channel | probes | profiles | mutants | held |
            |---|---|---|---|---|---|

            """);
        var results = MutantTests.Read();
        foreach (var channel in Channels.All)
        {
            var probes = Probe.All.Where(probe => probe.Rows.Contains(channel.Row)).ToArray();
            var mutants = MutantList.All.Where(mutant => mutant.Row == channel.Row).Select(mutant => $"{mutant.Name}: {mutant.What}, {(results.TryGetValue(mutant.Name, out var result) ? $"{result}" : "not run")}");
            var names = probes.Select(static probe => $"`{probe.Name}`").Concat(channel.Others.Select(static other => other.Test.Length == 0 ? $"`{other.File}`" : $"`{other.File}` {other.Test}"));
            var profiles = probes.Length == 0 ? "" : probes.Any(static probe => probe.EveryProfile) ? probes.All(static probe => probe.EveryProfile) ? "all" : "all, some probes in one" : "one";
            var held = channel.IsOpen ? "not shown yet" : channel.IsPart ? "partly" : probes.Length == 0 ? "elsewhere" : "yes";
            text.Append(CultureInfo.InvariantCulture, $"| {channel.Row} | {channel.Title} | {string.Join("<br>", names)} | {profiles} | {string.Join("<br>", mutants)} | {held}{(channel.Note is { } note ? $"; {note}" : "")} |\n");
        }

        return text.Append(Timing()).ToString();
    }

    private static string Timing()
    {
        var figures = File.ReadAllText(Repository.Path("tests/Leaks/Probes/timing.md"));
        return $"\n{figures}";
    }
}
