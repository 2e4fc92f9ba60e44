// The small catalogue with what only few entries have: decisions with reasons, relationships recorded by hand, a minor's bar, a rule with two ways.
namespace Sisote.Tests.Policy;

internal static class WholeCatalogue
{
    internal const string Bar = "  bar:\n    ground: minor-able\n    basis:\n      - {statute: 703/2023, section: 51 §, says: {fi: Kieltää., sv: Förbjuder., en: Forbids.}}\n";

    internal const string Ways = "    conditions: [needed]\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [weight]\n    conditions: [checked]\n";

    private const string Relationships = """
        case:
          labels: {fi: Asia, sv: Ärende, en: Case}
          recordedBy:
            - {side: from, roles: [doctor]}
            - {side: to, through: worker}
          person: required
          handedOver: true
        team:
          labels: {fi: Ryhmä, sv: Grupp, en: Team}
          recordedBy:
            - {side: to, roles: [coach, aide]}
          person: allowed
          ownPerson: true
          remarks: Whoever coaches says so.
        """;

    private const string Decided = """
        decided:
          labels: {fi: Päätetty, sv: Beslutat, en: It was decided}
          type: human
          strength: policy
          evaluatedFrom:
            - decision: recorded
          reasons:
            - {code: right, decides: for, labels: {fi: On oikeus, sv: Har rätt, en: There is a right}}
            - {code: needless, decides: against, labels: {fi: Turha, sv: Onödigt, en: Needless}}

        """;

    // The coach gets the weight in two ways, the aide the name in one; each statute is about some of the sectors.
    private const string Twofold = "id: R-4\npriority: core\ntitle: {fi: Kaksi tietä, sv: Två vägar, en: Two ways}\neffect: permit\npairs:\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [weight]\n"
        + Ways + "  - from:\n      - {sector: health, roles: [doctor]}\n      - {sector: sports, roles: [aide]}\n    to: {sector: sports, roles: [aide]}\n    items: [name]\npurpose: sports\ndirection: read\nitems: [weight, name]\n"
        + "basis:\n  - {statute: 703/2023, section: 6 §, fromSectors: [health], says: {fi: Saa., sv: Får., en: May.}}\n  - {statute: 906/2019, section: 22 §, toSectors: [sports], says: {fi: Saa., sv: Får., en: May.}}\nconfidence: high\n";

    // The coach gets the weight and the aide the name, alike; another way is only to the coach.
    private const string Alike = "id: R-5\npriority: core\ntitle: {fi: Samoin, sv: Likadant, en: Alike}\neffect: permit\npairs:\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [weight]\n"
        + "  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [aide]}\n    items: [name]\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [name]\n    conditions: [referred]\n"
        + "purpose: sports\ndirection: read\nitems: [weight, name]\nbasis: {statute: 703/2023, section: 6 §, says: {fi: Saa., sv: Får., en: May.}}\nconfidence: high\n";

    private const string Paper = "PAPER:\n  labels: {fi: Paperi, sv: Papper, en: Paper}\n  statute: 906/2019\n  recorded: [paper]\n  validity: until-revoked\n";

    internal static readonly (string Name, string Text)[] Texts = Edited(
        [.. SmallCatalogue.Texts, ("relationships.yaml", Relationships), ("checked.yaml", "through: 2025-02-21\nremarks: As published.\n"), ("rules/R-4.yaml", Twofold), ("rules/R-5.yaml", Alike)],
        [
            ("conditions.yaml", "needed:", Decided + "needed:"),
            ("minors-policy.yaml", "  assumedNotAbleBelow: 12\n", "  assumedNotAbleBelow: 12\n  assessor: {fi: lääkärin, sv: läkaren, en: the doctor}\n  assessorRoles: [doctor, coach]\n" + Bar),
            ("consent-forms.yaml", "KIELTO:", Paper + "KIELTO:"),
            ("roles.yaml", "coach:", "nurse: {sector: health, fi: Hoitaja, sv: Skötare, en: Nurse}\ncoach:"),
        ]);

    internal static (string Name, string Text)[] Edited((string Name, string Text)[] law, (string File, string Good, string Bad)[] edits) =>
        edits.Aggregate(law, static (texts, edit) => EditedCatalogue.Texts(texts, edit.File, edit.Good, edit.Bad));
}
