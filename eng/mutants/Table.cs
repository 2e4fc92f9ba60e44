// Says by folder what became of the mutants, and writes those that no test noticed with what they change.
using System.Globalization;
using System.Text.Json;

namespace Sisote.Mutants;

/// <summary>Says by folder what became of the mutants, and writes those that no test noticed with what they change.</summary>
internal static class Table
{
    private const string Root = "/src/Policy/";

    /// <summary>The mutants that compile, in the order of their files, one number on each line.</summary>
    internal static int List(string report) => Each(Read(report), static mutant => Console.WriteLine(mutant.Number));

    internal static int Write(string report, string resultFile)
    {
        var verdicts = File.ReadLines(resultFile).Select(static line => line.Split('\t')).ToLookup(static parts => int.Parse(parts[0], CultureInfo.InvariantCulture), static parts => parts[1]);
        var mutants = Read(report).Select(mutant => mutant with { Verdict = verdicts[mutant.Number].LastOrDefault() ?? "not run" }).ToArray();
        Console.WriteLine("| folder | mutants | killed | survived | not reached | timeout | score |\n|---|---|---|---|---|---|---|");
        foreach (var folder in mutants.GroupBy(static mutant => mutant.Folder).Append(mutants.GroupBy(static _ => "**all**").Single()))
        {
            var killed = Count(folder, "Killed") + Count(folder, "Crashed");
            var others = string.Join(" | ", folder.Count(static mutant => mutant.Verdict is "Survived" or "Survived*" or "not run"), Count(folder, "NoCoverage"), Count(folder, "Timeout"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {folder.Key} | {folder.Count()} | {killed} | {others} | {100.0 * killed / folder.Count():F1} % |"));
        }

        using var survivors = new StreamWriter(resultFile + ".survivors");
        return Each(mutants.Where(static mutant => mutant.Verdict is not ("Killed" or "Crashed")), mutant => survivors.WriteLine(mutant));
    }

    private static int Count(IEnumerable<Mutant> mutants, string verdict) => mutants.Count(mutant => mutant.Verdict == verdict);

    private static int Each(IEnumerable<Mutant> mutants, Action<Mutant> tell)
    {
        foreach (var mutant in mutants)
        {
            tell(mutant);
        }

        return 0;
    }

    private static Mutant[] Read(string report)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(report));
        return [.. json.RootElement.GetProperty("files").EnumerateObject().OrderBy(static file => file.Name, StringComparer.Ordinal).SelectMany(static file => file.Value.GetProperty("mutants").EnumerateArray()
            .Where(static mutant => mutant.GetProperty("status").GetString() is not ("CompileError" or "Ignored"))
            .Select(mutant => Read(file.Name, file.Value.GetProperty("source").GetString()!, mutant)).ToArray())];
    }

    private static Mutant Read(string file, string source, JsonElement mutant)
    {
        var (start, end) = (mutant.GetProperty("location").GetProperty("start"), mutant.GetProperty("location").GetProperty("end"));
        var line = start.GetProperty("line").GetInt32();
        var column = start.GetProperty("column").GetInt32() - 1;
        var code = source.Split('\n')[line - 1];
        var was = end.GetProperty("line").GetInt32() == line ? code[column..(end.GetProperty("column").GetInt32() - 1)] : code[column..].TrimEnd() + " ...";
        var becomes = string.Join(' ', mutant.GetProperty("replacement").GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new(int.Parse(mutant.GetProperty("id").GetString()!, CultureInfo.InvariantCulture), file[(file.IndexOf(Root, StringComparison.Ordinal) + Root.Length)..], line, was, becomes, string.Empty);
    }

    private sealed record Mutant(int Number, string File, int Line, string Was, string Becomes, string Verdict)
    {
        internal string Folder => File.Contains('/', StringComparison.Ordinal) ? File[..File.LastIndexOf('/')] : "the decision point";

        public override string ToString() => $"{File}:{Line} {Verdict} ({Number}): {Was}  ->  {Becomes}";
    }
}
