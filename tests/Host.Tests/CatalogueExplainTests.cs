// A person asks the command line on which ground an item may go from one role to another.
namespace Sisote.Tests.Host;

public sealed class CatalogueExplainTests
{
    private static readonly string[] Question = ["explain", "--from", "health/health-professional", "--to", "municipal-sports/exercise-counsellor", "--purpose", "exercise-counselling", "--day", "2026-11-22"];

    [Theory]
    [InlineData("fi", "Liikunnan rajoitteet ja varotoimet", "(703/2023) 4 ja 6 §")]
    [InlineData("sv", "Begränsningar och försiktighet vid motion", "(703/2023) 4 och 6 §")]
    [InlineData("en", "Exercise limits and precautions", "(703/2023), sections 4 and 6")]
    public void ThePersonReadsRuleAndSectionInTheirLanguage(string language, string item, string section)
    {
        var run = CatalogueRun.Of([.. Question, "--item", "exercise-restriction", "--lang", language]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains(item, run.Output, StringComparison.Ordinal);
        Assert.Contains("EX-02", run.Output, StringComparison.Ordinal);
        Assert.Contains(section, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNoRuleCarriesIsExplainedTooAndIsNoError()
    {
        var run = CatalogueRun.Of([.. Question, "--item", "diagnosis"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("No rule allows this", run.Output, StringComparison.Ordinal);
        Assert.Contains("P-02", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "EX-02", "EX-01")]
    [InlineData("notify", "EX-01", "EX-02")]
    public void ADirectionLeavesOutTheRulesOfOtherDirections(string direction, string told, string untold)
    {
        var run = CatalogueRun.Of([.. Question, "--item", "exercise-restriction", "--direction", direction]);

        Assert.Contains($"Rule {told}:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain($"Rule {untold}:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-02-28", true)]
    [InlineData("2027-03-01", false)]
    public void ARuleThatIsNotInForceOnTheDayAskedAboutIsMarked(string day, bool marked)
    {
        var run = CatalogueRun.Of(
            "explain", "--from", "health/health-professional", "--to", "social/social-worker", "--purpose", "social-service", "--item", "patient-summary", "--day", day);

        Assert.Contains("Rule SO-02:", run.Output, StringComparison.Ordinal);
        Assert.Equal(marked, run.Output.Contains("Not in force on this day", StringComparison.Ordinal));
    }

    [Fact]
    public void ACodeThatTheCatalogueDoesNotKnowIsNamedOnStandardError()
    {
        var run = CatalogueRun.Of([.. Question, "--item", "shoe-size"]);

        Assert.Equal((2, "", "The catalogue does not know the code `shoe-size`.\n"), (run.ExitCode, run.Output, run.Errors));
    }

    [Theory]
    [InlineData("--item", "exercise-restrictions", "exercise-restriction")]
    [InlineData("--purpose", "exercise-counseling", "exercise-counselling")]
    public void AMisspeltCodeIsAnsweredWithTheNearestOne(string option, string misspelt, string meant)
    {
        string[] arguments = [.. Question.Select(word => word == "exercise-counselling" && option == "--purpose" ? misspelt : word), "--item", option == "--item" ? misspelt : "exercise-restriction"];

        var run = CatalogueRun.Of(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"Did you mean `{meant}`?", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "health", "SECTOR/ROLE")]
    [InlineData("--to", "municipal-sports/exercise-counsellor/more", "SECTOR/ROLE")]
    [InlineData("--direction", "sideways", "read, write or notify")]
    [InlineData("--item", "two words", "A code is")]
    [InlineData("--lang", "de", "'de'")]
    public void WhatIsNotUnderstoodIsSaidAndNothingIsExplained(string option, string text, string said)
    {
        var arguments = Question.Append("--item").Append("exercise-restriction").ToList();
        if (arguments.IndexOf(option) is >= 0 and var at)
        {
            arguments.RemoveRange(at, 2);
        }

        var run = CatalogueRun.Of([.. arguments, option, text]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("EX-02", run.Output, StringComparison.Ordinal);
    }
}
