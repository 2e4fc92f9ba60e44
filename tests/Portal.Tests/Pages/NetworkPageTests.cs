// A professional finds services and contacts, and publishes a service, in the browser.

namespace Sisote.Tests.Portal;

public sealed class NetworkPageTests(Chromium chromium)
{
    public static TheoryData<string> Languages => ["fi", "sv", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task ServicesContactsAndTheFormAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "network");
        await page.PassesAsync("network-offers", language);
        await page.GotoAsync(house.Address + "network?show=contacts");
        await page.PassesAsync("network-contacts", language);
        await page.GotoAsync(house.Address + "network/offer");
        await page.PassesAsync("network-offer", language);
        await page.Locator("main form button").ClickAsync();
        await page.PassesAsync("network-offer-errors", language);
    }

    [Fact]
    public async Task AContactIsFoundInTwoClicksFromTheFirstPage()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await chromium.OpenAsync("fi");
        await page.GotoAsync(house.Address + "worklist");

        await page.Locator("nav.links a[href='/network']").ClickAsync();
        await page.Locator("main a[href$='show=contacts']").ClickAsync();

        var text = await page.Locator("main").InnerTextAsync();
        Assert.All(["Ritva Rantanen", "+358 17 000 111", "Vie taiteen osastoille", "Jokainen ammattilainen", "612/2021 6 §"], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ServicesAreNarrowedBySectorMunicipalityCategoryAndFreePlaces()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await chromium.OpenAsync("fi");
        await page.GotoAsync(house.Address + "network");

        await page.Locator("#sector").SelectOptionAsync("health");
        await page.Locator("#municipality").SelectOptionAsync("kuopio");
        await page.Locator("#category").SelectOptionAsync("exercise");
        await page.Locator("#free").CheckAsync();
        await page.Locator("main form button").ClickAsync();

        Assert.Equal(["", "?sector=health&municipality=kuopio&category=exercise&free=true"], house.Gateway.Network.Asked);
        Assert.Equal("exercise", await page.Locator("#category").InputValueAsync());
    }

    [Fact]
    public async Task WhatWasTypedStaysWhereAFieldIsMissingAndSendingTwiceMakesOneService()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await chromium.OpenAsync("fi");
        await page.GotoAsync(house.Address + "network/offer");
        var id = await page.Locator("input[name=Id]").InputValueAsync();

        await page.Locator("#name").FillAsync("Kävelyryhmä");
        await page.Locator("#places").FillAsync("monta");
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(("Kävelyryhmä", "monta", id), (await page.Locator("#name").InputValueAsync(), await page.Locator("#places").InputValueAsync(), await page.Locator("input[name=Id]").InputValueAsync()));
        Assert.Contains("Täytä kohta: Kenelle", await page.Locator(".errors").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(house.Gateway.Network.Published);

        await page.Locator("#eligibility").FillAsync("Kaikille");
        await page.Locator("#place").FillAsync("Tori");
        await page.Locator("#times").FillAsync("Joka aamu");
        await page.Locator("#places").FillAsync("12");
        await page.Locator("#category").SelectOptionAsync("exercise");
        await page.Locator("main form button").ClickAsync();

        Assert.Equal(house.Address + "network?show=offers&done=true", page.Url);
        var (told, offer) = Assert.Single(house.Gateway.Network.Published);
        Assert.Equal((id, "Kävelyryhmä", 12, "exercise", "open"), (told, offer.Name.Fi, offer.FreePlaces!.Value, offer.Category, offer.Level));
        Assert.Contains("Kävelyryhmä", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhyAServiceIsNotPublishedStandsBesideItsField()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.Network.Refuses = (422, "soteri-missing");
        var page = await chromium.OpenAsync("fi");
        await page.GotoAsync(house.Address + "network/offer");
        foreach (var field in new[] { "name", "eligibility", "place", "times" })
        {
            await page.Locator($"#{field}").FillAsync("Teksti");
        }

        await page.Locator("#category").SelectOptionAsync("health-service");
        await page.Locator("main form button").ClickAsync();

        Assert.Equal("Sosiaali- ja terveyspalveluun tarvitaan numero Soteri-rekisterissä", await page.Locator("#soteri-fault").InnerTextAsync());
        Assert.Equal("Teksti", await page.Locator("#times").InputValueAsync());
    }

    [Fact]
    public async Task AClientHasNoSuchPage()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + "network");

        Assert.DoesNotContain("Laulupiiri", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty(house.Gateway.Network.Asked);
    }
}
