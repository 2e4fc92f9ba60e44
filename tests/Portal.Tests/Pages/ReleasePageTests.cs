// The giver's professional sees what waits and decides, in the browser and without JavaScript.
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Portal;

public sealed class ReleasePageTests(Chromium chromium)
{
    public static TheoryData<string> Languages => ["fi", "sv", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task TheRequestsAndTheDecisionAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Harju);
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "releases");
        await page.PassesAsync("professional-releases", language);
        await page.Locator("main a.button").First.ClickAsync();
        await page.PassesAsync("professional-release", language);
        await page.Locator("main form button").First.ClickAsync();
        await page.PassesAsync("professional-release-errors", language);
        await page.Locator("#items-1").CheckAsync();
        await page.Locator("#why-0").SelectOptionAsync("statutory-right");
        await page.Locator("#time-1").CheckAsync();
        await page.Locator("#last-day").FillAsync("pian");
        await page.Locator("main form button").First.ClickAsync();
        await page.PassesAsync("professional-release-day-error", language);
        await page.Locator("#time-0").CheckAsync();
        await page.Locator("main form button").First.ClickAsync();
        await page.PassesAsync("professional-releases-done", language);

        var sent = Assert.IsType<ReleaseItems>(Assert.Single(house.Consent.Decisions));
        Assert.Equal(["study-arrangement-need", "school-safety-instruction"], sent.Shown!.Value.Select(static item => item.Value));
        Assert.Equal(("school-safety-instruction", "statutory-right", true), (sent.Items!.Value.Single().Value, sent.Reasons["human-release"], sent.Once));
    }

    [Fact]
    public async Task DecliningNeedsAReasonAndASecondDecisionComesTooLate()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Harju);
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + "releases/rel-1");
        await page.Locator("button.stop").ClickAsync();
        Assert.Equal("Valitse peruste", await page.Locator("#decline-fault").InnerTextAsync());
        await page.Locator("#decline").SelectOptionAsync("not-necessary");
        await page.Locator("button.stop").ClickAsync();

        Assert.Equal(house.Address + "releases?done=declined", page.Url);
        Assert.Equal("not-necessary", Assert.IsType<DeclineItems>(Assert.Single(house.Consent.Decisions)).Reason);
        await page.GotoAsync(house.Address + "releases/rel-1");
        Assert.Equal(house.Address + "releases?done=late", page.Url);
        Assert.DoesNotContain("150914A934N", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatJoinsWhileThePageStandsOpenIsNotDecidedWithIt()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Harju);
        var all = house.Consent.Releases["rel-1"];
        house.Consent.Releases["rel-1"] = all with { Items = [all.Items[0]] };
        var page = await chromium.OpenWithoutScriptAsync();
        await page.GotoAsync(house.Address + "releases/rel-1");
        house.Consent.Releases["rel-1"] = all;

        await page.Locator("#decline").SelectOptionAsync("not-necessary");
        await page.Locator("button.stop").ClickAsync();

        Assert.Equal(all.Items[0].Item, Assert.Single(Assert.IsType<DeclineItems>(Assert.Single(house.Consent.Decisions)).Shown!.Value));
    }

    [Fact]
    public async Task AGroundIsAskedForWhatIsReleasedAndTheAskersWordsStandThere()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Harju);
        var all = house.Consent.Releases["rel-1"];
        house.Consent.Releases["rel-1"] = all with
        {
            Items = [all.Items[0], all.Items[1] with { Decisions = [.. all.Items[1].Decisions, ConditionId.Parse("urgent-need-assessed")] }],
            Statements = [new ReleaseStatement { Condition = ConditionId.Parse("necessity-statement"), Text = "to plan <b>the first visit</b>" }],
        };
        var page = await chromium.OpenAsync("en");
        await page.GotoAsync(house.Address + "releases/rel-1");

        Assert.Contains("to plan <b>the first visit</b>", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Needed only if you release: ", await page.Locator("#why-1-hint").InnerTextAsync(), StringComparison.Ordinal);
        await page.PassesAsync("professional-release-grounds", "en");
        await page.Locator("#items-1").CheckAsync();
        await page.Locator("#why-0").SelectOptionAsync("statutory-right");
        await page.Locator("#time-0").CheckAsync();
        await page.Locator("main form button").First.ClickAsync();
        Assert.Equal("Choose a ground", await page.Locator("#why-1-fault").InnerTextAsync());
        await page.Locator("#items-1").UncheckAsync();
        await page.Locator("#items-0").CheckAsync();
        await page.Locator("main form button").First.ClickAsync();

        var sent = Assert.IsType<ReleaseItems>(Assert.Single(house.Consent.Decisions));
        Assert.Equal((all.Items[0].Item, "human-release"), (sent.Items!.Value.Single(), Assert.Single(sent.Reasons.Keys)));
    }

    [Fact]
    public async Task AProfessionalWhoHasNoReferralsHereComesToTheRequests()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Harju);
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + "worklist");

        Assert.Equal(house.Address + "releases", page.Url);
    }
}
