// Signing in through the real OpenID Connect handler, staying signed in, and whose pages are whose.
using System.Net;

namespace Sisote.Tests.Portal;

public sealed class SignInTests(Chromium chromium)
{
    [Fact]
    public async Task EachKindOfPersonLandsOnTheirOwnPage()
    {
        foreach (var (person, path) in new[] { (Persona.Aino, "disclosures"), (Persona.Salmi, "worklist"), (Persona.Koski, "log"), (Persona.Pelto, "no-pages") })
        {
            await using var house = await PortalHouse.StartAsync(person);
            using var browser = new TestBrowser(house);

            using var answer = await browser.GetAsync("sign-in");

            Assert.Equal("/" + path, answer.RequestMessage!.RequestUri!.AbsolutePath);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task APageOfAnotherKindIsNotShown()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        using var browser = new TestBrowser(house);

        foreach (var path in new[] { "log", "log/0", "worklist" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("Tämä sivu ei ole sinulle", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TheLanguageSwitchNeverLeadsToAnotherHost()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        using var http = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var invoker = new HttpMessageInvoker(http);
        using var request = new HttpRequestMessage(HttpMethod.Get, house.Address + "/elsewhere.example/page?lang=en&x=1");

        using var answer = await invoker.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("/elsewhere.example/page?x=1", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task AnEndedAccessTokenIsRenewedWithoutANewSignIn()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        using var browser = new TestBrowser(house);
        (await browser.GetAsync("disclosures")).Dispose();
        house.Clock.Ahead = TimeSpan.FromMinutes(6);

        using var answer = await browser.GetAsync("consents");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, house.Authority.SignIns);
        Assert.Equal("fi", house.Authority.AskedLanguage);
    }

    [Fact]
    public async Task AFormPostedAfterTheSignInRanOutIsKeptAndGoesOn()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync();
        await page.GotoAsync(house.Address + "consents/new");
        await page.Locator("main h2 a").First.ClickAsync();
        await page.Locator("#items-1").CheckAsync();
        await page.Locator("#last-day").FillAsync("31.12.2099");
        (house.Authority.Renews, house.Clock.Ahead) = (false, TimeSpan.FromMinutes(30));

        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/continue/*");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/consents/review/*");

        Assert.Contains("31.12.2099", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterSigningOutNothingIsShown()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync();
        await page.GotoAsync(house.Address + "disclosures");

        await page.Locator("form.person button").ClickAsync();
        await page.WaitForURLAsync("**/signed-out");

        Assert.DoesNotContain("sisote-session", (await page.Context.CookiesAsync()).Select(static cookie => cookie.Name));
    }

    [Fact]
    public async Task EveryAnswerCarriesAStrictContentPolicyAndNoCaching()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        using var browser = new TestBrowser(house);

        using var answer = await browser.GetAsync("disclosures");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task TheSessionCookieIsClosedToScriptsAndOtherSites()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        var page = await chromium.OpenAsync();
        await page.GotoAsync(house.Address + "disclosures");

        var cookie = (await page.Context.CookiesAsync()).Single(static each => each.Name == "sisote-session");

        Assert.True(cookie.HttpOnly);
        Assert.Equal(Microsoft.Playwright.SameSiteAttribute.Lax, cookie.SameSite);
    }
}
