// A person who asks finds the statute, the needs and the never rules in plain words.
using Sisote.Policy.Explanations;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Policy;

public sealed class ExplanationTests
{
    private static readonly CatalogueExplainer Explainer = new(Catalogues.Shipped);

    private static readonly ExplanationQuestion Limits = new()
    {
        FromSector = SectorId.Parse("health"),
        FromRole = RoleId.Parse("health-professional"),
        ToSector = SectorId.Parse("municipal-sports"),
        ToRole = RoleId.Parse("exercise-counsellor"),
        Purpose = PurposeId.Parse("exercise-counselling"),
        Item = DataItemId.Parse("exercise-restriction"),
        Day = new DateOnly(2026, 11, 22),
    };

    [Theory]
    [InlineData("fi", "Liikunnan rajoitteet ja varotoimet (exercise-restriction)", "703/2023 4 §, 6 §: Liikuntaneuvoja on palvelunantajaan nähden sivullinen", "Hyväksytty lähete on voimassa (referral-active)")]
    [InlineData("sv", "Begränsningar och försiktighet vid motion (exercise-restriction)", "703/2023 4 §, 6 §: Motionsrådgivaren är utomstående", "En godkänd remiss är i kraft (referral-active)")]
    [InlineData("en", "Exercise limits and precautions (exercise-restriction)", "703/2023 4 §, 6 §: The counsellor is an outsider", "An accepted referral is in force (referral-active)")]
    public void TheExplanationNamesRuleSectionAndNeeds(string language, string item, string basis, string need)
    {
        var text = Explainer.Explain(Limits, language);

        Assert.Contains("EX-01", text, StringComparison.Ordinal);
        Assert.Contains("EX-02", text, StringComparison.Ordinal);
        Assert.Contains(item, text, StringComparison.Ordinal);
        Assert.Contains(basis, text, StringComparison.Ordinal);
        Assert.Contains(need, text, StringComparison.Ordinal);
        Assert.Contains("703/2023 6 §; 621/1999 26 §, 29 §", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNoRuleCarriesIsSaidAndTheNeverRuleIsNamed()
    {
        var text = Explainer.Explain(Limits with { Item = DataItemId.Parse("diagnosis") }, "en");

        Assert.Contains("No rule allows this", text, StringComparison.Ordinal);
        Assert.Contains("Never: P-02 No diagnosis or patient summary outside social and health care", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownCodeIsNamed() =>
        Assert.Equal("The catalogue does not know the code `caretaker`.\n", Explainer.Explain(Limits with { ToRole = RoleId.Parse("caretaker") }, "en"));

    [Fact]
    public void EveryRuleCanBeExplainedInEveryLanguage()
    {
        foreach (var rule in Catalogues.Shipped.Rules.Values.Where(static rule => rule.Purpose is not null))
        {
            var pair = rule.Pairs[0];
            var question = Limits with
            {
                FromSector = pair.From.Sector, FromRole = pair.From.Roles[0], ToSector = pair.To.Sector, ToRole = pair.To.Roles[0],
                Purpose = pair.Purpose ?? rule.Purpose, Item = pair.Items[0],
            };

            Assert.All(["fi", "sv", "en"], language => Assert.Contains($"{rule.Id}: {rule.Title.In(language)}", Explainer.Explain(question, language), StringComparison.Ordinal));
        }
    }
}
