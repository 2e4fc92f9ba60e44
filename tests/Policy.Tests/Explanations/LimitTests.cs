// People read only of what can stop or limit this release, and of what follows the item itself.
using Sisote.Policy.Explanations;

namespace Sisote.Tests.Policy.Explanations;

public sealed class LimitTests
{
    private static readonly CatalogueExplainer Explainer = new(Catalogues.Shipped);

    [Theory]
    [InlineData("health/health-professional", "municipal-sports/exercise-counsellor", "exercise-counselling", "exercise-restriction", false)]
    [InlineData("third-sector/association-worker", "municipal-sports/exercise-counsellor", "voluntary-hobby", "service-feedback", false)]
    [InlineData("student-welfare/kuraattori", "education/education-registrar", "teaching-arrangement", "study-arrangement-need", true)]
    public void NetworksAndBoardsAreNamedOnlyToThoseWhoSitOnThem(string from, string to, string purpose, string item, bool told) =>
        Assert.Equal(told, Explain(from, to, purpose, item).Contains("P-05", StringComparison.Ordinal));

    [Theory]
    [InlineData("health/health-professional", "municipal-sports/exercise-counsellor", "exercise-counselling", "exercise-restriction", true)]
    [InlineData("student-welfare/school-nurse", "education/teacher", "teaching-arrangement", "study-arrangement-need", true)]
    [InlineData("student-welfare/kuraattori", "education/teacher", "teaching-arrangement", "study-arrangement-need", false)]
    [InlineData("education/education-registrar", "municipality-residence/compulsory-education-officer", "compulsory-education", "person-contact", false)]
    [InlineData("third-sector/association-worker", "municipal-sports/exercise-counsellor", "voluntary-hobby", "service-feedback", false)]
    public void ExtraProtectedDocumentsAreNamedOnlyWhereTheGiverCanHoldThem(string from, string to, string purpose, string item, bool told) =>
        Assert.Equal(told, Explain(from, to, purpose, item).Contains("Stops it: P-16", StringComparison.Ordinal));

    [Fact]
    public void ThatExtraProtectedDocumentsAreNotKeptFromSocialWelfareIsSaid()
    {
        var text = Explain("health/health-professional", "social/social-worker", "social-service", "patient-summary");

        Assert.Contains("\nLooked at, does not apply:\n  - P-16 ", text, StringComparison.Ordinal);
        Assert.Contains("The giver decides under the law whether documents so labelled may be given.", text, StringComparison.Ordinal);
        Assert.Contains("What may be given of the extra-protected entries in it (703/2023, section 26(2))?", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeadPersonsDataAreNotStoppedButNotAutomaticEither()
    {
        var text = Explain("health/health-professional", "municipal-sports/exercise-counsellor", "exercise-counselling", "exercise-restriction");

        Assert.Contains("\n  - If the client has died: not automatically; a named person in the giver's organisation decides (P-13; 621/1999, sections 24 and 31; Sisote's own rule, stricter than the law).\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("P-13").Length - 1);
    }

    [Fact]
    public void TheActOnAuthoritiesIsNotCitedToAnAssociation() => Assert.Contains(
        "decides (P-13; Sisote's own rule, stricter than the law).\n", Explain("third-sector/association-worker", "municipal-sports/exercise-counsellor", "voluntary-hobby", "service-feedback"), StringComparison.Ordinal);

    [Fact]
    public void AStandingInterfaceIsNoStopperWhereTheRuleKnowsNone() =>
        Assert.DoesNotContain("P-07", Explain("municipal-sports/exercise-counsellor", "third-sector/association-worker", "voluntary-hobby", "person-contact"), StringComparison.Ordinal);

    [Theory]
    [InlineData("education/education-registrar", "youth-outreach/outreach-worker", "youth-outreach")]
    [InlineData("education/education-registrar", "municipality-residence/compulsory-education-officer", "compulsory-education")]
    [InlineData("employment/multi-support-worker", "health/health-professional", "multi-sector-employment")]
    public void TheIdentityCodeBringsItsOwnStatuteAndQuestion(string from, string to, string purpose)
    {
        var text = Explain(from, to, purpose, "person-national-id");

        Assert.Contains("On the data themselves (personal identity code):\n  Data Protection Act (1050/2018), section 29: ", text, StringComparison.Ordinal);
        Assert.Matches("Answer: .*Personal identity code: not before a lawyer has answered: .*is the code among them in this release\\?", text);
    }

    [Fact]
    public void TheQuestionAboutTheMunicipalitysOwnServiceIsNotPutToAClub()
    {
        Assert.DoesNotContain("lawyer", Explain("third-sector/association-worker", "municipal-sports/exercise-counsellor", "voluntary-hobby", "service-feedback"), StringComparison.Ordinal);
        Assert.Contains("municipality's own culture service", Explain("municipal-culture/culture-coordinator", "municipal-sports/exercise-counsellor", "voluntary-hobby", "service-feedback"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsLeftOutIsNoCondition()
    {
        var text = Explain("municipal-sports/exercise-counsellor", "third-sector/association-worker", "voluntary-hobby", "person-contact");

        Assert.Contains("Left out: personal identity code.", text, StringComparison.Ordinal);
        Assert.Contains("  Conditions: 1 (the data go with the client or as a single secure message).", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("municipal-sports/exercise-counsellor", "third-sector/association-worker", "voluntary-hobby", 1)]
    [InlineData("employment/employment-officer", "employment-provider/provider-worker", "employment-service", 1)]
    [InlineData("education/education-registrar", "youth-outreach/outreach-worker", "youth-outreach", 0)]
    public void ProtectedContactDataAreSaidToBeTakenOutOnceAndOnlyWhereTheyAre(string from, string to, string purpose, int times)
    {
        var text = Explain(from, to, purpose, "person-contact");

        Assert.Equal(times, text.Split("Takes something out: P-03").Length - 1);
        Assert.Equal(times > 0, text.Contains("non-disclosure", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatNothingEvaluatesIsAConditionThatTheGiverMakesSureOf() => Assert.Matches(
        @"\n    \d\. The receiver is the outreach youth work of the young person's home municipality, and the notice holds identification and contact data only\.\n       The giver makes sure of this; Sisote cannot check it\.\n",
        Explain("education/education-registrar", "youth-outreach/outreach-worker", "youth-outreach", "person-contact"));

    [Theory]
    [InlineData("health/health-professional", "municipal-sports/exercise-counsellor", "person-contact", "A co-operation agreement that names the parties and the data to be given is in force")]
    [InlineData("municipal-sports/exercise-counsellor", "health/health-professional", "exercise-measures", "An accepted referral is in force or ended at most 14 days ago")]
    public void AConditionThatNoStatuteAsksForIsCalledSisotesOwn(string from, string to, string item, string condition) =>
        Assert.Contains($"{condition} (Sisote's own rule, stricter than the law).", Explain(from, to, "exercise-counselling", item), StringComparison.Ordinal);

    [Fact]
    public void ADiscretionaryNoticeNeedsNoConsentThoughTheYoungPersonIsAsked() => Assert.Contains(
        "Ask the young person's view first when reachable. The notice does not need consent.", Explain("kela/kela-officer", "youth-outreach/outreach-worker", "youth-outreach", "person-contact"), StringComparison.Ordinal);

    private static string Explain(string from, string to, string purpose, string item) => Explainer.Explain(Questions.Ask(from, to, purpose, item), "en");
}
