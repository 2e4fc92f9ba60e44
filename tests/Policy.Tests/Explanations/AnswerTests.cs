// The answer line alone tells a manager whether, on which ground, with or without consent, and how sure.
using System.Text.RegularExpressions;
using Sisote.Policy.Explanations;

namespace Sisote.Tests.Policy.Explanations;

public sealed class AnswerTests
{
    private const string Doctor = "health/health-professional";

    private const string Counsellor = "municipal-sports/exercise-counsellor";

    private const string Registrar = "education/education-registrar";

    private static readonly CatalogueExplainer Explainer = new(Catalogues.Shipped);

    [Theory]
    [InlineData("fi", "Kyllä, asiakkaan suostumuksella (703/2023 6 §; 621/1999 29 § 1 mom. 2 kohta), jos alla olevat 2 edellytystä täyttyvät. Luovuttaja ei ole velvollinen antamaan tietoja.")]
    [InlineData("sv", "Ja, med klientens samtycke (703/2023 6 §; 621/1999 29 § 1 mom. 2 punkten), om de 2 villkoren nedan är uppfyllda. Utlämnaren är inte skyldig att lämna uppgifterna.")]
    [InlineData("en", "yes, with the client's consent (703/2023, section 6; 621/1999, section 29(1)(2)), if the 2 conditions below hold. The giver has no duty to give the data.")]
    public void WhereTheGiverMayTheAnswerNamesTheConsentAndThatThereIsNoDuty(string language, string answer) =>
        Assert.Equal(answer, Answer(Doctor, Counsellor, "exercise-counselling", "person-contact", language));

    [Fact]
    public void WhereTheReadingIsOpenTheAnswerSaysSo() => Assert.Equal(
        "yes, with the client's consent (703/2023, sections 4 and 6; 906/2019, sections 22–23), if the 4 conditions below hold. The giver has no duty to give the data. This is subject to an open legal question (see A lawyer checks).",
        Answer(Doctor, Counsellor, "exercise-counselling", "exercise-measures", "en"));

    [Theory]
    [InlineData("fi", "Kyllä, ja luovuttaja on siihen velvollinen, ilman suostumusta (1214/2020 11 § 4 mom., 13 § 1 mom., 7 § ja 23 § 3 mom.), jos alla olevat 2 edellytystä täyttyvät.")]
    [InlineData("en", "yes, and the giver has a duty to do so, without consent (1214/2020, sections 11(4), 13(1), 7 and 23(3)), if the 2 conditions below hold.")]
    public void WhereTheGiverMustTheAnswerSaysDuty(string language, string answer) =>
        Assert.Equal(answer, Answer(Registrar, "municipality-residence/compulsory-education-officer", "compulsory-education", "guardian-contact", language));

    [Theory]
    [InlineData("fi", "Kyllä, ja vastaanottajalla on oikeus saada tiedot, ilman suostumusta (381/2023 15 § ja 11 § 2 mom.), jos alla olevat 3 edellytystä täyttyvät.")]
    [InlineData("sv", "Ja, och mottagaren har rätt att få uppgifterna, utan samtycke (381/2023 15 § och 11 § 2 mom.), om de 3 villkoren nedan är uppfyllda.")]
    [InlineData("en", "yes, and the receiver has a right to get the data, without consent (381/2023, sections 15 and 11(2)), if the 3 conditions below hold.")]
    public void WhereTheReceiverIsEntitledTheAnswerSaysRight(string language, string answer) =>
        Assert.Equal(answer, Answer("employment/multi-support-worker", Doctor, "multi-sector-employment", "employment-plan", language));

    [Theory]
    [InlineData("fi", "Kyllä, asiakkaan suostumuksella, jota luovuttajan on pyydettävä (1287/2013 23 § 3 mom.), jos alla olevat 2 edellytystä täyttyvät.")]
    [InlineData("en", "yes, with the client's consent, which the giver must ask for (1287/2013, section 23(3)), if the 2 conditions below hold.")]
    public void WhereConsentMustBeAskedTheAnswerSaysSo(string language, string answer) =>
        Assert.Equal(answer, Answer("student-welfare/expert-group-lead", "student-welfare/kuraattori", "education-continuity", "expert-group-plan", language));

    [Theory]
    [InlineData("fi", "Kyllä, kirjaamalla vastaanottajan lukuun, ilman suostumusta (703/2023 14 ja 17 §, 25 § 1 mom. sekä 4 § 2 mom.), jos alla olevat 5 edellytystä täyttyvät. Tähän liittyy avoin oikeudellinen kysymys (ks. Juristin tarkistettava).")]
    [InlineData("sv", "Ja, genom att anteckna för mottagarens räkning, utan samtycke (703/2023 14 och 17 §, 25 § 1 mom. samt 4 § 2 mom.), om de 5 villkoren nedan är uppfyllda. Detta är förenat med en öppen rättsfråga (se Ska kontrolleras av en jurist).")]
    public void WhereTheGiverActsForTheReceiverTheAnswerSaysSo(string language, string answer) =>
        Assert.Equal(answer, Answer(Counsellor, Doctor, "exercise-counselling", "exercise-entry", language));

    [Fact]
    public void UseOfOnesOwnRegisterIsNoDisclosure() =>
        Assert.StartsWith("yes, as use of one's own register, without consent (906/2019, section 16; 2016/679, Article 6(1)(e))", Answer(Counsellor, Counsellor, "exercise-counselling", "person-contact", "en"), StringComparison.Ordinal);

    [Fact]
    public void AReleasePermissionIsNamedAsSuch() =>
        Assert.StartsWith("Kyllä, luovutusluvalla (703/2023 ", Answer(Doctor, Doctor, "care", "minor-capacity", "fi"), StringComparison.Ordinal);

    [Fact]
    public void AWrittenConsentIsNamedAsWritten() =>
        Assert.StartsWith("yes, with the client's written consent (380/2023, section 116(4), last sentence)", Answer("employment/employment-officer", "employment-provider/provider-worker", "employment-service", "work-ability-limits", "en"), StringComparison.Ordinal);

    [Fact]
    public void AStatutoryTaskThatNeedsConsentIsNoDutyToGiveWithoutIt()
    {
        var text = Explainer.Explain(Questions.Ask(Counsellor, "social/social-worker", "social-service", "social-need-contact"), "en");

        Assert.Contains("NO-01: yes, as the giver's statutory task, with the client's consent (1301/2014, section 35(1))", text, StringComparison.Ordinal);
        Assert.Contains("NO-02: yes, and the giver has a duty to do so, without consent (1301/2014, section 35(2))", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheWaysOpenOnTheDayAreCountedAndEachSaysItsCase()
    {
        var text = Explainer.Explain(Questions.Ask(Registrar, "youth-outreach/outreach-worker", "youth-outreach", "person-contact"), "fi");

        Assert.Contains("Vastaus: Kyllä. Tarkastelupäivänä avoinna on 2 vaihtoehtoa, ja yksikin riittää:\n  - YO-01: kyllä, ja luovuttaja on siihen velvollinen, ilman suostumusta", text, StringComparison.Ordinal);
        Assert.Contains("Tapaus: muu kuin oppivelvollinen keskeyttää opintonsa", text, StringComparison.Ordinal);
        Assert.Contains("\n  - YO-02: kyllä, ilman suostumusta", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatOpensLaterIsNotCountedAndStandsLast()
    {
        var text = Explainer.Explain(Questions.Ask(Doctor, "social/social-worker", "social-service", "patient-summary"), "en");

        Assert.StartsWith("yes, and the receiver has a right to get the data, without consent (703/2023, sections 64(1) and 53(5), last sentence)", Answer(text), StringComparison.Ordinal);
        Assert.EndsWith("Another way opens later: SO-02 (from 1 March 2027 on).", Answer(text), StringComparison.Ordinal);
        Assert.Equal(["SO-04", "SO-02"], Regex.Matches(text, @"^Rule (\S+):", RegexOptions.Multiline).Select(static rule => rule.Groups[1].Value));
        Assert.True(text.IndexOf("\nLater:\n", StringComparison.Ordinal) is var later && later > text.IndexOf("Rule SO-04", StringComparison.Ordinal) && later < text.IndexOf("Rule SO-02", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fi", "Ei. Mikään sääntö ei salli tätä, joten tietoja ei anneta.")]
    [InlineData("sv", "Nej. Ingen regel tillåter detta, därför lämnas uppgifterna inte ut.")]
    [InlineData("en", "no. No rule allows this, so the data are not given.")]
    public void WhatNoRuleCarriesIsNo(string language, string answer) => Assert.Equal(answer, Answer(Doctor, Counsellor, "exercise-counselling", "diagnosis", language));

    [Fact]
    public void WhatIsNotYetInForceIsNoWithTheDayOnWhichItOpens() => Assert.Equal(
        "no, not on this day. The rule is not in force. It opens later: SO-02 (from 1 March 2027 on).", Answer(Doctor, "social/own-worker", "social-service", "responsible-worker", "en"));

    [Fact]
    public void WhereSeveralRulesCarryTheSameEachSaysForWhichCase()
    {
        var several = Questions.All(Catalogues.Shipped).Where(static question => question.Purpose is not null)
            .Select(question => Way.Of(Catalogues.Shipped, question).Where(static way => way.Rule.Enabled).DistinctBy(static way => way.Rule.Id).ToArray())
            .Where(static ways => ways.Length > 1).SelectMany(static ways => ways).DistinctBy(static way => way.Rule.Id);

        Assert.All(several, static way => Assert.True(way.Rule.Case is not null, $"{way.Rule.Id} says no case."));
    }

    private static string Answer(string from, string to, string purpose, string item, string language) =>
        Answer(Explainer.Explain(Questions.Ask(from, to, purpose, item), language));

    private static string Answer(string text) => Regex.Match(text, "^(?:Vastaus|Svar|Answer): (.*)$", RegexOptions.Multiline).Groups[1].Value;
}
