// Anybody reads the rules in the browser, signed in or not.
using System.Net;
using System.Text.RegularExpressions;

namespace Sisote.Tests.Portal;

public sealed partial class RulePageTests(Chromium chromium)
{
    private const string SchoolToOutreach = "rules?from=education/education-registrar&to=youth-outreach/outreach-worker";

    public static TheoryData<string> Languages => ["fi", "sv", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task RulesAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync();
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "rules");
        await page.PassesAsync("rules", language);
        await page.GotoAsync(house.Address + SchoolToOutreach + "&item=outreach-contact-notice&purpose=youth-outreach");
        await page.PassesAsync("rules-explained", language);
        await page.GotoAsync(house.Address + "rules?purpose=nothing&day=soon");
        await page.PassesAsync("rules-errors", language);
        await page.GotoAsync(house.Address + "rules/YO-01");
        await page.PassesAsync("rules-one", language);
    }

    [Fact]
    public async Task WithoutSigningInOneFindsWhatASchoolTellsOutreachYouthWorkOnWhichSection()
    {
        await using var house = await PortalHouse.StartAsync();
        var page = await chromium.OpenAsync("en");
        await page.GotoAsync(house.Address.ToString());

        await page.Locator("footer a[href='/rules']").ClickAsync();
        await page.Locator("#from").SelectOptionAsync("education/education-registrar");
        await page.Locator("#to").SelectOptionAsync("youth-outreach/outreach-worker");
        await page.Locator("main form button").ClickAsync();
        var rules = await page.Locator("main .card h3").AllInnerTextsAsync();
        await page.Locator("#item").SelectOptionAsync("outreach-contact-notice");
        await page.Locator("main form button").ClickAsync();
        var explained = await page.Locator("main").InnerTextAsync();
        await page.Locator("main .card a[href='/rules/YO-01']").ClickAsync();
        var rule = await page.Locator("main").InnerTextAsync();

        Assert.Contains("A young person must be reported to outreach youth work", rules);
        Assert.Contains("Answer: yes, in the cases below.", explained, StringComparison.Ordinal);
        Assert.Contains("The client is under 29.", explained, StringComparison.Ordinal);
        Assert.All(
            ["YO-01", "Reach a young person in need of support", "Youth Act (1285/2016), 11 §", "The giver has a duty to give the data", "The statutes were read up to", "This is not legal advice"],
            word => Assert.Contains(word, rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatNoRulePermitsIsSaidSo()
    {
        await using var house = await PortalHouse.StartAsync();
        var page = await chromium.OpenAsync("en");

        await page.GotoAsync(house.Address + SchoolToOutreach + "&item=attendance-absence&purpose=youth-outreach");

        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("No rule permits this. The data are not disclosed.", text, StringComparison.Ordinal);
        Assert.Contains("P-10", text, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main .card").CountAsync());
    }

    [Theory]
    [InlineData("from=education/headmaster", "#from")]
    [InlineData("to=education", "#to")]
    [InlineData("item=outreach", "#item")]
    [InlineData("purpose=youth-outreech", "#purpose")]
    [InlineData("day=31.2.2026", "#day")]
    public async Task AWordThatTheRulesDoNotKnowIsToldAndNotGuessedAt(string query, string field)
    {
        await using var house = await PortalHouse.StartAsync();
        var page = await chromium.OpenAsync("en");

        await page.GotoAsync(house.Address + "rules?" + query);

        Assert.Equal(field, await page.Locator(".errors a").GetAttributeAsync("href"));
        Assert.Equal(1, await page.Locator(field).CountAsync());
        Assert.Equal(0, await page.Locator("main .card").CountAsync());
    }

    [Fact]
    public async Task ARuleThatComesIntoForceLaterSaysFromWhichDayAndIsInForceWhenReadForThatDay()
    {
        await using var house = await PortalHouse.StartAsync();
        using var browser = new TestBrowser(house);
        var later = World.Catalogue.Rules.Values.First(static rule => rule.Enabled && rule.ValidFrom is not null && rule.ValidTo is null);
        var (before, first) = (later.ValidFrom!.Value.AddDays(-1), later.ValidFrom!.Value);

        Assert.Equal($"In force from {first:d MMMM yyyy}", await TermAsync(browser, later.Id.Value, before));
        Assert.Equal("In force", await TermAsync(browser, later.Id.Value, first));
    }

    [Fact]
    public async Task EveryRuleHasAPageInEveryLanguage()
    {
        await using var house = await PortalHouse.StartAsync();
        using var browser = new TestBrowser(house);

        foreach (var rule in World.Catalogue.Rules.Values)
        {
            foreach (var language in new[] { "fi", "sv", "en" })
            {
                var page = await browser.ReadPageAsync($"rules/{rule.Id}?lang={language}");
                Assert.Contains($"<h1>{rule.Title.In(language)}</h1>", page, StringComparison.Ordinal);
                Assert.All(rule.LegalBasis, basis => Assert.Contains(basis.Paraphrase.In(language), page, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task ARuleThatThereIsNotIsNotFound()
    {
        await using var house = await PortalHouse.StartAsync();
        using var browser = new TestBrowser(house);

        using var answer = await browser.GetAsync("rules/YO-99");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("YO-99", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>The tag of a rule on the list of rules read for a day.</summary>
    private static async Task<string> TermAsync(TestBrowser browser, string rule, DateOnly day)
    {
        var page = await browser.ReadPageAsync($"rules?lang=en&day={day:yyyy-MM-dd}");
        return TermTag().Match(page, page.IndexOf($"href=\"/rules/{rule}\"", StringComparison.Ordinal)).Groups[1].Value;
    }

    [GeneratedRegex("<span class=\"tag [a-z]+\">([^<]+)</span>")]
    private static partial Regex TermTag();
}
