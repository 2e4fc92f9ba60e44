// People at the demonstration: code + PKCE, driven as a browser and the portal would.
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Tokens;
using Sisote.Identity.Storage;
using Sisote.Tests.Doors;
using static Sisote.Tests.Identity.RunningAuthority;

namespace Sisote.Tests.Identity;

public sealed partial class SignInTests : IAsyncLifetime
{
    private const string Redirect = "http://127.0.0.1:8081/signin-oidc";

    private readonly TemporaryFolder folder = new();
    private readonly string verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
    private readonly List<string> addresses = [];
    private RunningAuthority authority = null!;

    public async ValueTask InitializeAsync() => authority = await StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await authority.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task AClientSignsInAndTheDoorsKnowWhoItIs()
    {
        await using var door = await ProbeDoor.StartAsync(authority.Settings);

        var tokens = await RedeemAsync(await SignInAsync("aino"));

        Assert.Equal((HttpStatusCode.OK, null), (tokens.Status, tokens.Error));
        Assert.Equal(HttpStatusCode.OK, await door.KnockAsync("person", tokens.AccessToken.EncodedToken));
        var caller = Assert.IsType<Caller.Person>(door.LastCaller);
        Assert.Equal(("aino", PersonKind.Client, AinoHetu), (caller.Subject, caller.Kind, caller.Identifier?.Reveal()));
        Assert.Equal((null, null, null), (caller.Role, caller.Organisation, caller.Professional));
        Assert.Equal(TimeSpan.FromMinutes(5), tokens.AccessToken.ValidTo - tokens.AccessToken.IssuedAt);
    }

    [Fact]
    public async Task AProfessionalSignsInWithRoleAndOrganisation()
    {
        await using var door = await ProbeDoor.StartAsync(authority.Settings);

        var tokens = await RedeemAsync(await SignInAsync("salmi"));

        Assert.Equal(HttpStatusCode.OK, await door.KnockAsync("person", tokens.AccessToken.EncodedToken));
        var caller = Assert.IsType<Caller.Person>(door.LastCaller);
        Assert.Equal(("exercise-counsellor", "kuopio", "ohjaaja-salmi"), (caller.Role?.Value, caller.Organisation?.Value, caller.Professional?.Value));
        Assert.Null(caller.Identifier);
    }

    [Fact]
    public async Task TheIdentityTokenNamesThePersonButNeverByNationalIdentifierAndOpensNoDoor()
    {
        await using var door = await ProbeDoor.StartAsync(authority.Settings);

        var tokens = await RedeemAsync(await SignInAsync("aino"));

        var identity = new JsonWebToken(tokens.Body.GetProperty("id_token").GetString());
        Assert.Equal((AinoName, "client", "aino"), (identity.GetPayloadValue<string>("name"), identity.GetPayloadValue<string>("sisote_kind"), identity.Subject));
        Assert.Equal(("sisote-portal", "n-1"), (Assert.Single(identity.Audiences), identity.GetPayloadValue<string>("nonce")));
        Assert.DoesNotContain(AinoHetu, Base64UrlEncoder.Decode(identity.EncodedPayload), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("person", identity.EncodedToken));
    }

    [Fact]
    public async Task TheNationalIdentifierStandsInNoAddressLogLineOrDatabaseFile()
    {
        var tokens = await RedeemAsync(await SignInAsync("aino"));
        await RenewAsync(tokens.Body.GetProperty("refresh_token").GetString()!);
        await authority.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        var kept = Directory.GetFiles(folder.Path).Where(file => Path.GetFileName(file).StartsWith("identity.db", StringComparison.Ordinal) || file == authority.LogFile).ToArray();
        Assert.Contains(authority.LogFile, kept);
        Assert.Contains(Path.Combine(folder.Path, "identity.db"), kept);
        Assert.Contains("OpenIddictTokens", File.ReadAllText(authority.LogFile), StringComparison.Ordinal); // the log did record the flow
        foreach (var file in kept)
        {
            var content = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.False(content.Contains(AinoHetu, StringComparison.Ordinal), $"{Path.GetFileName(file)} holds the identifier");
            Assert.False(content.Contains(AinoName, StringComparison.Ordinal), $"{Path.GetFileName(file)} holds the name");
        }

        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, static address => address.Contains("999W", StringComparison.Ordinal) || address.Contains("Aaltonen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACodeIsUsedOnceAndOnlyWithItsVerifier()
    {
        var code = await SignInAsync("aino");
        Assert.Equal("invalid_grant", (await RedeemAsync(await SignInAsync("aino"), verifier: new string('x', 43))).Error);

        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(code)).Status);
        Assert.Equal("invalid_grant", (await RedeemAsync(code)).Error);
    }

    [Fact]
    public async Task ACodeIsWorthNothingWithoutThePortalsKey()
    {
        var code = await SignInAsync("aino");

        Assert.Equal("invalid_client", (await RedeemAsync(code, client: "sisote-portal", key: SystemKey.Read(SystemKey.PrivateFile(authority.Settings.KeyDirectory, Sports)).Credentials)).Error);
        Assert.True((await RedeemAsync(code, client: "sisote-gateway")).Error is "unauthorized_client" or "invalid_grant");
    }

    [Fact]
    public async Task TokensAreRenewedWhileTheSessionLastsAndARemovedPersonGetsNone()
    {
        var tokens = await RedeemAsync(await SignInAsync("aino"));

        var renewed = await RenewAsync(tokens.Body.GetProperty("refresh_token").GetString()!);
        Assert.Equal((HttpStatusCode.OK, AinoHetu), (renewed.Status, renewed.AccessToken.GetPayloadValue<string>(PersonClaims.Hetu)));

        await using var later = await StartAsync(folder.Path, Options with { Persons = [Options.Persons[1]] }, issuer: authority.Settings.Issuer);
        Assert.Equal("invalid_grant", (await RenewAsync(renewed.Body.GetProperty("refresh_token").GetString()!, later)).Error);
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("redirect_uri", "http://127.0.0.1:8081/elsewhere")]
    [InlineData("redirect_uri", "https://evil.example/signin-oidc")]
    [InlineData("client_id", "kuopio-liikunta")]
    [InlineData("client_id", "nobody")]
    [InlineData("response_type", "token")]
    [InlineData("scope", "openid sisote.person sisote.inner")]
    [InlineData("scope", "openid")]
    [InlineData("prompt", "none")]
    public async Task ARequestThatIsNotThePortalsOwnLeadsToNoChoiceOfPersons(string parameter, string? value)
    {
        using var answer = await authority.Http.GetAsync(AuthorizeAddress((parameter, value)), TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(AinoName, body, StringComparison.Ordinal);
        if (answer.Headers.Location is { } location)
        {
            Assert.StartsWith(Redirect, location.AbsoluteUri, StringComparison.Ordinal);
            Assert.Contains("error=", location.Query, StringComparison.Ordinal);
            Assert.DoesNotContain("code=", location.Query, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains("Virhekoodi", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AChoiceWithoutTheFormsOwnTokenSignsNobodyIn()
    {
        var fields = await OpenPageAsync(AuthorizeAddress());
        fields["person"] = "aino";

        foreach (var forged in new[] { "gone", "forged", "stranger" })
        {
            var form = new Dictionary<string, string>(fields);
            using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = authority.Settings.Issuer };
            _ = forged switch
            {
                "gone" => form.Remove("__RequestVerificationToken"),
                "forged" => form.TryAdd("x", "y") && (form["__RequestVerificationToken"] = "forged").Length > 0,
                _ => true,
            };
            using var content = new FormUrlEncodedContent(form);
            using var answer = await (forged == "stranger" ? stranger : authority.Http).PostAsync("authorize", content, TestContext.Current.CancellationToken);

            Assert.Equal((forged, HttpStatusCode.OK), (forged, answer.StatusCode));
            Assert.Null(answer.Headers.Location);
            Assert.Contains("Valitse henkilö uudelleen", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnUnknownPersonIsNotSignedIn()
    {
        var fields = await OpenPageAsync(AuthorizeAddress());
        fields["person"] = "somebody";
        using var content = new FormUrlEncodedContent(fields);

        using var answer = await authority.Http.PostAsync("authorize", content, TestContext.Current.CancellationToken);

        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("sv", null, "sv", "demonstration av Sisote")]
    [InlineData("en-GB fi", "sv", "en", "All people and data are invented")]
    [InlineData(null, "de, sv;q=0.8, en;q=0.9", "en", "All people and data are invented")]
    [InlineData("de", null, "fi", "keksittyjä")]
    public async Task ThePageSpeaksTheLanguageAskedForAndSaysThatItIsADemonstration(string? uiLocales, string? accepted, string language, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AuthorizeAddress(("ui_locales", uiLocales)));
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);

        using var answer = await authority.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains(words, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(AinoHetu, page, StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' http://127.0.0.1:8081;", policy, StringComparison.Ordinal);
        Assert.Contains("color-scheme", await authority.Http.GetStringAsync("signin.css", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutsideTheDemonstrationNobodyCanSignInAndThePageSaysWhy()
    {
        await using var real = await StartAsync(Path.Combine(folder.Path, "real"), demo: false);

        using var answer = await real.Http.GetAsync(AuthorizeAddress(), TestContext.Current.CancellationToken);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Täällä ei voi kirjautua", page, StringComparison.Ordinal);
        Assert.Contains("Sisote:Issuer", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningOutLeadsBackToThePortalAndNowhereElse()
    {
        using var good = await authority.Http.GetAsync(SignOut("http://127.0.0.1:8081/signout-callback-oidc"), TestContext.Current.CancellationToken);
        using var bad = await authority.Http.GetAsync(SignOut("https://evil.example/"), TestContext.Current.CancellationToken);

        Assert.Equal("http://127.0.0.1:8081/signout-callback-oidc?state=s-2", good.Headers.Location?.AbsoluteUri);
        Assert.Equal((HttpStatusCode.BadRequest, null), (bad.StatusCode, bad.Headers.Location));

        static string SignOut(string target) => QueryHelpers.AddQueryString("end-session", new Dictionary<string, string?>
        {
            ["client_id"] = "sisote-portal", ["post_logout_redirect_uri"] = target, ["state"] = "s-2",
        });
    }

    [Fact]
    public async Task WhatHasEndedIsRemoved()
    {
        await RedeemAsync(await SignInAsync("aino"));

        await authority.Services.GetRequiredService<Housekeeping>().CleanAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(await SignInAsync("aino"))).Status);
    }

    private string AuthorizeAddress(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = "sisote-portal",
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "openid sisote.person offline_access",
            ["state"] = "s-1",
            ["nonce"] = "n-1",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }

        return QueryHelpers.AddQueryString("authorize", parameters.Where(static pair => pair.Value is not null));
    }

    private async Task<Dictionary<string, string>> OpenPageAsync(string address)
    {
        addresses.Add(address);
        var page = await authority.Http.GetStringAsync(address, TestContext.Current.CancellationToken);
        return HiddenField().Matches(page).ToDictionary(static match => WebUtility.HtmlDecode(match.Groups[1].Value), static match => WebUtility.HtmlDecode(match.Groups[2].Value));
    }

    private async Task<string> SignInAsync(string person)
    {
        var fields = await OpenPageAsync(AuthorizeAddress());
        fields["person"] = person;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await authority.Http.PostAsync("authorize", content, TestContext.Current.CancellationToken);
        Assert.NotNull(answer.Headers.Location);
        addresses.Add(answer.Headers.Location.AbsoluteUri);
        Assert.StartsWith(Redirect, answer.Headers.Location.AbsoluteUri, StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(answer.Headers.Location.Query);
        Assert.Equal("s-1", query["state"]);
        return query["code"]!;
    }

    private Task<TokenReply> RedeemAsync(string code, string? verifier = null, string client = "sisote-portal", SigningCredentials? key = null) => authority.AskAsync(new Dictionary<string, string>
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = Redirect,
        ["code_verifier"] = verifier ?? this.verifier,
        ["client_id"] = client,
        ["client_assertion_type"] = ClientAssertions.Type,
        ["client_assertion"] = authority.Assert(client, key: key),
    });

    private Task<TokenReply> RenewAsync(string refresh, RunningAuthority? at = null) => (at ?? authority).AskAsync(new Dictionary<string, string>
    {
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = refresh,
        ["client_assertion_type"] = ClientAssertions.Type,
        ["client_assertion"] = authority.Assert("sisote-portal"),
    });

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
