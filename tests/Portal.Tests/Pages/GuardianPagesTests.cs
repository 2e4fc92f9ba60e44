// What a guardian does for a child: by keyboard or phone, with and without script, and what the pages say when there is nothing.
using Sisote.Policy.States;

namespace Sisote.Tests.Portal;

public sealed class GuardianPagesTests(Chromium chromium)
{
    public static TheoryData<string> Languages => ["fi", "sv", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task GuardianPagesAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "children");
        await page.PassesAsync("guardian-children", language);
        await page.Locator("main .buttons a").First.ClickAsync();
        await page.PassesAsync("guardian-disclosures", language);
        await page.Locator(".about a[href$=consents]").ClickAsync();
        await page.PassesAsync("guardian-consents", language);
        await page.Locator("main a[href$=give]").First.ClickAsync();
        await page.PassesAsync("guardian-join", language);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("guardian-joined", language);
        await page.Locator("main .buttons a").ClickAsync();
        await page.Locator("main a[href$=withdraw]").First.ClickAsync();
        await page.PassesAsync("guardian-withdraw", language);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("guardian-withdrawn", language);
        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents/new");
        await page.PassesAsync("guardian-new", language);
        await page.Locator("main h2 a").First.ClickAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("guardian-choose-errors", language);
        await page.Locator("main input[type=checkbox]").First.CheckAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("guardian-review", language);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("guardian-waits", language);
        await page.GotoAsync(house.Address + "children/nothing");
        await page.PassesAsync("guardian-nothing", language);
    }

    [Fact]
    public async Task AGuardianGivesAConsentWithoutScript()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenWithoutScriptAsync();

        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents/new");
        await page.Locator("main h2 a").First.ClickAsync();
        await page.Locator("main input[type=checkbox]").First.CheckAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.Locator("main button[type=submit]").ClickAsync();

        Assert.Equal("Suostumus odottaa toista huoltajaa", await page.Locator("h1").InnerTextAsync());
        var given = Assert.Single(house.Consent.Family.Given);
        Assert.Equal("fi", given.TextLanguage);
        Assert.Equal("pohjois-savo", Assert.Single(given.SourceOrganisations!.Value).Value);
        Assert.Single(given.Items);
    }

    [Fact]
    public async Task NothingLooksTheSameWhateverTheReason()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        house.Consent.Family.Disclosures.Clear();
        house.Consent.Family.Consents.Clear();
        var page = await chromium.OpenAsync("fi");
        var seen = new List<string>();

        foreach (var path in new[] { $"children/{FakeFamily.Child}/disclosures", $"children/{FakeFamily.Child}/consents", $"children/{new string('f', 32)}/disclosures", "children/x/consents", $"children/{FakeFamily.Child}/consents/unknown/withdraw" })
        {
            await page.GotoAsync(house.Address + path);
            seen.Add(await page.Locator("main .empty").InnerTextAsync());
        }

        Assert.Single(seen.Distinct());
    }

    [Fact]
    public async Task AGuardianshipThatEndsBetweenPageAndPressEndsInTheSameNothing()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync("fi");
        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents/{FakeFamily.Standing}/withdraw");

        house.Consent.Family.Children.Clear();
        await page.Locator("main button[type=submit]").ClickAsync();

        Assert.Equal(house.Address + "children/nothing", page.Url);
        Assert.Contains("siitä ei kirjattu mitään", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(ConsentStatus.Active, house.Consent.Family.Consents[FakeFamily.Standing].Status);
        await page.GotoAsync(house.Address + "children");
        Assert.Equal(0, await page.Locator("main .card").CountAsync());
    }

    [Fact]
    public async Task WhatTheChildDecidesAloneIsRefusedInTheSameWords()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        house.Consent.Family.Decides = false;
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents/{FakeFamily.Waiting}/give");
        await page.Locator("main button[type=submit]").ClickAsync();

        Assert.Equal(house.Address + "children/nothing", page.Url);
    }

    [Fact]
    public async Task TheSecondGuardianSeesWhoseDataTheConsentOpens()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents/{FakeFamily.Waiting}/give");

        Assert.Contains("Pohjois-Savon hyvinvointialue", await page.Locator("main dt:text('Mistä tiedot tulevat') + dd").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADraftThatTheChildGivesTooWaitsForTheProfessionalAndAsksNoWordOfTheGuardian()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var draft = house.Consent.Family.Consents[FakeFamily.Waiting];
        house.Consent.Family.Consents[FakeFamily.Waiting] = draft with { MayGive = false };
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents");
        Assert.Equal(0, await page.Locator("main a[href$=give]").CountAsync());
        Assert.Equal(1, await page.GetByText("Odottaa ammattilaista, joka valmisteli sen").CountAsync());
        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents/{FakeFamily.Waiting}/give");
        Assert.Equal(house.Address + $"children/{FakeFamily.Child}/consents", page.Url);
    }

    [Theory]
    [InlineData("client", "Sinä itse")]
    [InlineData("guardians", "Huoltajasi yhdessä")]
    [InlineData("client-and-guardian", "Sinä ja huoltajasi yhdessä")]
    public async Task TheClientSeesWhoGaveAConsent(string giver, string says)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var (id, one) = house.Consent.Consents.Single();
        house.Consent.Consents[id] = one with { Consent = one.Consent with { GivenBy = giver } };
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + "consents");

        Assert.Equal(says, await page.Locator("main dt:text('Kuka sen antoi') + dd").InnerTextAsync());
    }

    [Fact]
    public async Task ADraftIsOfOneChildOnly()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        house.Consent.Family.Children.Add(new() { Id = new string('a', 32), Name = "Pihka" });
        var page = await chromium.OpenAsync("fi");
        await page.GotoAsync(house.Address + $"children/{FakeFamily.Child}/consents/new");
        await page.Locator("main h2 a").First.ClickAsync();
        await page.Locator("main input[type=checkbox]").First.CheckAsync();
        await page.Locator("main button[type=submit]").ClickAsync();

        var answer = await page.GotoAsync(page.Url.Replace(FakeFamily.Child, new string('a', 32), StringComparison.Ordinal));

        Assert.Equal(404, answer!.Status);
    }
}
