// The authority's own pages in a real browser, in every language: accessible and narrow enough.
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using Sisote.Tests.Doors;
using Sisote.Tests.Portal;

namespace Sisote.Tests.Identity;

public sealed class SignInPageTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Languages => ["fi", "sv", "en"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task TheSignInPageIsAccessible(string language)
    {
        await using var authority = await RunningAuthority.StartAsync(folder.Path);
        var page = await chromium.OpenAsync(language);

        await page.GotoAsync(Request(authority, language));

        await page.PassesWithoutNavigationAsync("authority-sign-in", language);
        Assert.Equal(RunningAuthority.Options.Persons.Length, await page.Locator("main form button").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task AWrongSignInIsToldAccessiblyAndCanBeRepeated(string language)
    {
        await using var authority = await RunningAuthority.StartAsync(folder.Path);
        var page = await chromium.OpenAsync(language);
        await page.GotoAsync(Request(authority, language));

        await page.EvaluateAsync("document.querySelector('main form button').value = 'nobody'");
        await page.Locator("main form button").First.ClickAsync();
        await page.Locator("[role=alert]").WaitForAsync();

        await page.PassesWithoutNavigationAsync("authority-sign-in-wrong", language);
        Assert.Equal(RunningAuthority.Options.Persons.Length, await page.Locator("main form button").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task TheErrorPageIsAccessibleAndLeadsBackToThePortal(string language)
    {
        await using var authority = await RunningAuthority.StartAsync(folder.Path);
        var page = await chromium.OpenAsync(language);

        var answer = await page.GotoAsync(Request(authority, language, "http://127.0.0.1:8081/elsewhere"));

        Assert.Equal(400, answer!.Status);
        await page.PassesWithoutNavigationAsync("authority-error", language);
        Assert.Equal(authority.Settings.Portal.AbsoluteUri, await page.Locator("main a").GetAttributeAsync("href"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task ThePageOfAnAuthorityWithoutPeopleIsAccessible(string language)
    {
        await using var authority = await RunningAuthority.StartAsync(folder.Path, demo: false);
        var page = await chromium.OpenAsync(language);

        var answer = await page.GotoAsync(Request(authority, language));

        Assert.Equal(403, answer!.Status);
        await page.PassesWithoutNavigationAsync("authority-no-people", language);
    }

    private static string Request(RunningAuthority authority, string language, string redirect = "http://127.0.0.1:8081/signin-oidc") =>
        QueryHelpers.AddQueryString(new Uri(authority.Http.BaseAddress!, "authorize").AbsoluteUri, new Dictionary<string, string?>
        {
            ["client_id"] = "sisote-portal",
            ["response_type"] = "code",
            ["redirect_uri"] = redirect,
            ["scope"] = "openid sisote.person",
            ["state"] = "s-1",
            ["nonce"] = "n-1",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes("a verifier of the right length, for a test"))),
            ["code_challenge_method"] = "S256",
            ["ui_locales"] = language,
        });
}
