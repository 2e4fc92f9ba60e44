// Every page in every language: accessible, narrow enough, in its language.

namespace Sisote.Tests.Portal;

public sealed class EveryPageTests(Chromium chromium)
{
    public static TheoryData<string> Languages => ["fi", "sv", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task PlainPagesAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync();
        var page = await chromium.OpenAsync(language);

        foreach (var path in new[] { "", "accessibility", "feedback", "privacy", "signed-out", "sign-in-failed", "no-such-page" })
        {
            await page.GotoAsync(house.Address + path);
            await page.PassesAsync("plain-" + (path.Length == 0 ? "index" : path), language);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task ClientPagesAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "disclosures");
        await page.PassesAsync("client-disclosures", language);
        await page.GotoAsync(house.Address + "consents");
        await page.PassesAsync("client-consents", language);
        await page.GotoAsync(house.Address + "consents/new");
        await page.PassesAsync("client-consent-new", language);
        await page.Locator("main h2 a").First.ClickAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("client-consent-choose-errors", language);
        await page.Locator("main input[type=checkbox]").First.CheckAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("client-consent-review", language);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("client-consent-given", language);
        await page.GotoAsync(house.Address + "consents");
        await page.Locator("main a[href$=withdraw]").First.ClickAsync();
        await page.PassesAsync("client-consent-withdraw", language);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("client-consent-withdrawn", language);
        await page.GotoAsync(house.Address + "log");
        await page.PassesAsync("client-not-for-you", language);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task CounsellorPagesAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.AgreementEnded = true;
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "worklist");
        await page.PassesAsync("counsellor-worklist", language);
        await page.Locator("main a[href^='/clients/']").First.ClickAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("counsellor-open-errors", language);
        await page.Locator("#reason-0").CheckAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("counsellor-client", language);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("counsellor-entry", language);
        await page.Locator("#weight").FillAsync("seitsemänkymmentä");
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.PassesAsync("counsellor-entry-errors", language);
        await page.Locator("#weight").FillAsync("70,5");
        await page.Locator("#text").FillAsync("Keskusteltiin kävelystä. Sovittiin kaksi ryhmäkertaa viikossa.");
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.PassesAsync("counsellor-preview", language);
        await page.Locator("main form.buttons button").Last.ClickAsync();
        await page.PassesAsync("counsellor-preview-refused", language);
        await page.Locator("main .note.bad button").ClickAsync();
        await page.Locator("main form.buttons button").Last.ClickAsync();
        await page.PassesAsync("counsellor-receipt", language);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task LinkPagesAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await chromium.OpenAsync(language);
        var recipient = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "links");
        await page.PassesAsync("links-none", language);
        await page.GotoAsync(house.Address + "worklist");
        await page.Locator("main a[href^='/links/new/']").First.ClickAsync();
        await page.PassesAsync("links-new", language);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("links-new-errors", language);
        await page.Locator("#recipient").FillAsync("Meri Mäkinen");
        await page.Locator("#necessity").FillAsync("Ryhmän aloitus");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.PassesAsync("links-review", language);
        await page.Locator("main form.buttons button").Last.ClickAsync();
        Assert.Equal("Meri Mäkinen", await page.Locator("#recipient").InputValueAsync());
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.Locator("main form.buttons button").First.ClickAsync();
        await page.PassesAsync("links-made", language);
        var (address, code) = (await page.Locator("main pre").First.InnerTextAsync(), await page.Locator("main pre").Last.InnerTextAsync());

        await recipient.GotoAsync(house.Address.GetLeftPart(UriPartial.Authority) + new Uri(address).AbsolutePath);
        await recipient.PassesAsync("link-code", language);
        await recipient.Locator("main button[type=submit]").ClickAsync();
        await recipient.PassesAsync("link-code-errors", language);
        await recipient.Locator("#code").FillAsync("22222222");
        await recipient.Locator("main button[type=submit]").ClickAsync();
        await recipient.PassesAsync("link-closed", language);
        await recipient.Locator("main a.button").ClickAsync();
        await recipient.Locator("#code").FillAsync(code);
        await recipient.Locator("main button[type=submit]").ClickAsync();
        await recipient.PassesAsync("link-shown", language);
        Assert.Contains("Aaltonen", await recipient.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await page.GotoAsync(house.Address + "links");
        await page.PassesAsync("links-opened", language);
        await page.Locator("main button.stop").ClickAsync();
        await page.PassesAsync("links-revoked", language);
    }

    [Fact]
    public async Task ALinkOpensInABrowserWithoutScript()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await chromium.OpenWithoutScriptAsync();
        await page.GotoAsync(house.Address + "links/new/ref-1");
        await page.Locator("#recipient").FillAsync("Meri Mäkinen");
        await page.Locator("#necessity").FillAsync("Ryhmän aloitus");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.Locator("main form.buttons button").First.ClickAsync();
        var (address, code) = (await page.Locator("main pre").First.InnerTextAsync(), await page.Locator("main pre").Last.InnerTextAsync());

        var recipient = await chromium.OpenWithoutScriptAsync();
        await recipient.GotoAsync(house.Address.GetLeftPart(UriPartial.Authority) + new Uri(address).AbsolutePath);
        Assert.Equal(house.Address + "link", recipient.Url);
        await recipient.Locator(".languages a[hreflang=sv]").ClickAsync();
        await recipient.Locator("#code").FillAsync(code);
        await recipient.Locator("main button[type=submit]").ClickAsync();

        Assert.Contains("Aino Aaltonen", await recipient.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("sv", await recipient.Locator("html").GetAttributeAsync("lang"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task OfficerPagesAreAccessible(string language)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Koski);
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(house.Address + "log");
        await page.PassesAsync("officer-log", language);
        await page.GotoAsync(house.Address + "log?outcome=denied&days=30");
        await page.PassesAsync("officer-log-narrowed", language);
        await page.GotoAsync(house.Address + "log?outcome=no-such");
        await page.PassesAsync("officer-log-empty", language);
        await page.GotoAsync(house.Address + "log/0");
        await page.PassesAsync("officer-entry", language);
        house.Consent.Tamper = static detail => detail with { Entry = detail.Entry with { Outcome = "nothing-found" } };
        await page.GotoAsync(house.Address + "log/0");
        await page.PassesAsync("officer-entry-broken", language);
        house.Consent.Down = true;
        await page.GotoAsync(house.Address + "log");
        await page.PassesAsync("officer-service-down", language);
    }

    [Fact]
    public async Task TheLanguageSwitchKeepsThePage()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Koski);
        var page = await chromium.OpenAsync("fi");

        await page.GotoAsync(house.Address + "log?outcome=refused");
        await page.Locator(".languages a[hreflang=sv]").ClickAsync();

        Assert.Equal(house.Address + "log?outcome=refused", page.Url);
        Assert.Equal("sv", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal("Utlämningslogg", await page.Locator("h1").InnerTextAsync());
    }
}
