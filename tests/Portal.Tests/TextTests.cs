// The texts of the pages: the same in all languages, none missing, none left over.
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Requests;
using Sisote.Policy.States;
using Sisote.Portal.Texts;

namespace Sisote.Tests.Portal;

public sealed partial class TextTests
{
    [Fact]
    public void EveryLanguageHasEveryTextWithTheSamePlaces()
    {
        var finnish = TextCatalogue.In("fi");
        foreach (var language in Language.All)
        {
            var texts = TextCatalogue.In(language);
            Assert.Equal(finnish.Keys.Order(), texts.Keys.Order());
            foreach (var key in finnish.Keys)
            {
                Assert.False(string.IsNullOrWhiteSpace(texts[key]), key);
                Assert.True(Places(finnish[key]).SetEquals(Places(texts[key])), $"{key} in {language}");
            }
        }
    }

    [Fact]
    public void EveryTextThatAPageNamesExists()
    {
        var texts = TextCatalogue.In("fi");
        var source = string.Concat(Directory.GetFiles(Path.Combine(World.Root, "src", "Portal"), "*.cs*", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var named = Named().Matches(source).Select(static match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(named.Count > 150, "The search for texts in the pages finds too little.");
        Assert.DoesNotContain(named, key => !texts.Has(key));
    }

    [Fact]
    public void EveryCodeOfTheLogThatAPageShowsHasAWord()
    {
        var texts = TextCatalogue.In("fi");
        string[] outcomes = ["released", "nothing-found", "denied", "withheld", "sending", "delivered", "refused", "unknown", "given", "changed", "withdrawn", "accepted", "rejected", "ended", "recorded", "facts-recorded", "permitted", "notified", "taken-over", "read", "erased", "completed", "placed", "lifted",
            "begun", "drafted", "discarded", "used", "unused", "recipient-left", "merged", "minors-record-changed", "guardianship-changed", "release-waits", "release-released", "release-declined", "release-lapsed",
            "decision-recorded", "decision-repeated", "decision-withdrawn", "decision-used", "decision-restored",
            "unit-recorded", "unit-changed", "unit-ended", "contact-recorded", "contact-changed", "contact-ended", "offer-recorded", "offer-changed", "offer-places", "offer-ended", "group-recorded", "group-changed", "group-ended"];
        var shown = Enum.GetValues<LogEntryKind>().Select(static kind => $"kind.{LogFilter.KindText(kind)}")
            .Concat(Enum.GetNames<ReasonClass>().Select(static reason => $"reason.{reason}"))
            .Concat(Enum.GetNames<Direction>().Select(static direction => $"direction.{direction}"))
            .Concat(Enum.GetNames<ConsentStatus>().Select(static status => $"consents.status.{status}"))
            .Concat(outcomes.Select(static outcome => $"outcome.{outcome}"));

        Assert.DoesNotContain(shown, key => !texts.Has(key));
    }

    [Theory]
    [InlineData("22.11.2026", 2026, 11, 22)]
    [InlineData(" 1.2.2027 ", 2027, 2, 1)]
    [InlineData("2026-11-22", 2026, 11, 22)]
    public void ADayIsReadAsPeopleWriteIt(string text, int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), PageTexts.ReadDay(text));

    [Theory]
    [InlineData("31.2.2026")]
    [InlineData("11/22/2026")]
    [InlineData("huomenna")]
    [InlineData("")]
    public void WhatIsNoDayIsNotRead(string text) => Assert.Null(PageTexts.ReadDay(text));

    [Theory]
    [InlineData("fi", "22.11.2026 klo 10.23")]
    [InlineData("sv", "22.11.2026 kl. 10.23")]
    [InlineData("en", "22 November 2026 at 10:23")]
    public void TimesAreToldInFinnishTime(string language, string expected) =>
        Assert.Equal(expected, TextCatalogue.In(language).Moment(new DateTimeOffset(2026, 11, 22, 8, 23, 0, TimeSpan.Zero)));

    [Fact]
    public void SummerTimeIsKnown() => Assert.Equal("1.7.2026 klo 0.30", TextCatalogue.In("fi").Moment(new DateTimeOffset(2026, 6, 30, 21, 30, 0, TimeSpan.Zero)));

    [Fact]
    public void ALastDayLastsUntilItsLastSecondInFinland() =>
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 21, 59, 59, TimeSpan.Zero), PageTexts.EndOf(new DateOnly(2026, 12, 31)));

    [Fact]
    public void AChangedWordIsAnotherVersionOfTheText() =>
        Assert.NotEqual(TextCatalogue.In("fi").VersionOf("consents."), TextCatalogue.In("sv").VersionOf("consents."));

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(static match => match.Value)];

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Place();

    [GeneratedRegex("""(?:\bT|texts)\["([a-z][a-z0-9.-]+)"[\],]""")]
    private static partial Regex Named();
}
