// What may show a condition, and every code that has a word of its own, said in three languages.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.Wording;

namespace Sisote.Tests.Policy.Wording;

public sealed class PlainWordsTests
{
    private static readonly string[] Languages = ["fi", "sv", "en"];

    private static readonly DisclosureRule Reading = MadeLaw.Rule;

    private static readonly DisclosureRule Delivering = MadeLaw.Rule with { Direction = Direction.Write };

    private static readonly EvidenceSource[] Sources =
    [
        .. Enum.GetValues<RelationshipEnds>().Select(static ends => new EvidenceSource.RecordedRelationship(["referral", "care"], ends, 0)),
        new EvidenceSource.RecordedRelationship(["care"], RelationshipEnds.Source, 7),
        new EvidenceSource.RecordedRelationship(["teaching"], RelationshipEnds.Source, 0),
        new EvidenceSource.RecordedRelationship(["teaching", "enrolment"], RelationshipEnds.Source, 0),
        new EvidenceSource.InForceAgreement("cooperation"),
        new EvidenceSource.RecordedDecision(),
        .. Enum.GetValues<StatementBy>().Select(static by => new EvidenceSource.Statement(by)),
        new EvidenceSource.ByChannel([.. Enum.GetValues<Channel>()]),
        new EvidenceSource.Age(18, Below: true),
        new EvidenceSource.Age(7, Below: false),
        new EvidenceSource.CompulsoryEducation(Continues: true),
        new EvidenceSource.CompulsoryEducation(Continues: false),
        new EvidenceSource.SchoolForm(["basic", "tuva"]),
        new EvidenceSource.CapacityRecorded(),
        new EvidenceSource.ConsentCovers(DataItemId.Parse("weight")),
        new EvidenceSource.ConsentFound(),
        new EvidenceSource.ConsentNotAsked(),
        new EvidenceSource.MaskApplied(),
        new EvidenceSource.NotCarried(DataItemId.Parse("name")),
        new EvidenceSource.SameOrganisation(),
        new EvidenceSource.InsideRoleScope(),
        new EvidenceSource.NamedProfessional(),
    ];

    [Fact]
    public void WhatMayShowAConditionIsSaidAsWasAgreed()
    {
        var text = new StringBuilder();
        var names = new NameBook(SmallCatalogue.Read());
        foreach (var source in Sources)
        {
            Told($"{source}, {(EvidenceWords.IsPlain(source) ? "plain" : "told where it is asked")}", language => EvidenceWords.Describe(source, names, language));
            Told("  in any direction", language => EvidenceWords.Describe(source with { Directions = [.. Enum.GetValues<Direction>()] }, names, language));
            Told("  where the receiver reads", language => EvidenceWords.Describe(source, names, Reading, language));
            Told("  where the giver delivers", language => EvidenceWords.Describe(source, names, Delivering, language));
        }

        Golden.Matches("Wording/Golden/evidence.txt", text.ToString());

        void Told(string what, Func<string, string> say)
        {
            text.Append(what).Append('\n');
            Array.ForEach(Languages, language => text.Append("    ").Append(say(language)).Append('\n'));
        }
    }

    [Fact]
    public void EveryKindThatTheCatalogueNamesByCodeHasAWordOfItsOwn()
    {
        var text = new StringBuilder();
        foreach (var kind in Kinds().Distinct().Order(StringComparer.Ordinal))
        {
            var word = KindWords.Of(kind);
            Assert.True(kind == "liikuntaneuvosto" || word.Fi != kind, $"{kind} has no word.");
            text.Append($"{kind}\n  {word.Fi}\n  {word.Sv}\n  {word.En}\n");
        }

        foreach (var kind in Relations().Distinct().Order(StringComparer.Ordinal))
        {
            var record = RecordWords.Describe(new EvidenceSource.RecordedRelationship([kind], RelationshipEnds.Source, 0), null);
            text.Append($"record of {kind}\n  {record.Fi}\n  {record.Sv}\n  {record.En}\n");
        }

        Golden.Matches("Wording/Golden/kinds.txt", text.ToString());
        Assert.Equal(("unheard-of", "unheard-of", "unheard-of"), (KindWords.Of("unheard-of").Fi, KindWords.Of("unheard-of").Sv, KindWords.Of("unheard-of").En));
    }

    [Theory]
    [InlineData("Hoito", "hoito")]
    [InlineData("Kela", "Kela")]
    [InlineData("Kelan etuus", "Kelan etuus")]
    [InlineData("Ohjaamo-palvelu", "Ohjaamo-palvelu")]
    [InlineData("Ohjaamon työntekijä", "Ohjaamon työntekijä")]
    [InlineData("Navigatorn", "Navigatorn")]
    [InlineData("Navigatorns handledare", "Navigatorns handledare")]
    [InlineData("Soteri", "Soteri")]
    [InlineData("Uusimaa", "Uusimaa")]
    [InlineData("GDPR consent", "GDPR consent")]
    [InlineData("Act on Client Data", "Act on Client Data")]
    [InlineData("Two  spaces", "two  spaces")]
    [InlineData("A named person in Kela", "a named person in Kela")]
    [InlineData("The Finnish way", "the Finnish way")]
    [InlineData("X", "X")]
    [InlineData("Xy", "xy")]
    [InlineData("", "")]
    public void ALabelInsideASentenceLosesItsCapitalUnlessItIsAName(string label, string inside) => Assert.Equal(inside, Say.Lowered(label));

    [Theory]
    [InlineData("Hoitaja", "fi", "hoitaja")]
    [InlineData("Skötare", "sv", "skötare")]
    [InlineData("Nurse", "en", "a nurse")]
    [InlineData("Aide", "en", "an aide")]
    [InlineData("Employer", "en", "an employer")]
    [InlineData("Instructor", "en", "an instructor")]
    [InlineData("Officer", "en", "an officer")]
    [InlineData("Umpire", "en", "an umpire")]
    [InlineData("aide", "en", "an aide")]
    public void SomebodyHasAnArticleInEnglishAlone(string label, string language, string said) => Assert.Equal(said, Say.Somebody(label, language));

    [Theory]
    [InlineData("fi", "", "a", "a ja b", "a, b ja c", "a, b tai c")]
    [InlineData("sv", "", "a", "a och b", "a, b och c", "a, b eller c")]
    [InlineData("en", "", "a", "a and b", "a, b and c", "a, b or c")]
    public void SeveralAreJoinedAsEachLanguageDoes(string language, string none, string one, string two, string three, string or)
    {
        Assert.Equal([none, one, two, three], new[] { "", "a", "ab", "abc" }.Select(letters => Say.And(letters.Select(static letter => $"{letter}"), language)));
        Assert.Equal(or, Say.Or(["a", "b", "c"], language));
    }

    [Theory]
    [InlineData("fi", "toistaiseksi", "1.3.2027 alkaen", "31.12.2030 saakka", "1.3.2027–31.12.2030")]
    [InlineData("sv", "tills vidare", "från och med 1.3.2027", "till och med 31.12.2030", "1.3.2027–31.12.2030")]
    [InlineData("en", "until further notice", "from 1 March 2027 on", "until 31 December 2030", "from 1 March 2027 until 31 December 2030")]
    public void ATimeIsSaidByItsEnds(string language, string always, string from, string until, string between)
    {
        var (first, last) = (new DateOnly(2027, 3, 1), new DateOnly(2030, 12, 31));

        Assert.Equal([always, from, until, between], [Say.Period(null, null, language), Say.Period(first, null, language), Say.Period(null, last, language), Say.Period(first, last, language)]);
    }

    [Fact]
    public void ASentenceBeginsWithACapital() => Assert.Equal(["", "Å", "Laki a"], new[] { "", "å", "laki a" }.Select(Say.Capital));

    [Fact]
    public void EveryKindOfSubjectIsNamedAndWhatHasNoNameByItsCode()
    {
        var text = new StringBuilder();
        var names = new NameBook(SmallCatalogue.With("statutes.yaml", "\"703/2023\"", "\"906/2019\""), SmallCatalogue.Read());
        (string Kind, string Code)[] subjects =
        [
            ("rule", "R-1"), ("never-rule", "P-1"), ("item", "weight"), ("condition", "referred"), ("consent-form", "SECRECY"), ("minors-policy", "school"), ("code-list", "limits"), ("code-system", "kinds"),
            ("role", "coach"), ("role", "any"), ("sector", "sports"), ("purpose", "care"), ("obligation", "tell"), ("retention", "log"), ("statute", "703/2023"),
            ("rule", "R-9"), ("never-rule", "P-9"), ("item", "height"), ("condition", "asked"), ("consent-form", "NOD"), ("minors-policy", "zoo"), ("role", "clerk"), ("sector", "shop"), ("purpose", "play"),
        ];
        foreach (var language in Languages)
        {
            text.AppendJoin('\n', subjects.Select(subject => names.Subject(subject.Kind, subject.Code, language))).Append('\n');
            text.AppendJoin('\n', Enum.GetValues<Direction>().Select(direction => NameBook.Direction(direction, language))).Append('\n');
            text.AppendJoin('\n', names.Purpose(null, language), names.Obligation("keep", language), names.Obligation("sing", language), names.Somebody(RoleId.Parse("aide"), language), names.Somebody(RoleId.Parse("any"), language)).Append('\n');
            text.AppendJoin('\n', names.Items(DemoWorld.Ids("weight", "name"), language), names.Statute("906/2019", language), names.Statute("703/2023", language), names.Statute("1/1900", language)).Append('\n');
            text.Append(names.Cited(MadeLaw.Statute("906/2019"), language)).Append("\n\n");
        }

        Golden.Matches("Wording/Golden/names.txt", text.ToString());
    }

    private static IEnumerable<EvidenceSource> Shown => Catalogues.Shipped.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom);

    private static IEnumerable<string> Relations() => Shown.OfType<EvidenceSource.RecordedRelationship>().SelectMany(static recorded => recorded.Kinds);

    /// <summary>Relationships, agreements, school forms, document labels and bodies of the shipped law.</summary>
    private static IEnumerable<string> Kinds() =>
    [
        .. Relations(),
        .. Shown.OfType<EvidenceSource.InForceAgreement>().Select(static agreement => agreement.Kind),
        .. Shown.OfType<EvidenceSource.SchoolForm>().SelectMany(static school => school.Forms),
        .. Catalogues.Shipped.Prohibitions.Values.SelectMany(static never => never.DocumentLabels.Concat(never.ToActors)),
    ];
}
