// Gathers every fault, every definition and every reference while files are read.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>What a reference points at.</summary>
internal enum Vocabulary
{
    Item,
    Rule,
    Prohibition,
    Sector,
    Role,
    Purpose,
    ConsentForm,
    Condition,
    CodeList,
    CodeSystem,
    MinorsContext,
    Obligation,
    Retention,
    Relationship,
    Organisation,
    System,
    XRoad,
    Agreement,
}

/// <summary>Faults with file and line; references are checked when all definitions are known.</summary>
internal sealed class FaultCollector
{
    private readonly List<CatalogueFault> faults = [];
    private readonly Dictionary<(Vocabulary, string), (string File, int Line)> definitions = [];
    private readonly List<(Vocabulary Kind, string Code, string File, int Line)> references = [];

    private readonly List<(string File, int Line, Func<LegalCatalogue, string?> Check)> later = [];

    internal bool Any => faults.Count > 0;

    /// <summary>The one thing here that files being parsed side by side may do.</summary>
    internal void Add(string file, int line, string message)
    {
        lock (faults)
        {
            faults.Add(new CatalogueFault(file, line, message));
        }
    }

    /// <summary>Takes a definition; one without a code has been reported where its code is missing.</summary>
    internal void Define(Vocabulary kind, string code, string file, int line)
    {
        if (code.Length > 0 && !definitions.TryAdd((kind, code), (file, line)))
        {
            var (firstFile, firstLine) = definitions[(kind, code)];
            Add(file, line, $"{Say(kind)} `{code}` is already defined in {firstFile}({firstLine}).");
        }
    }

    internal void Know(Vocabulary kind, IEnumerable<string> codes)
    {
        foreach (var code in codes)
        {
            definitions.TryAdd((kind, code), ("the catalogue", 0));
        }
    }

    internal bool Knows(Vocabulary kind, string code) => definitions.ContainsKey((kind, code));

    /// <summary>Takes a reference; an empty one has been reported where the word is missing.</summary>
    internal void Refer(Vocabulary kind, string code, string file, int line)
    {
        if (code.Length > 0)
        {
            references.Add((kind, code, file, line));
        }
    }

    internal void CheckReferences()
    {
        foreach (var (kind, code, file, line) in references)
        {
            if (!definitions.ContainsKey((kind, code)))
            {
                var known = definitions.Keys.Where(defined => defined.Item1 == kind).Select(static defined => defined.Item2);
                Add(file, line, $"{Say(kind)} `{code}` is not defined. {NearestCode.Suggest(code, known)}".TrimEnd());
            }
        }

        references.Clear();
    }

    /// <summary>A check that needs the whole catalogue; it answers with a fault or null.</summary>
    internal void CheckLater(string file, int line, Func<LegalCatalogue, string?> check) => later.Add((file, line, check));

    internal void CheckWhole(LegalCatalogue catalogue)
    {
        foreach (var (file, line, check) in later)
        {
            if (check(catalogue) is { } message)
            {
                Add(file, line, message);
            }
        }
    }

    internal ImmutableArray<CatalogueFault> Sorted() =>
        [.. faults.Distinct().OrderBy(static fault => fault.File, StringComparer.Ordinal).ThenBy(static fault => fault.Line).ThenBy(static fault => fault.Message, StringComparer.Ordinal)];

    private static string Say(Vocabulary kind) => kind switch
    {
        Vocabulary.ConsentForm => "Consent form",
        Vocabulary.CodeList => "Code list",
        Vocabulary.CodeSystem => "Code system",
        Vocabulary.XRoad => "X-Road subsystem",
        Vocabulary.MinorsContext => "Minors' policy context",
        _ => kind.ToString(),
    };
}
