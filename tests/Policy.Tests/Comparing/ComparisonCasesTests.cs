// What a comparison says of a change, case by case, forth and back, in three languages, held to a golden file.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Comparing;

namespace Sisote.Tests.Policy.Comparing;

public sealed class ComparisonCasesTests
{
    private static readonly (string Name, string Text)[] Law = WholeCatalogue.Texts;

    private static readonly (string What, (string File, string Good, string Bad)[] Edits)[] Cases =
    [
        ("a condition of policy", [("conditions.yaml", "  type: attestation\n", "  type: attestation\n  strength: policy\n")]),
        ("one more reason to release", [("conditions.yaml", "  reasons:\n", "  reasons:\n    - {code: duty, decides: for, labels: {fi: On velvollisuus, sv: Har skyldighet, en: There is a duty}}\n")]),
        ("one more reason not to release", [("conditions.yaml", "  reasons:\n", "  reasons:\n    - {code: vague, decides: against, labels: {fi: Epäselvä, sv: Oklart, en: Vague}}\n")]),
        ("a reason turns", [("conditions.yaml", "needless, decides: against", "needless, decides: for")]),
        ("a reason in other words", [("conditions.yaml", "en: Needless", "en: Not needed")]),
        ("a condition shown in another direction", [("conditions.yaml", "directions: [read, write]", "directions: [read]")]),
        ("a consent spoken", [("consent-forms.yaml", "recorded: [paper]", "recorded: [paper, oral]")]),
        ("a consent with help", [("consent-forms.yaml", "recorded: [paper]", "recorded: [paper, assisted]")]),
        ("a consent from elsewhere, not on paper", [("consent-forms.yaml", "recorded: [paper]", "recorded: [mirrored]")]),
        ("another assessor", [("minors-policy.yaml", "en: the doctor", "en: a doctor")]),
        ("no assessor", [("minors-policy.yaml", "  assessor: {fi: lääkärin, sv: läkaren, en: the doctor}\n", string.Empty)]),
        ("one assessing role fewer", [("minors-policy.yaml", "[doctor, coach]", "[doctor]")]),
        ("another ground of a bar", [("minors-policy.yaml", "ground: minor-able", "ground: weighty-reason")]),
        ("another statute of a bar", [("minors-policy.yaml", "section: 51 §", "section: 52 §")]),
        ("no bar", [("minors-policy.yaml", WholeCatalogue.Bar, string.Empty)]),
        ("another statute of an item", [("items/name.yaml", "section: 29 §", "section: 30 §")]),
        ("an item in doubt no more", [("items/name.yaml", "lawyerCheck: {fi: Kenelle?, sv: Till vem?, en: To whom?}", string.Empty)]),
        ("an item less sensitive", [("items/weight.yaml", "sensitivity: S2", "sensitivity: S1")]),
        ("read later", [("checked.yaml", "2025-02-21", "2025-02-22")]),
        ("another role records a relationship", [("relationships.yaml", "roles: [doctor]", "roles: [doctor, coach]")]),
        ("the other end records a relationship", [("relationships.yaml", "{side: to, roles", "{side: from, roles")]),
        ("a relationship recorded through another", [("relationships.yaml", "through: worker", "through: leader")]),
        ("a relationship that names a person", [("relationships.yaml", "person: allowed", "person: none")]),
        ("a relationship without the own person", [("relationships.yaml", "  ownPerson: true\n", string.Empty)]),
        ("a relationship that is not handed over", [("relationships.yaml", "  handedOver: true\n", string.Empty)]),
        ("a relationship by another name", [("relationships.yaml", "en: Team", "en: Group")]),
        ("one more relationship", [("relationships.yaml", "team:", "squad:\n  labels: {fi: Joukkue, sv: Lag, en: Squad}\n  recordedBy:\n    - {side: from, roles: [coach]}\n  person: none\nteam:")]),
        ("one way fewer", [("rules/R-4.yaml", WholeCatalogue.Ways, "    conditions: [needed]\n")]),
        ("one way more", [("rules/R-4.yaml", "    conditions: [checked]\n", "    conditions: [checked]\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [weight]\n    conditions: [referred]\n")]),
        ("one way instead of another", [("rules/R-4.yaml", "    conditions: [checked]\n", "    conditions: [referred]\n")]),
        ("two ways instead of two others", [("rules/R-4.yaml", "    conditions: [checked]\n", "    conditions: [referred]\n"), ("rules/R-4.yaml", "    conditions: [needed]\n", "    conditions: [every]\n")]),
        ("one way asks for more", [("rules/R-4.yaml", "    conditions: [checked]\n", "    conditions: [checked, referred]\n")]),
        ("a way that another one covers", [("rules/R-4.yaml", "    conditions: [checked]\n", "    conditions: [checked, needed]\n")]),
        ("ways that cover each other turn about", [("rules/R-4.yaml", "    conditions: [checked]\n", "    conditions: []\n")]),
        ("every way asks for more", [("rules/R-4.yaml", "confidence: high", "conditions: [referred]\nconfidence: high")]),
        ("some parties ask for more", [("rules/R-4.yaml", "    items: [name]\n", "    items: [name]\n    conditions: [referred]\n")]),
        ("all parties of one kind ask for the same", [("rules/R-4.yaml", WholeCatalogue.Ways, "    conditions: [referred]\n"), ("rules/R-4.yaml", "    items: [name]\n", "    items: [name]\n    conditions: [needed]\n")]),
        ("two of three parties ask for the same", [("rules/R-5.yaml", "    items: [weight]\n", "    items: [weight]\n    conditions: [needed]\n"), ("rules/R-5.yaml", "    items: [name]\n", "    items: [name]\n    conditions: [needed]\n")]),
        ("all parties ask for the same", [("rules/R-5.yaml", "    conditions: [referred]\n", string.Empty), ("rules/R-5.yaml", "confidence: high", "conditions: [checked]\nconfidence: high")]),
        ("all parties ask for one thing more", [("rules/R-5.yaml", "confidence: high", "conditions: [checked]\nconfidence: high"), ("rules/R-5.yaml", "  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [name]\n    conditions: [referred]\n", string.Empty)]),
        ("two consents", [("rules/R-1.yaml", "  - {form: SECRECY, minors: health}", "  - {form: SECRECY, minors: school}\n  - {form: PAPER}")]),
        ("two consents instead of none", [("rules/R-4.yaml", "confidence: high", "consents:\n  - {form: SECRECY}\n  - {form: PAPER}\nconfidence: high")]),
        ("a role of another sector", [("roles.yaml", "nurse: {sector: health", "nurse: {sector: sports")]),
        ("a rule for another case", [("rules/R-3.yaml", "en: the weight changed", "en: the weight has changed")]),
        ("a rule for no case", [("rules/R-3.yaml", "case: {fi: paino muuttui, sv: vikten ändrades, en: the weight changed}\n", string.Empty)]),
        ("a never rule told from others", [("prohibitions/P-4.yaml", "tellFrom: {sector: health, roles: [doctor]}", "tellFrom: {sector: health, roles: [doctor, nurse]}")]),
        ("a never rule told to others", [("prohibitions/P-4.yaml", "tellTo: {sector: sports, roles: [coach]}", "tellTo: {sector: sports, roles: [aide]}")]),
        ("a mask of two elements instead of a never rule", [("prohibitions/P-1.yaml", "strength: law", "mask: [Observation.code, Observation.note]\nstrength: law")]),
        (
            "something of every kind",
            [
                ("statutes.yaml", "en: Client Data Act", "en: The act"), ("relationships.yaml", "en: Team", "en: Group"), ("relationships.yaml", "en: Case", "en: Matter"), ("retention.yaml", "en: Log}", "en: Logs}"), ("obligations.yaml", "en: Keep it.", "en: Keep this."),
                ("obligations.yaml", "en: Tell about it.", "en: Tell."), ("purposes.yaml", "en: Care", "en: Caring"), ("sectors.yaml", "en: Sports", "en: Sport"), ("roles.yaml", "en: Coach", "en: Trainer"), ("roles.yaml", "en: Aide", "en: Helper"),
                ("code-systems.yaml", "kinds\n", "sorts\n"), ("code-lists/limits.yaml", "en: Back", "en: Spine"), ("minors-policy.yaml", "en: At school", "en: In school"), ("consent-forms.yaml", "en: Consent", "en: Assent"), ("conditions.yaml", "en: It is needed", "en: It is wanted"),
                ("conditions.yaml", "en: It is checked", "en: It is looked at"), ("items/weight.yaml", "en: Weight", "en: Mass"), ("items/name.yaml", "en: Name", "en: Names"), ("prohibitions/P-1.yaml", "en: The weight stays", "en: Weight stays"),
                ("prohibitions/P-4.yaml", "en: Not to the coach", "en: Not the coach"), ("rules/R-3.yaml", "en: The coach writes", "en: A coach writes"), ("rules/R-1.yaml", "en: The coach reads", "en: A coach reads"), ("rules/R-1.yaml", "fi: Valmentaja lukee", "fi: Ohjaaja lukee"),
            ]),
    ];

    [Fact]
    public void EveryCaseIsToldInTheWordsThatWereAgreed()
    {
        var (text, law) = (new StringBuilder(), Read(Law));
        foreach (var (what, edits) in Cases)
        {
            var changed = Read(WholeCatalogue.Edited(Law, edits));
            Tell(text, what, CatalogueComparison.Of(law, changed));
            Tell(text, "and back", CatalogueComparison.Of(changed, law));
        }

        var without = Read([.. Law.Where(static file => file.Name != "rules/R-4.yaml")]);
        Tell(text, "the rule goes", CatalogueComparison.Of(law, without));
        Tell(text, "the rule comes", CatalogueComparison.Of(without, law));
        Assert.True(CatalogueComparison.Of(law, Read(Law)).IsSame);

        Golden.Matches("Comparing/Golden/cases.txt", text.ToString());
    }

    private static LegalCatalogue Read((string Name, string Text)[] texts) => Catalogues.Load(CatalogueReader.Read(texts));

    private static void Tell(StringBuilder text, string what, CatalogueComparison comparison)
    {
        text.Append($"\n# {what}\n");
        foreach (var change in comparison.Changes)
        {
            text.Append($"{change.Effect}: {change.Subject}");
            text.Append(change.From is null ? "\n" : $" from {change.From} to {change.To}, purpose {change.Purpose ?? "none"}, items {change.Items}\n");
            text.Append($"  {change.Sentence.Fi}\n  {change.Sentence.Sv}\n  {change.Sentence.En}\n");
        }
    }
}
