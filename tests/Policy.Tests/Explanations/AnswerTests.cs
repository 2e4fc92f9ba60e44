// The answer tells a manager yes and what it hangs on, what no lawyer has confirmed, or no; the short lines under it the case, consent, decider, duty and ground.
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
    [InlineData("fi", "Vastaus: Kyllä, jos suostumus on annettu ja kaikki alla olevat edellytykset täyttyvät.\n  Tapaus: asiakas ohjataan liikuntaneuvontaan.\n  Suostumus: asiakkaan suostumus.\n  Kuka päättää: luovuttaja lähettäessään tiedot; muuta päätöstä ei tehdä.\n  Velvollisuus: luovuttaja saa antaa tiedot, mutta ei ole siihen velvollinen.\n  Peruste: Laki sosiaali- ja terveydenhuollon asiakastietojen käsittelystä (703/2023) 6 §; Laki viranomaisten toiminnan julkisuudesta (621/1999) 29 § 1 mom. 2 kohta.\n  Edellytyksiä: 2, kaikkien on täytyttävä (alla).")]
    [InlineData("en", "Answer: yes, if the consent and all conditions below are in place.\n  Case: the client is referred to exercise counselling.\n  Consent: the client's consent.\n  Who decides: the giver by sending the data; no other decision is made.\n  Duty: the giver may give the data but has no duty to.\n  Ground: Act on the Processing of Client Data in Social Welfare and Health Care (703/2023), section 6; Act on the Openness of Government Activities (621/1999), section 29(1)(2).\n  Conditions: 2, all must hold (below).")]
    public void TheHeadTellsInShortLinesCaseConsentDutyGroundAndConditions(string language, string head) =>
        Assert.Equal(head, Head(Doctor, Counsellor, "exercise-counselling", "person-contact", language));

    [Theory]
    [InlineData("fi", "Kyllä, jos suostumus on annettu ja kaikki alla olevat edellytykset täyttyvät. Juristi ei ole vielä vahvistanut tätä: Onko asiakkaan suostumus lain 906/2019 22 §:ssä tarkoitettu tiedonsaantioikeus, jonka varaan viranomaisten välinen pysyvä rajapinta voidaan rakentaa? Sisote käyttää sääntöä silti, ellei sitä ole paikallisesti otettu pois käytöstä.")]
    [InlineData("sv", "Ja, om samtycket har getts och alla villkor nedan är uppfyllda. En jurist har ännu inte bekräftat detta: Är klientens samtycke en sådan rätt till uppgifter som avses i 906/2019 22 §, så att ett stadigvarande gränssnitt mellan myndigheter kan bygga på det? Sisote tillämpar ändå regeln, om den inte har tagits ur bruk lokalt.")]
    [InlineData("en", "yes, if the consent and all conditions below are in place. A lawyer has not yet confirmed this: Is a client's consent a right to data in the sense of section 22 of Act 906/2019, so that a standing interface between authorities may rest on it? Sisote uses the rule all the same unless it has been switched off locally.")]
    public void WhereTheRuleIsInDoubtTheAnswerPutsTheQuestionAndSaysThatTheRuleIsUsedAllTheSame(string language, string answer) =>
        Assert.Equal(answer, Answer(Doctor, Counsellor, "exercise-counselling", "exercise-measures", language));

    [Theory]
    [InlineData("fi", "Luovutus: kyllä, jos kaikki alla olevat edellytykset täyttyvät. Henkilötunnus: ei ennen kuin juristi on vastannut: Jos säännön säädös puhuu ", "Jätä tieto siihen asti pois; Sisote ei poista sitä.", "Tulkinnan varmuus: suuri (koskee sääntöä, ei tätä tietoa: henkilötunnus). Säädöksen sanamuoto on selvä.")]
    [InlineData("sv", "Utlämnandet: ja, om alla villkor nedan är uppfyllda. Personbeteckning: inte förrän en jurist har svarat: Om regelns författning talar ", "Utelämna uppgiften tills dess; Sisote tar inte bort den.", "Tolkningens säkerhet: hög (gäller regeln, inte denna uppgift: personbeteckning). Författningens ordalydelse är klar.")]
    [InlineData("en", "the release: yes, if all conditions below are in place. Personal identity code: not before a lawyer has answered: Where the rule's statute speaks ", "Leave it out until then; Sisote does not remove it.", "Confidence: high (about the rule, not about this item: personal identity code). The wording of the statute is clear.")]
    public void WhereTheItemIsInDoubtTheRestIsYesAndTheItemWaits(string language, string first, string last, string confidence)
    {
        var text = Explainer.Explain(Questions.Ask("employment/multi-support-worker", Doctor, "multi-sector-employment", "person-national-id"), language);

        Assert.StartsWith(first, Answer(text), StringComparison.Ordinal);
        Assert.EndsWith(last, Answer(text), StringComparison.Ordinal);
        Assert.Contains(confidence, text, StringComparison.Ordinal);
    }

    [Fact]
    public void ANoticeWhoseIdentityCodeIsInDoubtIsCalledANotice()
    {
        var text = Explainer.Explain(Questions.Ask(Registrar, "youth-outreach/outreach-worker", "youth-outreach", "person-national-id"), "en");

        Assert.StartsWith("the notice: yes, in the cases below. Personal identity code: not before a lawyer has answered: ", Answer(text), StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(text, @"^  - YO-0\d \(.+\): if all conditions below are in place\.$", RegexOptions.Multiline));
        Assert.Single(Regex.Matches(text, @"\byes\b"));
    }

    [Fact]
    public void WhereRuleAndItemAreInDoubtBothQuestionsStandInTheAnswer()
    {
        var answer = Answer(Doctor, "kela/kela-officer", "benefit-decision", "person-national-id", "en");

        Assert.StartsWith("the release: yes, if all conditions below are in place. A lawyer has not yet confirmed this: The original text of section 59 ", answer, StringComparison.Ordinal);
        Assert.Contains(" Personal identity code: not before a lawyer has answered: Where ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fi", "Suostumus: ei tarvita.\n  Kuka päättää: luovuttaja lähettäessään tiedot; muuta päätöstä ei tehdä.\n  Velvollisuus: luovuttaja on velvollinen antamaan tiedot.\n")]
    [InlineData("en", "Consent: not needed.\n  Who decides: the giver by sending the data; no other decision is made.\n  Duty: the giver has a duty to give the data.\n")]
    public void WhereTheGiverMustTheHeadSaysDuty(string language, string lines) =>
        Assert.Contains(lines, Head(Registrar, "municipality-residence/compulsory-education-officer", "compulsory-education", "guardian-contact", language), StringComparison.Ordinal);

    [Theory]
    [InlineData("fi", "Tapaus: asiakkuus monialaisen tuen yhteistoimintamallissa on alkanut eikä ole päättynyt.\n  Suostumus: ei tarvita.\n  Kuka päättää: ei kukaan tapaus kerrallaan; tiedot annetaan, kun edellytykset on osoitettu.\n  Velvollisuus: vastaanottajalla on oikeus saada tiedot; luovuttajan on annettava ne, kun edellytykset täyttyvät.\n")]
    [InlineData("en", "Case: the client relation in the multi-sector support model has begun and not ended.\n  Consent: not needed.\n  Who decides: nobody case by case; the data go when the conditions are shown to hold.\n  Duty: the receiver has a right to get the data; the giver must give them when the conditions hold.\n")]
    public void WhereTheReceiverIsEntitledTheHeadSaysRightAndTheCircumstanceItRestsOn(string language, string lines) =>
        Assert.Contains(lines, Head("employment/multi-support-worker", Doctor, "multi-sector-employment", "employment-plan", language), StringComparison.Ordinal);

    [Theory]
    [InlineData("fi", "Tapaus: oppilas tai opiskelija siirtyy toiselle opetuksen tai koulutuksen järjestäjälle.\n  Suostumus: asiakkaan suostumus, jota luovuttajan on pyydettävä.\n")]
    [InlineData("en", "Case: the pupil or student moves to another education provider.\n  Consent: the client's consent, which the giver must ask for.\n")]
    public void WhereConsentMustBeAskedTheHeadSaysSo(string language, string lines) =>
        Assert.Contains(lines, Head("student-welfare/expert-group-lead", "student-welfare/kuraattori", "education-continuity", "expert-group-plan", language), StringComparison.Ordinal);

    [Theory]
    [InlineData("fi", "Vastaus: Kyllä, jos kaikki alla olevat edellytykset täyttyvät. Juristi ei ole vielä vahvistanut tätä: Neuvonnan on todella oltava osa hyvinvointialueen terveysneuvontaa ", "  Tapaus: liikuntaneuvonta on hyvinvointialueen toimeksianto.\n  Suostumus: ei tarvita.\n  Luonne: Luovuttaja toimii vastaanottajan lukuun ")]
    [InlineData("sv", "Svar: Ja, om alla villkor nedan är uppfyllda. En jurist har ännu inte bekräftat detta: Rådgivningen måste verkligen vara en del av välfärdsområdets hälsorådgivning ", "  Fall: motionsrådgivningen är ett uppdrag från välfärdsområdet.\n  Samtycke: behövs inte.\n  Karaktär: Utlämnaren handlar för mottagarens räkning ")]
    public void WhereTheGiverActsForTheReceiverTheHeadNamesTheCommission(string language, string answer, string lines)
    {
        var head = Head(Counsellor, Doctor, "exercise-counselling", "exercise-entry", language);

        Assert.StartsWith(answer, head, StringComparison.Ordinal);
        Assert.Contains(lines, head, StringComparison.Ordinal);
    }

    [Fact]
    public void UseOfOnesOwnRegisterIsNoDisclosure() => Assert.Contains(
        "  Consent: not needed.\n  What it is: use of one's own register, no disclosure to an outsider.\n", Head(Counsellor, Counsellor, "exercise-counselling", "person-contact", "en"), StringComparison.Ordinal);

    [Fact]
    public void AReleasePermissionIsNamedAsSuch() =>
        Assert.Contains("\n  Luovutuslupa: tarvitaan.\n", Head(Doctor, Doctor, "care", "minor-capacity", "fi"), StringComparison.Ordinal);

    [Fact]
    public void AWrittenConsentIsNamedAsWritten() => Assert.Contains(
        "\n  Consent: the client's itemised written consent.\n", Head("employment/employment-officer", "employment-provider/provider-worker", "employment-service", "work-ability-limits", "en"), StringComparison.Ordinal);

    [Fact]
    public void WhereTwoConsentsAreNeededBothStandInOneLine() => Assert.Contains(
        "\n  Consent: the client's consent and consent under the GDPR.\n", Head(Counsellor, "third-sector/association-worker", "voluntary-hobby", "person-contact", "en"), StringComparison.Ordinal);

    [Fact]
    public void AStatutoryTaskThatNeedsConsentIsNoDutyToGiveWithoutIt()
    {
        var text = Explainer.Explain(Questions.Ask(Counsellor, "social/social-worker", "social-service", "social-need-contact"), "en");

        Assert.Matches(@"  - NO-01 \(.+\): if the consent and the condition below are in place\.\n(?:      .+\n)*      Consent: the client's consent\.\n      Who decides: the giver's named professional, who sends the data\.\n      Duty: the law makes this the giver's task, but the data may go only with the consent\.\n", text);
        Assert.Matches(@"  - NO-02 \(.+\): if all conditions below are in place\.\n(?:      .+\n)*      Consent: not needed\.\n      Who decides: .+\n      Duty: the giver has a duty to give the data\.\n", text);
    }

    [Fact]
    public void WhereSeveralWaysAreOpenTheCaseDecidesAndEachSaysItsOwn()
    {
        var text = Explainer.Explain(Questions.Ask(Registrar, "youth-outreach/outreach-worker", "youth-outreach", "person-contact"), "fi");

        Assert.Contains("Vastaus: Kyllä, alla olevissa tapauksissa.\n  Tapaus ratkaisee:\n  - YO-01 (Nuoresta on ilmoitettava etsivään nuorisotyöhön): jos kaikki alla olevat edellytykset täyttyvät.\n      Tapaus: opiskelija, joka ei ole oppivelvollinen, keskeyttää opintonsa.\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  - YO-02 (Nuoresta voidaan harkinnan mukaan ilmoittaa etsivään nuorisotyöhön): jos kaikki alla olevat edellytykset täyttyvät.\n      Tapaus: nuori jää ilman opiskelupaikkaa", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereOneOfSeveralWaysIsInDoubtTheAnswerSaysSomeAndThatWayPutsTheQuestion()
    {
        var text = Explainer.Explain(Questions.Ask(Doctor, Counsellor, "exercise-counselling", "exercise-restriction"), "en");

        Assert.Equal("yes, in the cases below. A lawyer has not yet confirmed some of them.", Answer(text));
        Assert.Matches(@"  - EX-01 \(.+\): if the consent and all conditions below are in place\.\n      How: the giver notifies the receiver of the data\.\n", text);
        Assert.Matches(@"  - EX-02 \(.+\): if the consent and all conditions below are in place\. A lawyer has not yet confirmed this: Is a client's consent .+\? Sisote uses the rule all the same .+\n      How: the receiver reads the data\.\n", text);
    }

    [Fact]
    public void WhatOpensLaterIsNotCountedAndStandsLast()
    {
        var text = Explainer.Explain(Questions.Ask(Doctor, "social/social-worker", "social-service", "patient-summary"), "en");

        Assert.StartsWith("yes, if all conditions below are in place. Patient summary: a lawyer has not yet confirmed this: Is the whole summary necessary in this very matter, ", Answer(text), StringComparison.Ordinal);
        Assert.Contains("\n  Another way opens later: SO-02 (from 1 March 2027 on).\n", text, StringComparison.Ordinal);
        Assert.Equal(["SO-04", "SO-02"], Regex.Matches(text, @"^Rule (\S+):", RegexOptions.Multiline).Select(static rule => rule.Groups[1].Value));
        Assert.True(text.IndexOf("\nLater:\n", StringComparison.Ordinal) is var later && later > text.IndexOf("Rule SO-04", StringComparison.Ordinal) && later < text.IndexOf("Rule SO-02", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fi", "  Tapa: vastaanottaja pyytää tietoja yksittäisessä asiassa, ja nimetty henkilö luovuttajan organisaatiossa toteaa, että edellytykset täyttyvät\n")]
    [InlineData("sv", "  Sätt: mottagaren begär uppgifterna i ett enskilt ärende, och en namngiven person i utlämnarens organisation konstaterar att villkoren är uppfyllda\n")]
    [InlineData("en", "  How: the receiver asks for the data in a single matter, and a named person in the giver's organisation finds that the conditions hold\n")]
    public void WhereTheReceiverHasARightAPersonOnlyFindsThatTheConditionsHold(string language, string line) =>
        Assert.Contains(line, Explainer.Explain(Questions.Ask(Doctor, "social/social-worker", "social-service", "patient-summary"), language), StringComparison.Ordinal);

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

    /// <summary>The answer and the short lines under it.</summary>
    private static string Head(string from, string to, string purpose, string item, string language) =>
        Regex.Match(Explainer.Explain(Questions.Ask(from, to, purpose, item), language), "^(?:Vastaus|Svar|Answer): .*(?:\n  .*)*", RegexOptions.Multiline).Value;

    private static string Answer(string from, string to, string purpose, string item, string language) =>
        Answer(Explainer.Explain(Questions.Ask(from, to, purpose, item), language));

    private static string Answer(string text) => Regex.Match(text, "^(?:Vastaus|Svar|Answer): (.*)$", RegexOptions.Multiline).Groups[1].Value;
}
