// Looks for what a sound catalogue may still get wrong.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Analysing;

/// <summary>Dead and shadowed rules, items nobody may get, words never used.</summary>
public sealed class CatalogueAnalysis
{
    private CatalogueAnalysis(ImmutableArray<Finding> findings) => Findings = findings;

    /// <summary>The findings: errors first, then by file and line.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Whether one of them is an error.</summary>
    public bool HasErrors => Findings.Any(static finding => finding.Severity == FindingSeverity.Error);

    /// <summary>Analyses a catalogue as the law stands on a day.</summary>
    public static CatalogueAnalysis Of(LegalCatalogue catalogue, CataloguePlaces places, DateOnly day)
    {
        var found = new FindingList(catalogue, places, day);
        DeadRules.Find(found);
        ClosedCells.Find(found);
        ShadowedRules.Find(found);
        UnreachedItems.Find(found);
        UnusedWords.Find(found);
        return new CatalogueAnalysis(found.Sorted());
    }
}

/// <summary>Gathers findings.</summary>
internal sealed class FindingList(LegalCatalogue catalogue, CataloguePlaces places, DateOnly day)
{
    private readonly List<Finding> findings = [];

    internal LegalCatalogue Catalogue => catalogue;

    internal DateOnly Day => day;

    internal NameBook Names { get; } = new(catalogue);

    internal void Rule(FindingSeverity severity, string kind, RuleId rule, string key, Func<string, string> explanation) =>
        Add(severity, kind, rule.Value, FileOf(rule), places.Line(FileOf(rule), key), explanation);

    internal void Pair(FindingSeverity severity, string kind, DisclosureRule rule, RulePair pair, Func<string, string> explanation) =>
        Add(severity, kind, rule.Id.Value, FileOf(rule.Id), places.PairLine(FileOf(rule.Id), rule.Pairs.IndexOf(pair)), explanation);

    /// <summary>A finding about an entry of one of the vocabularies that stand in one file.</summary>
    internal void Entry(FindingSeverity severity, string kind, string file, string code, Func<string, string> explanation) =>
        Add(severity, kind, code, file, places.Line(file, code), explanation);

    internal void File(FindingSeverity severity, string kind, string file, string key, string subject, Func<string, string> explanation) =>
        Add(severity, kind, subject, file, places.Line(file, key), explanation);

    internal ImmutableArray<Finding> Sorted() =>
    [
        .. findings
            .OrderBy(static finding => finding.Severity)
            .ThenBy(static finding => finding.File, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Line)
            .ThenBy(static finding => finding.Explanation.En, StringComparer.Ordinal),
    ];

    private static string FileOf(RuleId rule) => $"rules/{rule}.yaml";

    private void Add(FindingSeverity severity, string kind, string subject, string file, int line, Func<string, string> explanation) =>
        findings.Add(new Finding(severity, kind, subject, file, line, Say.InEach(explanation)));
}
