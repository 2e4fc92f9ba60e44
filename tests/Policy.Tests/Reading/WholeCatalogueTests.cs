// What a catalogue says of decisions, relationships recorded by hand, bars of minors and ways of consent: read in full, and every fault of it told in full.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy.Reading;

public sealed class WholeCatalogueTests
{
    private const string ByWhom = "must say by whom it is recorded: roles, or through which relationship.";
    private const string Lists = "A condition on which decisions are recorded lists reasons, each once; no other does.";
    private const string DecidesFor = "Decisions are recorded on conditions of type `human`, and at least one reason decides for.";

    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "relationships.yaml", "    - {side: from, roles: [doctor]}\n    - {side: to, through: worker}\n", "    []\n", $"(2): `case` {ByWhom}" },
        { "relationships.yaml", "{side: from, roles: [doctor]}", "{side: from}", $"(2): `case` {ByWhom}" },
        { "relationships.yaml", "{side: from, roles: [doctor]}", "{side: between, roles: [doctor]}", "(4): `side` is `between`, must be one of from, to." },
        { "relationships.yaml", "{side: from, roles: [doctor]}", "{side: from, roles: [docter]}", "(4): Role `docter` is not defined. Did you mean `doctor`?" },
        { "relationships.yaml", "{side: from, roles: [doctor]}", "{side: from, roles: [doctor], when: now}", "(4): Unknown key `when`." },
        { "relationships.yaml", "person: required", "person: allowed", "(2): `case` is handed over from person to person, so it must name one." },
        { "relationships.yaml", "person: required\n  handedOver: true", "person: allowed", "" },
        { "relationships.yaml", "person: allowed", "person: maybe", "(12): `person` is `maybe`, must be one of none, allowed, required." },
        { "relationships.yaml", "ownPerson: true", "ownPerson: perhaps", "(13): `ownPerson` must be true or false." },
        { "relationships.yaml", "ownPerson: true", "ownPersons: true", "(13): Unknown key `ownPersons`." },
        { "relationships.yaml", "handedOver: true", "handedOver: 1", "(7): `handedOver` must be true or false." },
        { "relationships.yaml", "remarks: Whoever coaches says so.", "remarks: [a]", "(14): `remarks` must be a text." },
        { "relationships.yaml", "  labels: {fi: Ryhmä, sv: Grupp, en: Team}\n", "", "(9): `labels` is missing; it needs fi, sv and en." },
        { "checked.yaml", "2025-02-21", "21.2.2025", "(1): `through` must be a date like 2026-08-01." },
        { "checked.yaml", "remarks", "notes", "(2): Unknown key `notes`." },
        { "conditions.yaml", "  strength: policy\n", "  strength: custom\n", "(13): `strength` is `custom`, must be one of law, policy." },
        { "conditions.yaml", "  type: human\n  strength", "  type: fact\n  strength", $"(11): {DecidesFor}" },
        { "conditions.yaml", "right, decides: for", "right, decides: against", $"(11): {DecidesFor}" },
        { "conditions.yaml", "needless, decides: against", "needless, decides: for", "" },
        { "conditions.yaml", "needless, decides: against", "needless, decides: both", "(18): `decides` is `both`, must be one of for, against." },
        { "conditions.yaml", "needless, decides: against", "right, decides: against", $"(11): {Lists}" },
        { "conditions.yaml", "needless, decides: against", "needless, weight: 1, decides: against", "(18): Unknown key `weight`." },
        { "conditions.yaml", "    - decision: recorded\n", "    - statement: caller\n", $"(11): {Lists}" },
        { "conditions.yaml", "    - statement: caller\n", "    - decision: recorded\n", $"(20): {Lists}|(20): {DecidesFor}" },
        { "minors-policy.yaml", "[doctor, coach]", "[doctor, coch]", "(5): Role `coch` is not defined. Did you mean `coach`?" },
        { "minors-policy.yaml", "ground: minor-able", "ground: reason", "(7): `ground` is `reason`, must be one of minor-able, weighty-reason, weighty-reason-not-against-interest." },
        { "minors-policy.yaml", "    ground: minor-able\n", "    ground: minor-able\n    since: 2025-01-01\n", "(8): Unknown key `since`." },
        { "minors-policy.yaml", "    basis:\n      - {statute: 703/2023", "    basis:\n      - {statute: 703-2023", "(9): `703-2023` is not a statute number like 703/2023." },
        { "minors-policy.yaml", "sv: läkaren, ", "", "(4): `sv` is missing." },
        { "consent-forms.yaml", "recorded: [paper]", "recorded: [paper, oral]", "" },
        { "consent-forms.yaml", "recorded: [paper]", "recorded: [paper, assisted]\n  written: true", "(11): `recorded` names `assisted`, but the form must be in writing." },
        { "consent-forms.yaml", "recorded: [paper]", "recorded: [signed-in]", "(11): `recorded` names `signed-in`, must be one of paper, oral, assisted, mirrored." },
        { "rules/R-4.yaml", "fromSectors: [health]", "fromSectors: [helth]", "(23): Sector `helth` is not defined. Did you mean `health`?" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFaultIsToldInFull(string file, string good, string bad, string faults)
    {
        var told = CatalogueReader.Read(EditedCatalogue.Texts(WholeCatalogue.Texts, file, good, bad)) is CatalogueReading.Faulty faulty ? faulty.Faults.Select(static fault => $"{fault}") : [];

        Assert.Equal(string.Join('\n', faults.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(fault => file + fault).Order(StringComparer.Ordinal)), string.Join('\n', told.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void EveryWordOfTheFilesIsInTheCatalogueAtItsPlace()
    {
        var law = Catalogues.Load(CatalogueReader.Read(WholeCatalogue.Texts));

        Golden.Matches("Reading/Golden/whole.txt", Plain.Text((law.Relationships, law.CheckedThrough, law.MinorsPolicies, law.ConsentForms, law.Conditions, law.Rules[Sisote.Policy.Ids.RuleId.Parse("R-4")], law.Names).ToTuple()));
    }

    [Theory]
    [InlineData("weighty-reason", BarGround.WeightyReason)]
    [InlineData("weighty-reason-not-against-interest", BarGround.WeightyReasonNotAgainstInterest)]
    public void EachGroundOfABarIsItsOwn(string word, BarGround ground) =>
        Assert.Equal(ground, Read("minors-policy.yaml", "minor-able", word).MinorsPolicies["health"].Bar?.Ground);

    [Fact]
    public void WithoutTheFilesNoRelationshipIsRecordedByHandAndNobodySaysHowFarTheStatutesWereRead()
    {
        var law = SmallCatalogue.Read();

        Assert.Empty(law.Relationships);
        Assert.Null(law.CheckedThrough);
    }

    [Fact]
    public void WhereASectorAndAPurposeShareACodeTheNameIsTheSectors() => Assert.Equal("Sports", SmallCatalogue.Read().Names["sports"].En);

    private static LegalCatalogue Read(string file, string good, string bad) => Catalogues.Load(CatalogueReader.Read(EditedCatalogue.Texts(WholeCatalogue.Texts, file, good, bad)));
}
