// What an explanation says where the law is a little otherwise: one change of a small catalogue at a time, in three languages.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Explanations;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.Policy.Explanations;

public sealed class SmallExplanationTests
{
    private const string Deal = "    - agreement: on-behalf";
    private const string Sources = "  evaluatedFrom:\n    - statement: caller\n";
    private const string Pair = "    items: [weight]\n    conditions: [needed]";
    private const string Two = "id: R-4\npriority: core\ntitle: {fi: Toinen tie, sv: Den andra vägen, en: The other way}\neffect: entitle\n"
        + "pairs: {from: {sector: health, roles: [doctor]}, to: {sector: sports, roles: [coach]}}\npurpose: sports\ndirection: read\nitems: [weight]\n"
        + "basis: {statute: 906/2019, section: 22 §, says: {fi: Saa., sv: Får., en: May.}}\nconditions: [asked]\nconfidence: high\n";

    private const string Asked = "asked:\n  labels: {fi: Pyydetty, sv: Begärt, en: It was asked for}\n  type: fact\n  evaluatedFrom:\n    - {relationship: information-request, between: requester}\n";
    private const string Decided = "decided:\n  labels: {fi: Päätetty, sv: Beslutat, en: It was decided}\n  type: human\n  evaluatedFrom:\n    - {relationship: human-release, between: source}\n";
    private const string Hidden = "hidden:\n  labels: {fi: Peitetty, sv: Dolt, en: It is hidden}\n  type: system-check\n  evaluatedFrom: {mask: applied}\nnameless:\n  labels: {fi: Nimetön, sv: Utan namn, en: Without the name}\n  type: system-check\n  evaluatedFrom: {notCarried: name}\n"
        + "given:\n  labels: {fi: Lupa on tallessa, sv: Tillståndet finns, en: The permission is on record}\n  type: fact\n  evaluatedFrom: {consent: found}\nunasked:\n  labels: {fi: Ei kysytä, sv: Frågas inte, en: Not asked}\n  type: fact\n  evaluatedFrom: {consent: not-asked}\n"
        + "grown:\n  labels: {fi: Täysi-ikäinen, sv: Myndig, en: Of age}\n  type: fact\n  evaluatedFrom: {ageAtLeast: 18}\nown:\n  labels: {fi: Oma rekisteri, sv: Eget register, en: The own register}\n  type: fact\n  evaluatedFrom: {organisations: same}\n";

    private static readonly ExplanationQuestion Reads = Questions.Ask("health/doctor", "sports/coach", "sports", "weight");
    private static readonly ExplanationQuestion Writes = Questions.Ask("sports/coach", "health/doctor", "sports", "weight");
    private static readonly ExplanationQuestion Care = Questions.Ask("health/doctor", "sports/aide", "care", "name");
    private static readonly ExplanationQuestion Nowhere = Questions.Ask("health/doctor", "sports/aide", "sports", "weight");
    private static readonly ExplanationQuestion Unused = Questions.Ask("sports/aide", "health/doctor", null, "name");

    private static readonly (string Name, ExplanationQuestion Question, (string File, string Good, string Bad)[] Edits)[] Cases =
    [
        ("the coach writes", Writes, []),
        ("the aide gets the name for care", Care, []),
        ("no rule", Nowhere, []),
        ("no rule, other item", Reads with { Item = DataItemId.Parse("name") }, []),
        ("no rule, no purpose", Reads with { Purpose = null }, []),
        ("no rule the other way", Nowhere with { FromSector = SectorId.Parse("sports"), FromRole = RoleId.Parse("aide"), ToSector = SectorId.Parse("health"), ToRole = RoleId.Parse("doctor"), Purpose = PurposeId.Parse("care") }, []),
        ("no rule for this giver", Reads with { FromSector = SectorId.Parse("sports"), FromRole = RoleId.Parse("aide") }, []),
        ("no rule for this recipient, but a rule for anybody", Nowhere with { Purpose = null }, [("rules/R-2.yaml", "enabled: false\n", ""), ("rules/R-2.yaml", "from: {sector: any}", "from: {sector: health, roles: [doctor]}"), ("rules/R-2.yaml", "items: \"*\"", "items: [name]")]),
        ("no rule, but one for the same without a purpose", Reads with { ToRole = RoleId.Parse("aide"), Purpose = null }, []),
        ("another direction", Reads with { Direction = Direction.Notify }, []),
        ("another direction that is asked for", Writes with { Direction = Direction.Write }, []),
        ("out of use", Unused, []),
        ("before the rule", Reads with { Day = new DateOnly(2024, 12, 31) }, []),
        ("the first day", Reads with { Day = new DateOnly(2025, 1, 1) }, []),
        ("the last day", Reads with { Day = new DateOnly(2029, 12, 31) }, []),
        ("after the rule", Reads with { Day = new DateOnly(2030, 1, 1) }, []),
        ("between the statutes", Writes with { Day = new DateOnly(2026, 6, 15) }, []),
        ("on the last day of a statute", Writes with { Day = new DateOnly(2026, 5, 31) }, []),
        ("before any statute", Reads with { Day = new DateOnly(2023, 6, 1) }, [("rules/R-1.yaml", "\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31", "")]),
        ("a consent, no permission", Reads, [("consent-forms.yaml", "  narrows: SECRECY\n", "")]),
        ("a written consent", Reads, [("consent-forms.yaml", "  narrows: SECRECY\n", ""), ("consent-forms.yaml", "  written: false", "  written: true")]),
        ("a consent under the GDPR", Reads, [("consent-forms.yaml", "  narrows: SECRECY\n", ""), ("consent-forms.yaml", "statute: 906/2019", "statute: 2016/679 art. 6(1)(a)"), ("consent-forms.yaml", "  itemised: true\n", "")]),
        ("a permission that is not itemised", Reads, [("consent-forms.yaml", "  itemised: true\n", "")]),
        ("a permission that the rule wants itemised", Reads, [("consent-forms.yaml", "  itemised: true\n", ""), ("rules/R-1.yaml", "minors: health}", "itemised: true}")]),
        ("a consent that the rule wants itemised", Reads, [("consent-forms.yaml", "  itemised: true\n", ""), ("consent-forms.yaml", "  narrows: SECRECY\n", ""), ("rules/R-1.yaml", "minors: health}", "itemised: true}")]),
        ("two consents", Reads, [("rules/R-1.yaml", "  - {form: SECRECY, minors: health}", "  - {form: PAPER, minors: school}\n  - {form: SECRECY, minors: health}"), ("consent-forms.yaml", "KIELTO:", "PAPER:\n  labels: {fi: Kirjallinen, sv: Skriftligt, en: On paper}\n  statute: 1287/2013 40 §\n  written: true\n  validity: until-revoked\nKIELTO:")]),
        ("no consent", Reads, [("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "")]),
        ("no consent for what is about nobody", Reads, [("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", ""), ("items/weight.yaml", "sensitivity: S2", "sensitivity: S0"), ("prohibitions/P-1.yaml", "toRoles: [aide]", "toRoles: [coach]"), ("prohibitions/P-1.yaml", "roles: [coach]", "roles: [aide]"), ("prohibitions/P-1.yaml", "onRules: [R-1]\n", ""), ("prohibitions/P-1.yaml", "unless: [referred]\n", "")]),
        ("the guardian gives the permission", Reads, [("rules/R-1.yaml", "minors: health", "minors: school")]),
        ("the minor gives the permission", Reads, [("rules/R-1.yaml", "minors: health", "minors: library")]),
        ("both give the permission", Reads, [("rules/R-1.yaml", "minors: health", "minors: passport")]),
        ("either gives the permission", Reads, [("rules/R-1.yaml", "minors: health", "minors: camp")]),
        ("a right", Reads, [("rules/R-1.yaml", "effect: permit", "effect: entitle")]),
        ("a task with consent", Reads, [("rules/R-1.yaml", "effect: permit", "effect: oblige")]),
        ("consent to be asked for", Reads, [("rules/R-1.yaml", "effect: permit", "effect: ask-consent")]),
        ("a notification by statute", Reads, [("rules/R-1.yaml", "confidence: medium", "statutoryNotification: true\nconfidence: medium"), ("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "")]),
        ("sure", Reads, [("rules/R-1.yaml", "confidence: medium", "confidence: high"), ("rules/R-1.yaml", "lawyerCheck: {fi: Riittääkö?, sv: Räcker det?, en: Is it enough?}", "")]),
        ("unsure", Reads, [("rules/R-1.yaml", "confidence: medium", "confidence: low")]),
        ("a question about one item", Reads, [("rules/R-1.yaml", Pair, Pair + "\n    confidence: low\n    lawyerCheck: {fi: Painoko?, sv: Vikten?, en: The weight?}")]),
        ("the item and the rule in doubt", Reads with { Item = DataItemId.Parse("name") }, [("rules/R-1.yaml", "    items: [weight]", "    items: [weight, name]")]),
        ("the item alone in doubt", Reads with { Item = DataItemId.Parse("name") }, [("rules/R-1.yaml", "    items: [weight]", "    items: [weight, name]"), ("rules/R-1.yaml", "confidence: medium", "confidence: high"), ("rules/R-1.yaml", "lawyerCheck: {fi: Riittääkö?, sv: Räcker det?, en: Is it enough?}", "")]),
        ("a case and what to see to", Reads, [("rules/R-1.yaml", "confidence: medium", "case: {fi: kausi alkaa, sv: säsongen börjar, en: the season begins}\nseeTo: {fi: Mittaa., sv: Mät., en: Measure.}\nconfidence: medium")]),
        ("no duties afterwards", Reads, [("rules/R-1.yaml", "obligations: [tell]\n", "")]),
        ("no conditions", Reads, [("rules/R-1.yaml", "\nconditions: [referred]", ""), ("rules/R-1.yaml", "    conditions: [needed]\n", "")]),
        ("one condition", Reads, [("rules/R-1.yaml", "    conditions: [needed]\n", "")]),
        ("one of two conditions", Reads, [("rules/R-1.yaml", "\nconditions: [referred]", ""), ("rules/R-1.yaml", Pair, Pair + "\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [weight]\n    conditions: [checked]")]),
        ("one condition and one of two", Reads, [("rules/R-1.yaml", Pair, Pair + "\n  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}\n    items: [weight]\n    conditions: [checked]")]),
        ("every kind of evidence", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [every]")]),
        ("what cannot be shown", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [checked]"), ("conditions.yaml", "  evaluatedFrom: {statement: system}\n", "")]),
        ("what cannot be shown when reading", Reads, [("conditions.yaml", Sources, "  evaluatedFrom:\n    - {statement: caller, directions: write}\n")]),
        ("what shows itself", Reads, [("conditions.yaml", Sources, "  evaluatedFrom:\n    - {ageBelow: 18}\n    - {capacity: recorded}\n")]),
        ("a statute of many", Reads, [("rules/R-1.yaml", "    validFrom: 2024-01-01\n    validTo: 2030-12-31\n", "  - {statute: 703/2023, section: 7 §, says: {fi: a., sv: b., en: c.}}\n  - {statute: 1/2000, section: 2 §, says: {fi: a., sv: b., en: c.}}\n  - {statute: 2/2000, section: 3 §, says: {fi: a., sv: b., en: c.}}\n")]),
        ("on request", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [asked]"), ("conditions.yaml", "needed:", Asked + "needed:")]),
        ("by decision", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [decided]"), ("conditions.yaml", "needed:", Decided + "needed:")]),
        ("on request and by decision", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [asked, decided]"), ("conditions.yaml", "needed:", Asked + Decided + "needed:")]),
        ("a delivery by decision", Writes, [("rules/R-3.yaml", "conditions: [checked]", "conditions: [decided]"), ("conditions.yaml", "needed:", Decided + "needed:")]),
        ("what is left out", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [hidden, nameless, given, grown]"), ("conditions.yaml", "needed:", Hidden + "needed:")]),
        ("what is no condition", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [hidden, unasked, given]"), ("conditions.yaml", "needed:", Hidden + "needed:"), ("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "")]),
        ("the own register", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [own]"), ("conditions.yaml", "needed:", Hidden + "needed:"), ("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "")]),
        ("the own register, a question about one item", Reads, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [own]\n    confidence: low\n    lawyerCheck: {fi: Painoko?, sv: Vikten?, en: The weight?}"), ("conditions.yaml", "needed:", Hidden + "needed:")]),
        ("the own register, too early", Reads with { Day = new DateOnly(2024, 12, 31) }, [("rules/R-1.yaml", "    conditions: [needed]", "    conditions: [own]"), ("conditions.yaml", "needed:", Hidden + "needed:")]),
        ("on behalf", Writes, [("rules/R-3.yaml", "conditions: [checked]", "conditions: [referred]")]),
        ("on behalf, no consent", Writes, [("rules/R-3.yaml", "conditions: [checked]", "conditions: [referred]"), ("rules/R-3.yaml", "consents:\n  - {form: SECRECY, objectable: true, itemised: true}\n", "")]),
        ("on behalf, a question about the item", Writes, [("rules/R-3.yaml", "conditions: [checked]", "conditions: [referred]"), ("items/weight.yaml", "begins: referral", "lawyerCheck: {fi: Painoko?, sv: Vikten?, en: The weight?}\nbegins: referral"), ("rules/R-3.yaml", "    confidence: low\n    lawyerCheck: {fi: Kuka?, sv: Vem?, en: Who?}\n", "")]),
        ("on behalf by another agreement", Writes, [("rules/R-3.yaml", "conditions: [checked]", "conditions: [referred]"), ("conditions.yaml", Deal, "    - agreement: cooperation")]),
        ("a notice with a question about the item", Writes, [("rules/R-3.yaml", "direction: write", "direction: notify"), ("items/weight.yaml", "begins: referral", "lawyerCheck: {fi: Painoko?, sv: Vikten?, en: The weight?}\nbegins: referral"), ("rules/R-3.yaml", "    confidence: low\n    lawyerCheck: {fi: Kuka?, sv: Vem?, en: Who?}\n", "")]),
        ("always closed", Reads, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]")]),
        ("always closed, and too early", Reads with { Day = new DateOnly(2024, 12, 31) }, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]")]),
        ("closed where no rule is", Nowhere, [("prohibitions/P-4.yaml", "items: [name]\ntoRoles: [coach]", "items: [weight]\ntoRoles: [aide]")]),
        ("every limit", Reads, [("prohibitions/P-1.yaml", "toRoles: [aide]", "toRoles: [coach]"), ("prohibitions/P-1.yaml", "onlyRecipients: {sector: sports, roles: [coach]}\n", ""), ("prohibitions/P-1.yaml", "unless: [referred]", "unless: [checked, every]"), ("prohibitions/P-2.yaml", "exceptItems: [weight]\n", ""), ("prohibitions/P-2.yaml", "mask: [Patient.name]\n", "")]),
        ("a limit that the rule lifts", Reads, [("prohibitions/P-1.yaml", "toRoles: [aide]", "toRoles: [coach]"), ("prohibitions/P-1.yaml", "onlyRecipients: {sector: sports, roles: [coach]}\n", "")]),
        ("a limit told to others", Reads, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [single-view]"), ("prohibitions/P-4.yaml", "tellFrom: {sector: health, roles: [doctor]}", "tellFrom: {sector: sports, roles: [coach]}")]),
        ("a limit told to them", Reads, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [single-view]")]),
        ("a limit told to other receivers", Reads, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [single-view]"), ("prohibitions/P-4.yaml", "tellTo: {sector: sports, roles: [coach]}", "tellTo: {sector: sports, roles: [aide]}")]),
        ("a limit of another channel", Reads, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nchannels: [single-view]"), ("conditions.yaml", Sources, "  evaluatedFrom:\n    - {channel: [single-message]}\n")]),
        ("left to a person by the law", Reads, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nwhen: [deceased]")]),
        ("left to a person by policy", Reads, [("prohibitions/P-4.yaml", "items: [name]", "items: [weight]\nwhen: [deceased]"), ("prohibitions/P-4.yaml", "strength: law", "strength: policy")]),
        ("documents that it does not reach", Reads, Besides("S3", "toSectors: [health]")),
        ("documents that it does not reach, most sensitive", Reads, Besides("S4", "toSectors: [health]")),
        ("documents of no concern", Reads, Besides("S2", "toSectors: [health]")),
        ("documents that it does reach", Reads, Besides("S3", "toSectors: [sports]")),
        ("documents of everybody", Reads, Besides("S3", "toSectors: []")),
        ("documents of other givers", Reads, [.. Besides("S3", "toSectors: [health]"), ("prohibitions/P-4.yaml", "tellFrom: {sector: health, roles: [doctor]}", "tellFrom: {sector: sports, roles: [coach]}")]),
        ("documents that nobody is told of", Reads, [.. Besides("S3", "toSectors: [health]"), ("prohibitions/P-4.yaml", "tellFrom: {sector: health, roles: [doctor]}\n", "")]),
        ("documents of other items", Reads, [.. Besides("S3", "toSectors: [health]"), ("prohibitions/P-4.yaml", "items: [weight]", "items: [name]")]),
        ("documents of all items but this", Reads, [.. Besides("S3", "toSectors: [health]"), ("prohibitions/P-4.yaml", "items: [weight]", "items: \"*\"\nexceptItems: [weight]")]),
        ("documents of all items", Reads, [.. Besides("S3", "toSectors: [health]"), ("prohibitions/P-4.yaml", "items: [weight]", "items: \"*\"")]),
    ];

    [Fact]
    public void EveryCaseIsToldInTheWordsThatWereAgreed()
    {
        var text = new StringBuilder();
        Tell(text, "the coach reads", Explained(SmallCatalogue.Read(), Reads), []);
        foreach (var (name, question, edits) in Cases)
        {
            Tell(text, name, Explained(Edited(edits), question), edits.Length == 0 ? [] : Explained(SmallCatalogue.Read(), question));
        }

        Golden.Matches("Explanations/Golden/small.txt", text.ToString());
    }

    [Fact]
    public void TwoWaysAreToldOneByOne()
    {
        (string, string, string)[][] sets =
        [
            [],
            [("rules/R-1.yaml", "lawyerCheck: {fi: Riittääkö?, sv: Räcker det?, en: Is it enough?}", ""), ("rules/R-1.yaml", "confidence: medium", "confidence: high")],
            [("rules/R-4.yaml", "confidence: high", "confidence: low\nlawyerCheck: {fi: Onko?, sv: Är det?, en: Is it so?}")],
            [("items/weight.yaml", "begins: referral", "lawyerCheck: {fi: Painoko?, sv: Vikten?, en: The weight?}\nbegins: referral"), ("rules/R-1.yaml", "lawyerCheck: {fi: Riittääkö?, sv: Räcker det?, en: Is it enough?}", ""), ("rules/R-1.yaml", "confidence: medium", "confidence: high")],
            [("rules/R-4.yaml", "conditions: [asked]", "conditions: [needed]")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nvalidFrom: 2027-01-01")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nvalidTo: 2020-01-01")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nenabled: false")],
            [("rules/R-4.yaml", "confidence: high", "confidence: high\nvalidFrom: 2027-01-01"), ("rules/R-1.yaml", "\nvalidFrom: 2025-01-01\nvalidTo: 2029-12-31", "\nvalidFrom: 2028-01-01")],
        ];
        var text = new StringBuilder();
        foreach (var edits in sets)
        {
            var texts = EditedCatalogue.Texts([.. SmallCatalogue.Texts, ("rules/R-4.yaml", Two)], "conditions.yaml", "needed:", Asked + "needed:");
            var catalogue = Catalogues.Load(CatalogueReader.Read(edits.Aggregate(texts, static (texts, edit) => EditedCatalogue.Texts(texts, edit.Item1, edit.Item2, edit.Item3))));
            Tell(text, edits.Length == 0 ? "two ways" : string.Join("; ", edits.Select(static edit => $"{edit.Item1}: {edit.Item3}")), Explained(catalogue, Reads), Explained(SmallCatalogue.Read(), Reads));
        }

        Golden.Matches("Explanations/Golden/two-ways.txt", text.ToString());
    }

    [Fact]
    public void WhicheverCodeIsUnknownIsNamedAndTheNearestIsFound()
    {
        var explainer = new CatalogueExplainer(SmallCatalogue.Read());
        ExplanationQuestion[] asked =
        [
            Reads with { Item = DataItemId.Parse("wait") }, Reads with { FromSector = SectorId.Parse("helth") }, Reads with { ToSector = SectorId.Parse("sprots") },
            Reads with { FromRole = RoleId.Parse("doktor") }, Reads with { ToRole = RoleId.Parse("couch") }, Reads with { Purpose = PurposeId.Parse("scare") },
        ];

        Assert.Equal(["wait", "helth", "sprots", "doktor", "couch", "scare"], asked.Select(explainer.FindUnknownCode));
        Assert.Equal(["health", "doctor", "coach", "care", "weight"], new[] { "helth", "doktor", "couch", "scare", "wieght" }.Select(explainer.FindNearestCode));
        Assert.Equal("Säännöstö ei tunne tunnusta `wait`.\n", explainer.Explain(asked[0], "fi"));
        Assert.Equal("Regelverket känner inte till koden `wait`.\n", explainer.Explain(asked[0], "sv"));
        Assert.Null(explainer.FindUnknownCode(Reads));
        Assert.Null(explainer.FindUnknownCode(Reads with { Purpose = null }));
        Assert.Throws<ArgumentNullException>("question", () => explainer.FindUnknownCode(null!));
    }

    private static (string, string, string)[] Besides(string sensitivity, string sectors) =>
    [
        ("items/weight.yaml", "sensitivity: S2", $"sensitivity: {sensitivity}"),
        ("prohibitions/P-4.yaml", "items: [name]\ntoRoles: [coach]", $"items: [weight]\n{sectors}\ndocumentLabels: [PSY, V]"),
    ];

    private static LegalCatalogue Edited((string File, string Good, string Bad)[] edits) => Catalogues.Load(CatalogueReader.Read(
        edits.Aggregate(SmallCatalogue.Texts, static (texts, edit) => EditedCatalogue.Texts(texts, edit.File, edit.Good, edit.Bad))));

    private static string[] Explained(LegalCatalogue catalogue, ExplanationQuestion question) =>
        [.. Questions.Languages.Select(language => new CatalogueExplainer(catalogue).Explain(question, language))];

    /// <summary>The lines that the plain case does not have, and those of it that are gone.</summary>
    private static void Tell(StringBuilder text, string name, string[] explained, string[] plain)
    {
        text.Append("\n# ").Append(name.ReplaceLineEndings(" ")).Append('\n');
        for (var at = 0; at < explained.Length; at++)
        {
            var (now, before) = (explained[at].Split('\n'), plain.Length == 0 ? [] : plain[at].Split('\n'));
            text.AppendJoin(string.Empty, now.Where(line => !before.Contains(line)).Select(static line => $"{line}\n"));
            text.AppendJoin(string.Empty, before.Where(line => !now.Contains(line)).Select(static line => $"- {line}\n"));
        }
    }
}
