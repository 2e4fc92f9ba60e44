// An explanation on a page has every line of its text, once and in order.
using Sisote.Policy.Explanations;
using Sisote.Portal.Rules;

namespace Sisote.Tests.Portal;

public sealed class ExplainedLineTests
{
    [Fact]
    public void LinesStandUnderTheOneTheyAreIndentedBelow()
    {
        var lines = ExplainedLine.Read("Answer: yes.\n  Cases:\n  - one\n      Ground: a\n  - two\n  Needed:\n    1. this\n       Shown by: that\n    2. more\n\nEnd.\n");

        Assert.Equal(["Answer: yes.", "End."], lines.Select(static line => line.Text));
        Assert.Equal(["Cases:", "Needed:"], lines[0].Below.Select(static line => line.Text));
        Assert.Equal(["one", "two"], lines[0].Below[0].Below.Select(static line => line.Text));
        Assert.Equal("Ground: a", lines[0].Below[0].Below[0].Below.Single().Text);
        Assert.Equal([("this", true), ("more", true)], lines[0].Below[1].Below.Select(static line => (line.Text, line.IsNumbered)));
        Assert.Equal("Shown by: that", lines[0].Below[1].Below[0].Below.Single().Text);
    }

    [Theory]
    [InlineData("fi")]
    [InlineData("sv")]
    [InlineData("en")]
    public void NoLineOfAnyRulesExplanationIsLostOrMoved(string language)
    {
        var explainer = new CatalogueExplainer(World.Catalogue);
        var questions =
            from rule in World.Catalogue.Rules.Values
            from pair in rule.Pairs
            where !RuleSide.IsAnybody(pair.From) && !RuleSide.IsAnybody(pair.To)
            select new ExplanationQuestion
            {
                FromSector = pair.From.Sector,
                FromRole = pair.From.Roles[0],
                ToSector = pair.To.Sector,
                ToRole = pair.To.Roles[0],
                Item = pair.Items[0],
                Purpose = pair.Purpose ?? rule.Purpose,
                Day = new DateOnly(2026, 11, 24),
            };

        foreach (var text in questions.Select(question => explainer.Explain(question, language)))
        {
            var said = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim()).ToArray();
            var shown = ExplainedLine.Read(text).SelectMany(Flat).ToArray();
            Assert.Equal(said.Length, shown.Length);
            Assert.All(said.Zip(shown), static pair => Assert.EndsWith(pair.Second, pair.First, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Flat(ExplainedLine line) => line.Below.SelectMany(Flat).Prepend(line.Text);
}
