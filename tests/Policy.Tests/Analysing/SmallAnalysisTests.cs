// What the analysis finds in a small catalogue where rules shadow, contradict or miss each other, one change at a time.
using System.Text;
using Sisote.Policy.Analysing;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy.Analysing;

public sealed class SmallAnalysisTests
{
    private const string Twin = "id: R-4\npriority: core\ntitle: {fi: Toinen, sv: Den andra, en: The other}\neffect: permit\npairs:\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    conditions: [needed]\n"
        + "purpose: sports\ndirection: read\nitems: [weight]\nbasis: {statute: 703/2023, section: 6 §, says: {fi: Saa., sv: Får., en: May.}}\nconsents:\n  - {form: SECRECY, minors: health}\nconditions: [referred]\nconfidence: high\n";

    private const string Deal = "    - agreement: on-behalf\n";

    private static readonly (string Id, string By)[] Conditions =
    [
        ("young", "{ageBelow: 18}"), ("old", "{ageAtLeast: 18}"), ("older", "{ageAtLeast: 17}"), ("continues", "{compulsoryEducation: continues}"), ("ended", "{compulsoryEducation: ended}"),
        ("basic", "{schoolForm: [basic]}"), ("upper", "{schoolForm: [upper-secondary]}"), ("school", "{schoolForm: [basic, upper-secondary]}"),
        ("standing", "{channel: [standing-api]}"), ("viewed", "{channel: [single-view]}"), ("machine", "{channel: [standing-api, single-view]}"),
        ("unasked", "{consent: not-asked}"), ("given", "{consent: found}"), ("covered", "{consentCovers: weight}"), ("nameless", "{notCarried: name}"), ("weightless", "{notCarried: weight}"),
        ("written", "{statement: caller, directions: write}"), ("either", "[{ageBelow: 18}, {schoolForm: [upper-secondary]}]"), ("unshown", ""),
    ];

    /// <summary>Conditions of the pair that gives weight, and whether they ask for a consent.</summary>
    public static TheoryData<string, bool, string?> Together => new()
    {
        { "young, old", true, "the conditions can never hold together" }, { "young, older", true, null }, { "old, older", true, null }, { "continues, ended", true, "the conditions can never hold together" },
        { "continues, continues", true, null }, { "basic, upper", true, "the conditions can never hold together" }, { "basic, school", true, null }, { "school, upper", true, null },
        { "standing, viewed", true, "the conditions can never hold together" }, { "standing, machine", true, null }, { "machine, viewed", true, null },
        { "unasked", true, "the condition \"unasked\" cannot hold in this rule" }, { "unasked", false, null }, { "given", true, null }, { "given", false, "the condition \"given\" cannot hold in this rule" },
        { "covered", false, "the condition \"covered\" cannot hold in this rule" }, { "covered", true, null }, { "nameless", true, null }, { "weightless", true, "the condition \"weightless\" cannot hold in this rule" },
        { "written", true, "the condition \"written\" cannot hold in this rule" }, { "either, old, basic", true, "the conditions can never hold together" }, { "either, old, upper", true, null }, { "unshown", true, "nobody can evaluate the condition \"unshown\"" },
    };

    [Theory]
    [MemberData(nameof(Together))]
    public void ConditionsThatCannotHoldAtOnceMakeAPartOfARuleDead(string conditions, bool asksConsent, string? why)
    {
        var known = string.Concat(Conditions.Select(static one => $"{one.Id}:\n  labels: {{fi: a, sv: b, en: {one.Id}}}\n  type: fact\n{(one.By.Length == 0 ? string.Empty : $"  evaluatedFrom: {one.By}\n")}"));
        var texts = EditedCatalogue.Texts(SmallCatalogue.Texts, "conditions.yaml", "needed:", known + "needed:");
        texts = EditedCatalogue.Texts(texts, "rules/R-1.yaml", "    conditions: [needed]", $"    conditions: [{string.Join(", ", conditions.Split(", ").Distinct())}]");
        texts = asksConsent ? texts : EditedCatalogue.Texts(texts, "rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", string.Empty);

        var dead = Found(texts).Where(static finding => finding.Kind is "dead-pair" or "dead-rule").Select(static finding => finding.Explanation.En).ToArray();

        Assert.Equal(why is null ? 0 : 1, dead.Length);
        Assert.All(dead, told => Assert.Contains(why!, told, StringComparison.Ordinal));
    }

    [Fact]
    public void RulesThatOpenTheSameAreToldInTheWordsThatWereAgreed()
    {
        (string, string, string)[][] sets =
        [
            [],
            [("rules/R-4.yaml", "    conditions: [needed]\n", "")],
            [("rules/R-4.yaml", "    conditions: [needed]\n", ""), ("rules/R-4.yaml", "confidence: high", "confidence: high\nobligations: [keep]")],
            [("rules/R-4.yaml", "    conditions: [needed]\n", "    conditions: [needed, checked]\n")],
            [("rules/R-4.yaml", "    conditions: [needed]\n", "    conditions: [needed, checked]\n"), ("rules/R-4.yaml", "confidence: high", "confidence: high\nobligations: [keep, tell]\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31"), ("rules/R-1.yaml", "    validFrom: 2024-01-01\n    validTo: 2030-12-31\n", "")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nvalidFrom: 2025-01-02")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nvalidTo: 2029-12-30")],
            [("rules/R-4.yaml", "effect: permit", "effect: oblige"), ("rules/R-4.yaml", "    conditions: [needed]\n", "    conditions: [needed, checked]\n")],
            [("rules/R-1.yaml", "effect: permit", "effect: oblige")],
            [("rules/R-4.yaml", "  - {form: SECRECY, minors: health}\n", "  - {form: SECRECY, minors: school}\n")],
            [("rules/R-4.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "")],
            [("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "")],
            [("rules/R-4.yaml", "items: [weight]", "items: [weight, name]")],
            [("rules/R-4.yaml", "    conditions: [needed]\n", "    conditions: [needed]\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    conditions: [needed, checked]\n")],
            [("rules/R-4.yaml", "    conditions: [needed]\n", "    conditions: [needed]\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    conditions: [needed]\n    effect: oblige\n")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nenabled: false")],
            [("rules/R-4.yaml", "conditions: [referred]", "statutoryNotification: true\nconditions: [referred]"), ("rules/R-4.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "")],
        ];
        var before = Told(Found(EditedCatalogue.Texts(SmallCatalogue.Texts, "conditions.yaml", Deal, string.Empty)));
        var text = new StringBuilder();
        foreach (var withDeal in new[] { false, true })
        {
            foreach (var edits in sets)
            {
                var texts = EditedCatalogue.Texts([.. SmallCatalogue.Texts, ("rules/R-4.yaml", Twin)], "conditions.yaml", Deal, withDeal ? Deal : string.Empty);
                var after = Told(Found(edits.Aggregate(texts, static (texts, edit) => EditedCatalogue.Texts(texts, edit.Item1, edit.Item2, edit.Item3))));
                text.Append($"\n# {(withDeal ? "with an agreement: " : "")}{string.Join("; ", edits.Select(static edit => $"{edit.Item1}: {edit.Item3}")).ReplaceLineEndings(" ")}\n").AppendJoin(string.Empty, after.Except(before));
            }
        }

        Golden.Matches("Analysing/Golden/twins.txt", text.ToString());
    }

    private static IEnumerable<Finding> Found((string Name, string Text)[] texts) =>
        CatalogueAnalysis.Of(Catalogues.Load(CatalogueReader.Read(texts)), CataloguePlaces.Of(texts), new DateOnly(2026, 11, 22)).Findings;

    private static string[] Told(IEnumerable<Finding> findings) => [.. findings.Select(static finding =>
        $"{finding.File}({finding.Line}): {finding.Severity} {finding.Kind} {finding.Subject}\n  {finding.Explanation.Fi}\n  {finding.Explanation.Sv}\n  {finding.Explanation.En}\n")];
}
