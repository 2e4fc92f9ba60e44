// Every sentence of the tools that compare, analyse and list a catalogue, in three languages, held to golden files.
using System.Text;
using Sisote.Policy.Analysing;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Comparing;
using Sisote.Policy.Matrices;

namespace Sisote.Tests.Policy;

public sealed class ToolGoldenTests
{
    private static readonly (string File, string Good, string Bad)[] Edits =
    [
        ("items/weight.yaml", "sensitivity: S2", "sensitivity: S1"),
        ("items/weight.yaml", "sector: health", "sector: any"),
        ("items/weight.yaml", "begins: referral\n", ""),
        ("items/weight.yaml", "valueQuantity.value", "valueQuantity"),
        ("items/weight.yaml", "allowSecurityLabels: [R]", "allowSecurityLabels: [R, V]"),
        ("items/weight.yaml", "    codeBinding: limits\n", ""),
        ("items/weight.yaml", "    maxTextLength: 200", ""),
        ("items/weight.yaml", "maxTextLength: 200", "maxTextLength: 300"),
        ("items/weight.yaml", "[weight, mass]", "[weight]"),
        ("items/weight.yaml", "fhir:\n", "fhir:\n  - {resource: Goal, elements: [note]}\n"),
        ("items/name.yaml", "[persons]", "[persons, kinds]"),
        ("items/name.yaml", "[name, identifier]", "[identifier]"),
        ("items/name.yaml", "fi: Nimi, sv: Namn, en: Name", "fi: Nimet, sv: Namnen, en: Names"),
        ("rules/R-1.yaml", "priority: core", "priority: extended"),
        ("rules/R-1.yaml", "en: The coach reads", "en: A coach reads"),
        ("rules/R-1.yaml", "roles: [aide]", "roles: [aide, coach]"),
        ("rules/R-1.yaml", "    purpose: care\n", ""),
        ("rules/R-1.yaml", "    effect: oblige\n", ""),
        ("rules/R-1.yaml", "    conditions: [needed]", "    conditions: []"),
        ("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [every]"),
        ("rules/R-1.yaml", "direction: read", "direction: write"),
        ("rules/R-1.yaml", "    section: 6 §", "    section: 7 §"),
        ("rules/R-1.yaml", "en: May read.", "en: Must read."),
        ("rules/R-1.yaml", "    validTo: 2030-12-31\n", ""),
        ("rules/R-1.yaml", "    validFrom: 2024-01-01\n    validTo: 2030-12-31\n", ""),
        ("rules/R-1.yaml", "  - {form: SECRECY, minors: health}", "  - {form: SECRECY, minors: school}"),
        ("rules/R-1.yaml", "  - {form: SECRECY, minors: health}", "  - {form: SECRECY, minors: health, itemised: true}"),
        ("rules/R-1.yaml", "  - {form: SECRECY, minors: health}", "  - {form: SECRECY, minors: health, objectable: true}"),
        ("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", ""),
        ("rules/R-1.yaml", "\nconditions: [referred]", "\nconditions: []"),
        ("rules/R-1.yaml", "\nconditions: [referred]", "\nconditions: [referred, checked]"),
        ("rules/R-1.yaml", "obligations: [tell]", "obligations: [keep]"),
        ("rules/R-1.yaml", "\nvalidFrom: 2025-01-01", "\nvalidFrom: 2026-01-01"),
        ("rules/R-1.yaml", "\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31", "\nvalidFrom: 2025-01-01"),
        ("rules/R-1.yaml", "\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31", "\nvalidTo: 2026-01-31"),
        ("rules/R-1.yaml", "\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31", "\nvalidFrom: 2031-01-01"),
        ("rules/R-1.yaml", "confidence: medium", "confidence: low"),
        ("rules/R-1.yaml", "sv: Räcker det?", "sv: Hur?"),
        ("rules/R-1.yaml", "\nitems: [weight, name]", "\nenabled: false\nitems: [weight, name]"),
        ("rules/R-2.yaml", "enabled: false\n", ""),
        ("rules/R-2.yaml", "statutoryNotification: true\n", ""),
        ("rules/R-2.yaml", "to: {sector: any}", "to: {sector: health, roles: [doctor]}"),
        ("rules/R-2.yaml", "effect: oblige", "effect: permit"),
        ("rules/R-3.yaml", ", validTo: 2026-05-31", ""),
        ("rules/R-3.yaml", "validTo: 2026-05-31", "validTo: 2026-06-30"),
        ("rules/R-3.yaml", "[coach, aide]", "[coach]"),
        ("rules/R-3.yaml", "conditions: [checked]", "statutoryNotification: false\nconditions: [checked, every]"),
        ("rules/R-3.yaml", "objectable: true, itemised: true", "itemised: true"),
        ("rules/R-3.yaml", "objectable: true, itemised: true", "objectable: true"),
        ("rules/R-3.yaml", "      - {sector: sports, roles: [coach, aide]}\n    to: {sector: health, roles: [doctor]}", "      - {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [aide, coach]}"),
        ("prohibitions/P-1.yaml", "items: [weight]", "items: [weight, name]"),
        ("prohibitions/P-1.yaml", "items: [weight]", "items: \"*\""),
        ("prohibitions/P-1.yaml", "onlySectors: [health]", "onlySectors: []"),
        ("prohibitions/P-1.yaml", "roles: [coach]", "roles: [coach, aide]"),
        ("prohibitions/P-1.yaml", "toRoles: [aide]", "toRoles: []"),
        ("prohibitions/P-1.yaml", "toActors: [club]", "toActors: []"),
        ("prohibitions/P-1.yaml", "toActors: [club]", "toActors: [club, guild]"),
        ("prohibitions/P-1.yaml", "onlyPurposes: [care]", "onlyPurposes: [sports]"),
        ("prohibitions/P-1.yaml", "[standing-api, single-view, single-message, client-handover]", "[standing-api]"),
        ("prohibitions/P-1.yaml", "onRules: [R-1]", "onRules: []"),
        ("prohibitions/P-1.yaml", "documentLabels: [ETHUD]", "documentLabels: []"),
        ("prohibitions/P-1.yaml", "toActors: [club]\nonlyPurposes: [care]\nchannels: [standing-api, single-view, single-message, client-handover]\nonRules: [R-1]\ndocumentLabels: [ETHUD]\nunless: [referred]\n", ""),
        ("prohibitions/P-1.yaml", "unless: [referred]", "unless: [needed]"),
        ("prohibitions/P-1.yaml", "obligations: [keep]", "obligations: []"),
        ("prohibitions/P-1.yaml", "strength: law", "strength: policy"),
        ("prohibitions/P-1.yaml", "strength: law", "reason: guardian\nstrength: law"),
        ("prohibitions/P-1.yaml", "strength: law", "mask: [Observation.code]\nstrength: law"),
        ("prohibitions/P-1.yaml", "section: 4 §", "section: 5 §"),
        ("prohibitions/P-1.yaml", "confidence: high", "confidence: low"),
        ("prohibitions/P-2.yaml", "mask: [Patient.name]\n", ""),
        ("prohibitions/P-2.yaml", "mask: [Patient.name]", "mask: [Patient.name, Patient.identifier]"),
        ("prohibitions/P-2.yaml", "items: \"*\"\nexceptItems: [weight]\ntoSectors: [sports]\nwhen: [safety-prohibition, guardian-safety-prohibition, guardian-barred, capacity-unknown, of-age, deceased]\nmask: [Patient.name]", "items: [name]\nwhen: [deceased]\nmask: [Patient.name, Patient.identifier]"),
        ("prohibitions/P-2.yaml", "items: \"*\"\nexceptItems: [weight]\ntoSectors: [sports]\nwhen: [safety-prohibition, guardian-safety-prohibition, guardian-barred, capacity-unknown, of-age, deceased]\nmask: [Patient.name]", "items: [name]\nmask: [Patient]".Replace("[Patient]", "[Patient.name, Patient.identifier]", StringComparison.Ordinal)),
        ("prohibitions/P-2.yaml", "of-age, deceased", "of-age"),
        ("prohibitions/P-2.yaml", "toSectors: [sports]", "toSectors: []"),
        ("prohibitions/P-2.yaml", "exceptItems: [weight]\n", ""),
        ("prohibitions/P-2.yaml", "en: The name is masked", "en: The name goes"),
        ("prohibitions/P-3.yaml", "toRoles: [aide]\nonlyPurposes: [care]\n", ""),
        ("prohibitions/P-3.yaml", "when: [guardian-barred]\ntoRoles: [aide]\nonlyPurposes: [care]\n", ""),
        ("conditions.yaml", "- agreement: on-behalf", "- agreement: cooperation"),
        ("conditions.yaml", "between: requester\n", "between: source\n"),
        ("conditions.yaml", "directions: [read, write]", "directions: [notify]"),
        ("conditions.yaml", "type: fact", "type: human"),
        ("conditions.yaml", "en: It is needed", "en: It is wanted"),
        ("conditions.yaml", "    - statement: caller\n", "    - statement: caller\n    - {ageBelow: 7}\n    - {schoolForm: [tuva]}\n"),
        ("conditions.yaml", "  evaluatedFrom: {statement: system}\n", ""),
        ("conditions.yaml", "needed:", "spare:\n  labels: {fi: Vara, sv: Reserv, en: Spare}\n  type: fact\n  evaluatedFrom: {ageBelow: 7}\nneeded:"),
        ("consent-forms.yaml", "  itemised: true\n  signedIn: true\n  written: false", "  written: true"),
        ("consent-forms.yaml", "validity: purpose-or-date", "validity: case"),
        ("consent-forms.yaml", "  narrows: SECRECY\n", ""),
        ("consent-forms.yaml", "statute: 906/2019", "statute: 703/2023"),
        ("consent-forms.yaml", "en: Consent", "en: Assent"),
        ("minors-policy.yaml", "  assumedNotAbleBelow: 12\n", ""),
        ("minors-policy.yaml", "capacityContext: health", "capacityContext: school"),
        ("minors-policy.yaml", "decider: guardian", "decider: minor"),
        ("minors-policy.yaml", "en: At school", "en: In school"),
        ("code-lists/limits.yaml", "  knee: {fi: Polvi, sv: Knä, en: Knee}\n", "  hip: {fi: Lonkka, sv: Höft, en: Hip}\n"),
        ("code-lists/limits.yaml", "system: kinds", "system: persons"),
        ("code-lists/limits.yaml", "en: Back", "en: Spine"),
        ("code-systems.yaml", "uri: https://example.org/kinds", "uri: https://example.org/sorts"),
        ("roles.yaml", "en: Coach", "en: Trainer"),
        ("roles.yaml", "coach:", "nurse: {sector: health, fi: Hoitaja, sv: Skötare, en: Nurse}\ncoach:"),
        ("sectors.yaml", "sports:", "culture: {fi: Kulttuuri, sv: Kultur, en: Culture}\nsports:"),
        ("sectors.yaml", "en: Sports", "en: Sport"),
        ("purposes.yaml", "care:", "play: {fi: Leikki, sv: Lek, en: Play}\ncare:"),
        ("purposes.yaml", "fi: Hoito", "fi: Hoiva"),
        ("obligations.yaml", "sv: Bevara det.", "sv: Spara det."),
        ("obligations.yaml", "tell:", "hide: {fi: Piilota., sv: Göm., en: Hide.}\ntell:"),
        ("retention.yaml", "years: 12", "years: 13"),
        ("retention.yaml", "appliesWhenEitherEndIs: [health]", "appliesWhenEitherEndIs: [health, sports]"),
        ("retention.yaml", "counted: from-event", "counted: after-death"),
        ("retention.yaml", "basis: 703/2023 26 §", "basis: 703/2023 27 §"),
        ("retention.yaml", "confidence: medium", "confidence: low"),
        ("retention.yaml", "en: Check.", "en: Look."),
        ("retention.yaml", "en: Log}", "en: Logs}"),
        ("statutes.yaml", "en: Client Data Act", "en: Act on Client Data"),
        ("statutes.yaml", "\"703/2023\":", "\"906/2019\": {fi: tiedonhallintalaki, sv: informationshanteringslagen, en: Information Management Act}\n\"703/2023\":"),
    ];

    private static readonly DateOnly Day = new(2026, 11, 22);

    // Each edited law is read once for all tests.
    private static readonly (string Heading, (string Name, string Text)[] Texts, LegalCatalogue Law)[] Edited = [.. Edits.Select(static edit =>
    {
        var texts = EditedCatalogue.Texts(SmallCatalogue.Texts, edit.File, edit.Good, edit.Bad);
        return ($"{edit.File}: {edit.Good} -> {edit.Bad}", texts, Catalogues.Load(CatalogueReader.Read(texts)));
    })];

    [Fact]
    public void EveryChangeIsToldInTheWordsThatWereAgreed()
    {
        var text = new StringBuilder();
        var old = SmallCatalogue.Read();
        foreach (var (heading, _, law) in Edited)
        {
            Tell(text, heading, CatalogueComparison.Of(old, law));
            Tell(text, "and back", CatalogueComparison.Of(law, old));
        }

        foreach (var file in new[] { "rules/R-1.yaml", "rules/R-2.yaml", "prohibitions/P-3.yaml" })
        {
            // What others refer to goes with it.
            var texts = EditedCatalogue.Texts(SmallCatalogue.Replacing(file, null), "prohibitions/P-1.yaml", "onRules: [R-1]\n", string.Empty);
            var without = Catalogues.Load(CatalogueReader.Read(texts));
            Tell(text, $"{file} goes", CatalogueComparison.Of(old, without));
            Tell(text, $"{file} comes", CatalogueComparison.Of(without, old));
        }

        var more = Catalogues.Load(CatalogueReader.Read(SmallCatalogue.Replacing("items/height.yaml", "id: height\nlabels: {fi: Pituus, sv: Längd, en: Height}\nsector: health\nsensitivity: S2\nfhir: {resource: Observation, elements: [code]}")));
        Tell(text, "items/height.yaml comes", CatalogueComparison.Of(old, more));
        Tell(text, "items/height.yaml goes", CatalogueComparison.Of(more, old));
        Assert.True(CatalogueComparison.Of(old, SmallCatalogue.Read()).IsSame);

        Golden.Matches("Comparing/Golden/small.txt", text.ToString());
    }

    [Fact]
    public void EveryFindingIsToldInTheWordsThatWereAgreed()
    {
        var before = Findings(SmallCatalogue.Read(), SmallCatalogue.Texts);
        var text = new StringBuilder(string.Concat(before));
        foreach (var (heading, texts, law) in Edited)
        {
            var after = Findings(law, texts);
            text.Append($"\n# {heading}\n".ReplaceLineEndings("\n")).AppendJoin(string.Empty, after.Except(before));
        }

        Golden.Matches("Analysing/Golden/small.txt", text.ToString());
    }

    [Fact]
    public void EveryCellOfTheMatrixSaysAllThatItNeeds()
    {
        var text = new StringBuilder(Plain.Text(DisclosureMatrix.Of(SmallCatalogue.Read(), new MatrixFilter()).Cells));
        foreach (var ((file, _, bad), (heading, _, law)) in Edits.Zip(Edited))
        {
            if (!file.StartsWith("prohibitions/", StringComparison.Ordinal) && !bad.Contains("objectable", StringComparison.Ordinal) && !bad.Contains("enabled", StringComparison.Ordinal))
            {
                continue;
            }

            var cells = DisclosureMatrix.Of(law, new MatrixFilter()).Cells;
            text.Append($"\n# {heading}\n").AppendJoin('\n', cells.Select(static cell => $"{cell.Rule} {cell.Item} to {cell.ToRole} by {cell.Door}, objectable {cell.Objectable}, closed by {cell.ClosedBy?.Value ?? "none"}, limits {string.Join(' ', cell.Limits)}")).Append('\n');
        }

        Golden.Matches("Matrices/Golden/small.txt", text.ToString());
    }

    private static string[] Findings(LegalCatalogue law, (string Name, string Text)[] texts)
    {
        var analysis = CatalogueAnalysis.Of(law, CataloguePlaces.Of(texts), Day);
        Assert.Equal(analysis.Findings.Any(static finding => finding.Severity == FindingSeverity.Error), analysis.HasErrors);
        return [.. analysis.Findings.Select(static finding => $"{finding.File}({finding.Line}): {finding.Severity} {finding.Kind} {finding.Subject}\n  {finding.Explanation.Fi}\n  {finding.Explanation.Sv}\n  {finding.Explanation.En}\n")];
    }

    private static void Tell(StringBuilder text, string heading, CatalogueComparison comparison)
    {
        text.Append($"\n# {heading}\n");
        foreach (var change in comparison.Changes)
        {
            text.Append($"{change.Effect}: {change.Subject}");
            text.Append(change.From is null ? "\n" : $" from {change.From} to {change.To}, purpose {change.Purpose ?? "none"}, items {change.Items}\n");
            text.Append($"  {change.Sentence.Fi}\n  {change.Sentence.Sv}\n  {change.Sentence.En}\n");
        }
    }
}
