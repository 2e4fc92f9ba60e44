// What the analysis says of rules that can never permit anything, case by case, in three languages, held to a golden file.
using System.Text;
using Sisote.Policy.Analysing;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy.Analysing;

public sealed class FindingCasesTests
{
    private const string Seen = "needed:\n  labels: {fi: Tarvitaan, sv: Behövs, en: It is needed}\n  type: attestation\n  remarks: Written by the asker.\n  evaluatedFrom:\n    - statement: caller\n";

    private static readonly (string What, (string File, string Good, string Bad)[] Edits)[] Cases =
    [
        ("a never rule closes the whole of a rule", [("prohibitions/P-4.yaml", "items: [name]\ntoRoles: [coach]", "items: [weight]\ntoRoles: [doctor]")]),
        ("two never rules close the whole of a rule", [("prohibitions/P-4.yaml", "items: [name]\ntoRoles: [coach]", "items: [weight]\ntoRoles: [coach]"), ("prohibitions/P-3.yaml", "items: name\nwhen: [guardian-barred]\ntoRoles: [aide]\nonlyPurposes: [care]", "items: name\ntoRoles: [aide]")]),
        ("a never rule closes a part of a rule", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]")]),
        ("a never rule closes two items of a part", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight, name]"), ("rules/R-1.yaml", "    items: [weight]\n", "    items: [weight, name]\n")]),
        ("a never rule closes a part unless something holds", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nunless: [checked]")]),
        ("a never rule closes a part unless something holds that the rule asks for", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nunless: [needed]")]),
        ("a never rule closes a part unless what nobody can show holds", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nunless: [checked]"), ("conditions.yaml", "  evaluatedFrom: {statement: system}\n", ""), ("rules/R-3.yaml", "conditions: [checked]\n", "")]),
        ("a never rule closes a part on all channels", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [standing-api, single-view, single-message, client-handover]")]),
        ("a never rule closes a part on some channels", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [standing-api, single-view]")]),
        ("a never rule closes the channels that the rule goes by", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [standing-api]"), ("conditions.yaml", "    - statement: caller\n", "    - {channel: [standing-api]}\n")]),
        ("a never rule closes one of the channels that the rule goes by", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [standing-api]"), ("conditions.yaml", "    - statement: caller\n", "    - {channel: [standing-api, single-view]}\n")]),
        ("a never rule closes a channel that the rule may go by", [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [standing-api]"), ("conditions.yaml", "    - statement: caller\n", "    - {channel: [standing-api]}\n    - statement: caller\n")]),
        ("a mask that a condition lifts leaves nothing", [("prohibitions/P-2.yaml", "items: \"*\"\nexceptItems: [weight]\ntoSectors: [sports]\nwhen: [safety-prohibition, guardian-safety-prohibition, guardian-barred, capacity-unknown, of-age, deceased]\nmask: [Patient.name]", "items: [name]\nunless: [referred]\nmask: [Patient.name, Patient.identifier]")]),
        ("a mask that another condition lifts leaves nothing", [("prohibitions/P-2.yaml", "items: \"*\"\nexceptItems: [weight]\ntoSectors: [sports]\nwhen: [safety-prohibition, guardian-safety-prohibition, guardian-barred, capacity-unknown, of-age, deceased]\nmask: [Patient.name]", "items: [name]\nunless: [checked]\nmask: [Patient.name, Patient.identifier]")]),
        ("nobody can show a condition of a part", [("conditions.yaml", Seen, Seen[..Seen.IndexOf("  evaluatedFrom", StringComparison.Ordinal)])]),
        ("nobody can show a condition of a rule", [("conditions.yaml", "  evaluatedFrom: {statement: system}\n", "")]),
        ("a condition cannot hold in a part", [("conditions.yaml", "    - statement: caller\n", "    - {notCarried: weight}\n")]),
        ("a condition cannot hold in a rule", [("conditions.yaml", "  evaluatedFrom: {statement: system}\n", "  evaluatedFrom: {statement: system, directions: read}\n")]),
        ("a condition asks for a consent that the client may only object to", [("conditions.yaml", "  evaluatedFrom: {statement: system}\n", "  evaluatedFrom: {consent: found}\n")]),
        ("conditions of a part cannot hold together", [("conditions.yaml", "    - statement: caller\n", "    - {ageBelow: 18}\n"), ("conditions.yaml", "  evaluatedFrom: {statement: system}\n", "  evaluatedFrom: {ageAtLeast: 18}\n"), ("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [needed, checked]")]),
        ("conditions of a rule cannot hold together", [("conditions.yaml", "    - statement: caller\n", "    - {ageBelow: 18}\n"), ("conditions.yaml", "  evaluatedFrom: {statement: system}\n", "  evaluatedFrom: {ageAtLeast: 18}\n"), ("rules/R-3.yaml", "\nconditions: [checked]", "\nconditions: [needed, checked]")]),
        ("two parts of a rule are dead in the same way", [("rules/R-1.yaml", "    purpose: care\n", "    purpose: care\n    conditions: [needed]\n"), ("rules/R-1.yaml", "pairs:\n", "pairs:\n  - from: {sector: sports, roles: [coach]}\n    to: {sector: health, roles: [doctor]}\n    items: [name]\n"), ("conditions.yaml", Seen, Seen[..Seen.IndexOf("  evaluatedFrom", StringComparison.Ordinal)])]),
        ("the rule is over", [("rules/R-1.yaml", "\nvalidTo: 2029-12-31", "\nvalidTo: 2026-11-21")]),
        ("the rule is on its last day", [("rules/R-1.yaml", "\nvalidTo: 2029-12-31", "\nvalidTo: 2026-11-22")]),
        ("the statute is over", [("rules/R-1.yaml", "    validTo: 2030-12-31\n", "    validTo: 2026-11-21\n")]),
        ("the statute is over and the rule is on its last day", [("rules/R-1.yaml", "    validTo: 2030-12-31\n", "    validTo: 2026-11-21\n"), ("rules/R-1.yaml", "\nvalidTo: 2029-12-31", "\nvalidTo: 2026-11-22")]),
        ("the rule lasts for one day", [("rules/R-1.yaml", "\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31", "\nvalidFrom: 2026-11-22\nvalidTo: 2026-11-22")]),
        ("the statute begins on the last day of the rule", [("rules/R-1.yaml", "    validFrom: 2024-01-01\n", "    validFrom: 2029-12-31\n")]),
        ("the statute begins a day after the rule", [("rules/R-1.yaml", "    validFrom: 2024-01-01\n", "    validFrom: 2030-01-01\n")]),
        ("statutes that touch", [("rules/R-3.yaml", "validFrom: 2026-07-01", "validFrom: 2026-06-01")]),
        ("statutes a day apart", [("rules/R-3.yaml", "validFrom: 2026-07-01", "validFrom: 2026-06-02")]),
        ("a statute within another", [("rules/R-3.yaml", "validTo: 2026-05-31", "validTo: 2028-05-31"), ("rules/R-3.yaml", "validFrom: 2026-07-01", "validFrom: 2026-07-01, validTo: 2027-01-01")]),
        ("a statute without an end before another", [("rules/R-3.yaml", ", validTo: 2026-05-31", "")]),
        ("rules that are switched off", [("rules/R-1.yaml", "confidence: medium", "enabled: false\nconfidence: medium")]),
        ("every statute has its name", [("statutes.yaml", "\"703/2023\":", "\"906/2019\": {fi: a, sv: b, en: c}\n\"785/1992\": {fi: a, sv: b, en: c}\n\"703/2023\":")]),
        ("a statute that nothing cites", [("statutes.yaml", "\"703/2023\":", "\"1/2001\": {fi: a, sv: b, en: c}\n\"703/2023\":")]),
    ];

    [Fact]
    public void EveryFindingOnWhatNeverPermitsIsToldInTheWordsThatWereAgreed()
    {
        var text = new StringBuilder();
        var plain = Found(SmallCatalogue.Texts);
        foreach (var (what, edits) in Cases)
        {
            var found = Found(edits.Aggregate(SmallCatalogue.Texts, static (texts, edit) => EditedCatalogue.Texts(texts, edit.File, edit.Good, edit.Bad)));
            text.Append($"\n# {what}\n").AppendJoin(string.Empty, found.Except(plain)).AppendJoin(string.Empty, plain.Except(found).Select(static gone => "- " + gone.Split('\n')[0] + "\n"));
        }

        Golden.Matches("Analysing/Golden/cases.txt", text.ToString());
    }

    [Fact]
    public void AFileThatCannotBeReadHasItsFindingsOnItsFirstLine()
    {
        var law = SmallCatalogue.With("rules/R-1.yaml", "\nvalidTo: 2029-12-31", "\nvalidTo: 2026-11-21");
        var places = CataloguePlaces.Of([.. SmallCatalogue.Texts.Select(static file => (file.Name, file.Name == "rules/R-1.yaml" ? "{" : file.Text))]);

        var found = CatalogueAnalysis.Of(law, places, new DateOnly(2026, 11, 22)).Findings;

        Assert.All(found.Where(static finding => finding.File == "rules/R-1.yaml"), static finding => Assert.Equal(1, finding.Line));
        Assert.Contains(found, static finding => finding is { File: "rules/R-1.yaml", Kind: "time-over" });
    }

    private static string[] Found((string Name, string Text)[] texts) =>
    [
        .. CatalogueAnalysis.Of(Catalogues.Load(CatalogueReader.Read(texts)), CataloguePlaces.Of(texts), new DateOnly(2026, 11, 22)).Findings.Select(static finding =>
            $"{finding.File}({finding.Line}): {finding.Severity} {finding.Kind} {finding.Subject}\n  {finding.Explanation.Fi}\n  {finding.Explanation.Sv}\n  {finding.Explanation.En}\n"),
    ];
}
