// A person who asks finds the statute, the needs and the never rules in plain words.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Explanations;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.Wording;

namespace Sisote.Tests.Policy.Explanations;

public sealed class ExplanationTests
{
    private static readonly CatalogueExplainer Explainer = new(Catalogues.Shipped);

    /// <summary>Ten rules and refusals as unlike each other as can be.</summary>
    private static readonly Dictionary<string, ExplanationQuestion> Asked = new()
    {
        ["exercise-limits"] = Questions.Ask("health/health-professional", "municipal-sports/exercise-counsellor", "exercise-counselling", "exercise-restriction"),
        ["entry-on-behalf"] = Questions.Ask("municipal-sports/exercise-counsellor", "health/health-professional", "exercise-counselling", "exercise-entry"),
        ["hand-over-to-club"] = Questions.Ask("municipal-sports/exercise-counsellor", "third-sector/association-worker", "voluntary-hobby", "person-contact"),
        ["child-welfare-notice"] = Questions.Ask("education/teacher", "social/child-welfare-worker", "protect-child", "child-welfare-notification"),
        ["compulsory-education-notice"] = Questions.Ask("education/principal", "municipality-residence/compulsory-education-officer", "compulsory-education", "person-contact"),
        ["health-to-social-before-march-2027"] = Questions.Ask("health/health-professional", "social/own-worker", "social-service", "responsible-worker"),
        ["opt-out-out-of-use"] = Questions.Ask("health/health-professional", "health/health-professional", "care", "diagnosis"),
        ["guardians-view"] = Questions.Ask("health/health-professional", "client/guardian", null, "person-contact"),
        ["diagnosis-to-counsellor"] = Questions.Ask("health/health-professional", "municipal-sports/exercise-counsellor", "exercise-counselling", "diagnosis"),
        ["wrong-purpose-to-teacher"] = Questions.Ask("student-welfare/kuraattori", "education/teacher", "student-welfare-individual", "study-arrangement-need"),
        ["journal-in-expert-group"] = Questions.Ask("student-welfare/expert-group-lead", "student-welfare/expert-group-member", "student-welfare-individual", "student-welfare-journal"),
        ["county-to-producer"] = Questions.Ask("health/health-professional", "company/outsourced-provider", "care", "diagnosis"),
    };

    public static TheoryData<string, string> Told
    {
        get
        {
            var told = new TheoryData<string, string>();
            foreach (var name in Asked.Keys)
            {
                told.Add(name, "fi");
                told.Add(name, "sv");
                told.Add(name, "en");
            }

            return told;
        }
    }

    [Theory]
    [MemberData(nameof(Told))]
    public void TheExplanationReadsAsALawyerAgreedTo(string question, string language) =>
        Golden.Matches($"Explanations/Golden/{question}.{language}.txt", Explainer.Explain(Asked[question], language));

    [Fact]
    public void WhatNoRuleCarriesIsSaidAndTheNeverRuleIsNamed()
    {
        var text = Explainer.Explain(Asked["diagnosis-to-counsellor"], "en");

        Assert.Contains("No rule allows this", text, StringComparison.Ordinal);
        Assert.Contains("A never rule closes this in any case:\n  - Stops it: P-02 No diagnosis or patient summary outside social and health care", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ARuleThatANeverRuleAlwaysClosesIsNoWay()
    {
        var closed = new CatalogueExplainer(EditedCatalogue.With("prohibitions/P-02.yaml", "items: [diagnosis, patient-summary]", "items: [diagnosis, patient-summary, exercise-restriction]"));

        Assert.Contains("Answer: no. A never rule always stands in the way, with or without consent: P-02", closed.Explain(Asked["exercise-limits"], "en"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-02-28", "Answer: no")]
    [InlineData("2027-03-01", "Answer: yes")]
    public void TheAnswerIsThatOfTheDayAskedAbout(string day, string answer)
    {
        var question = Questions.Ask("social/own-worker", "health/health-professional", "social-service", "responsible-worker") with { Day = DateOnly.Parse(day) };

        Assert.Contains(answer, Explainer.Explain(question, "en"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("education/principal", "social/social-worker", "social-service", "attendance-absence", "section 64(1)", "section 53(5)")]
    [InlineData("health/health-professional", "social/social-worker", "social-service", "work-ability-limits", "section 53(5), last sentence", "section 55")]
    [InlineData("education/education-registrar", "youth-outreach/outreach-worker", "youth-outreach", "person-contact", "section 11(4)(1)–(2)", "11(4)(3)")]
    [InlineData("education/education-registrar", "youth-outreach/outreach-worker", "youth-outreach", "person-contact", "section 11(2)(1)", "military")]
    [InlineData("kela/kela-officer", "youth-outreach/outreach-worker", "youth-outreach", "person-contact", "section 11(4)(3)", "study place")]
    [InlineData("health/health-professional", "education/principal", "study-safety", "school-safety-instruction", "section 58(1)(1)", "58(1)(3)")]
    [InlineData("health/health-professional", "municipal-culture/culture-coordinator", "culture-wellbeing", "service-booking", "section 29(1)(2)", "166/2019")]
    [InlineData("health/health-professional", "third-sector/association-worker", "culture-wellbeing", "service-booking", "section 26(1)(2)", "29(1)(2)")]
    public void OnlyTheStatutesAboutTheseTwoAreTold(string from, string to, string purpose, string item, string told, string not)
    {
        var text = Explainer.Explain(Questions.Ask(from, to, purpose, item), "en");

        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.DoesNotContain(not, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("municipal-sports/exercise-counsellor", "health/health-professional", "exercise-counselling", "exercise-measures", "consent lifting secrecy (621/1999, section 29).")]
    [InlineData("municipal-sports/exercise-counsellor", "third-sector/association-worker", "voluntary-hobby", "person-contact", "consent lifting secrecy (621/1999, section 26).")]
    [InlineData("municipal-sports/exercise-counsellor", "social/social-worker", "social-service", "social-need-contact", "consent lifting secrecy (1301/2014, section 35).")]
    [InlineData("health/health-professional", "education/guidance-counsellor", "study-guidance", "study-arrangement-need", "consent lifting secrecy. It must")]
    public void AConsentIsCitedFromTheStatuteThatTheReleaseRestsOn(string from, string to, string purpose, string item, string consent) =>
        Assert.Contains(consent, Explainer.Explain(Questions.Ask(from, to, purpose, item), "en"), StringComparison.Ordinal);

    [Fact]
    public void HowFarTheStatutesWereReadIsSaidAndThatItIsNoAdvice() => Assert.Contains(
        "\n  Texts of the statutes: checked to 21 February 2025; this is not legal advice\n", Explainer.Explain(Asked["diagnosis-to-counsellor"], "en"), StringComparison.Ordinal);

    [Fact]
    public void AnotherDirectionIsNamedAsNear()
    {
        var text = Explainer.Explain(Asked["exercise-limits"] with { Direction = Direction.Write }, "en");

        Assert.Contains("No rule allows this", text, StringComparison.Ordinal);
        Assert.Contains("the same, but in another way: the receiver reads the data", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownCodeIsNamed() =>
        Assert.Equal("The catalogue does not know the code `caretaker`.\n", Explainer.Explain(Asked["exercise-limits"] with { ToRole = RoleId.Parse("caretaker") }, "en"));

    [Fact]
    public void EveryRuleIsExplainedInEveryLanguageWithAllItsStatutesNeedsAndChecks()
    {
        foreach (var rule in Catalogues.Shipped.Rules.Values)
        {
            var pair = rule.Pairs[0];
            var isAny = pair.From == RuleParty.Anybody;
            var isToAny = pair.To == RuleParty.Anybody;
            var question = Asked["exercise-limits"] with
            {
                FromSector = isAny ? SectorId.Parse("health") : pair.From.Sector,
                FromRole = isAny ? RoleId.Parse("health-professional") : pair.From.Roles[0],
                ToSector = isToAny ? SectorId.Parse("kela") : pair.To.Sector,
                ToRole = isToAny ? RoleId.Parse("kela-officer") : pair.To.Roles[0],
                Purpose = pair.Purpose ?? rule.Purpose,
                Item = pair.Items[0],
                Day = rule.ValidFrom ?? new DateOnly(2026, 11, 22),
            };

            foreach (var language in new[] { "fi", "sv", "en" })
            {
                var text = Explainer.Explain(question, language);
                Assert.Contains($"{rule.Id}: {rule.Title.In(language)}", text, StringComparison.Ordinal);
                Assert.All(rule.BasisOf(pair).Where(static basis => basis.ValidTo is null), basis => Assert.Contains($"({Citation.Joined($"{basis.Statute})", Citation.Of(basis.Section, language), language)}: {basis.Paraphrase.In(language)}", text, StringComparison.Ordinal));
                Assert.All(rule.Conditions.Concat(pair.Conditions).Where(condition => condition.Value is not ("no-consent-asked" or "turvakielto-mask" or "hetu-suppressed") && (rule.Effect != RuleEffect.Entitle || condition.Value != "human-release")), condition => Assert.Contains(Catalogues.Shipped.Conditions[condition].Labels.In(language), text, StringComparison.Ordinal));
                Assert.All(rule.Consents, consent => Assert.Contains(Catalogues.Shipped.ConsentForms[consent.Form].Labels.In(language), text, StringComparison.OrdinalIgnoreCase));
                Assert.All(rule.Obligations, duty => Assert.Contains(Catalogues.Shipped.Obligations[duty].In(language), text, StringComparison.Ordinal));
                Assert.All(new[] { rule.LawyerCheck, pair.LawyerCheck, pair.Case ?? rule.Case, rule.SeeTo }.OfType<LocalisedText>(), words => Assert.Contains(words.In(language), text, StringComparison.Ordinal));
            }
        }
    }
}
