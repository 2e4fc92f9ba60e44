// Tokens of systems: who gets one, and what stands in it.
using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Doors;
using static Sisote.Tests.Identity.RunningAuthority;

namespace Sisote.Tests.Identity;

public sealed class SystemTokenTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningAuthority authority = null!;

    public async ValueTask InitializeAsync() => authority = await StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await authority.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task AProperAssertionGetsAShortPlainSignedTokenWithTheProfessionalBehindIt()
    {
        var reply = await authority.AskAsync(authority.Assert(business: Counsellor()));

        Assert.Equal((HttpStatusCode.OK, null), (reply.Status, reply.Error));
        var token = reply.AccessToken;
        Assert.Equal(("at+jwt", "ES256", Sports), (token.Typ, token.Alg, token.Subject));
        Assert.Equal((Sports, Scopes.Exchange), (token.GetPayloadValue<string>("client_id"), token.GetPayloadValue<string>("scope")));
        Assert.Equal(Scopes.Audience, Assert.Single(token.Audiences));
        Assert.Equal(TimeSpan.FromMinutes(5), token.ValidTo - token.IssuedAt);
        Assert.InRange(reply.Body.GetProperty("expires_in").GetInt32(), 290, 300);
        Assert.Equal("""{"hl7-b2b":{"version":"1","subject_id":"ohjaaja-salmi","subject_name":"Sanna Salmi","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"]}}""",
            token.GetPayloadValue<JsonElement>("extensions").GetRawText());
    }

    [Fact]
    public async Task RoomsGetTheirTokensAndTheDoorsReadThemFromDiscoveryAndKeysAlone()
    {
        await using var door = await ProbeDoor.StartAsync(authority.Settings);
        var source = authority.TokenSource();

        var inner = await source.GetAsync(InnerSystems.Gateway, Scopes.Inner, null, TestContext.Current.CancellationToken);
        var exchange = await source.GetAsync(SystemId.Parse(Sports), Scopes.Exchange, Counsellor(), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, await door.KnockAsync("inner", inner));
        Assert.Equal("sisote-gateway", Assert.IsType<Caller.System>(door.LastCaller).Id.Value);
        Assert.Equal(HttpStatusCode.OK, await door.KnockAsync("exchange", exchange));
        Assert.Equal(JsonSerializer.Serialize(Counsellor(), SisoteJson.Options), JsonSerializer.Serialize(Assert.IsType<Caller.System>(door.LastCaller).Business, SisoteJson.Options));
        Assert.Equal(HttpStatusCode.Forbidden, await door.KnockAsync("inner", exchange));
        Assert.Equal(HttpStatusCode.Forbidden, await door.KnockAsync("exchange", inner));
    }

    [Fact]
    public async Task ThePortalCallsForItsOrganisationWithAKeyOfItsOwn()
    {
        var reply = await authority.AskAsync(authority.Assert(PortalSystem, Counsellor()));

        Assert.Equal((HttpStatusCode.OK, PortalSystem), (reply.Status, reply.AccessToken.Subject));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("at+jwt")]
    [InlineData("")]
    public async Task AnAssertionOfAnotherTypeIsRefused(string type)
    {
        var refused = await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), change: token => token.TokenType = type));

        Assert.Contains("typ client-authentication+jwt", refused.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAssertionForAnotherAudienceIsRefused()
    {
        var elsewhere = await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), change: static token => token.Audience = "https://elsewhere.example/"));
        Assert.Contains($"aud {authority.Settings.Issuer}", elsewhere.Description, StringComparison.Ordinal);
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), change: token => token.Audience = token.Audience + "token"));
        await RefusedAsync("invalid_request", authority.Assert(business: Counsellor(), change: token => token.Audiences.Add("https://elsewhere.example/")));
    }

    [Fact]
    public async Task AnEndedAssertionIsRefusedAndSoIsOneThatLastsTooLong()
    {
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), change: static token => token.Expires = token.IssuedAt!.Value.AddSeconds(-30)));
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), change: static token => token.Expires = token.IssuedAt!.Value.AddSeconds(120)));
        await RefusedAsync("invalid_request", authority.Assert(business: Counsellor(), change: static token => token.Expires = null));
    }

    [Fact]
    public async Task AnAssertionWithoutAnIdentifierIsRefused()
    {
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), change: static token => token.Claims.Remove("jti")));
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), change: static token => token.Claims["jti"] = new string('x', 129)));
    }

    [Fact]
    public async Task AnAssertionIsAcceptedOnce()
    {
        var assertion = authority.Assert(business: Counsellor());

        Assert.Equal(HttpStatusCode.OK, (await authority.AskAsync(assertion)).Status);

        var second = await authority.AskAsync(assertion);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (second.Status, second.Error));
    }

    [Fact]
    public async Task OfManyUsesAtTheSameTimeOneSucceeds()
    {
        var assertion = authority.Assert(business: Counsellor());

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => authority.AskAsync(assertion)));

        Assert.Single(replies, static reply => reply.Status == HttpStatusCode.OK);
        Assert.Equal(11, replies.Count(static reply => reply.Error == "invalid_client"));
    }

    [Fact]
    public async Task AnAssertionUsedAtOneReplicaIsRefusedAtTheOther()
    {
        await using var replica = await StartAsync(folder.Path, issuer: authority.Settings.Issuer);
        var assertion = authority.Assert(business: Counsellor());

        Assert.Equal(HttpStatusCode.OK, (await authority.AskAsync(assertion)).Status);

        Assert.Equal("invalid_client", (await replica.AskAsync(assertion)).Error);
    }

    [Fact]
    public async Task AnUnknownKeyIsRefusedAndSoIsTheKeyOfAnotherSystem()
    {
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var other = SystemKey.Read(SystemKey.PrivateFile(authority.Settings.KeyDirectory, PortalSystem)).Credentials;

        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), key: new SigningCredentials(new ECDsaSecurityKey(stranger) { KeyId = "x" }, "ES256")));
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), key: other));
        await RefusedAsync("invalid_client", authority.Assert("no-keys", Counsellor(), key: other));
        await RefusedAsync("invalid_client", authority.Assert("never-calls", Counsellor(), key: other));
        await RefusedAsync("invalid_client", authority.Assert("nobody", Counsellor(), key: other));
    }

    [Fact]
    public async Task AnAssertionWithoutSignatureIsRefused()
    {
        var parts = authority.Assert(business: Counsellor()).Split('.');
        var none = Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"client-authentication+jwt\"}");

        await RefusedAsync("invalid_client", $"{none}.{parts[1]}.");
        await RefusedAsync("invalid_client", $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA");
    }

    [Fact]
    public async Task ASecretOrNoProofAtAllIsRefused()
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = Scopes.Exchange, ["client_id"] = Sports };
        Assert.Equal(("invalid_request", true), ((await authority.AskAsync(form)).Error, true));

        form["client_secret"] = "guess";
        Assert.NotNull((await authority.AskAsync(form)).Error);
    }

    [Fact]
    public async Task AKeyFileIsReadAgainWhenItChanges()
    {
        var keys = authority.Settings.KeyDirectory;
        SystemKey.Ensure(keys, "new-key");
        var newKey = SystemKey.Read(SystemKey.PrivateFile(keys, "new-key")).Credentials;
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor(), key: newKey));

        File.Copy(SystemKey.PublicFile(keys, "new-key"), SystemKey.PublicFile(keys, Sports), overwrite: true);
        File.SetLastWriteTimeUtc(SystemKey.PublicFile(keys, Sports), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(HttpStatusCode.OK, (await authority.AskAsync(authority.Assert(business: Counsellor(), key: newKey))).Status);
        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor()));
    }

    [Fact]
    public async Task APrivateKeyThatLiesAmongThePublicOnesProvesNothing()
    {
        var keys = authority.Settings.KeyDirectory;
        var given = await File.ReadAllTextAsync(SystemKey.PrivateFile(keys, Sports), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(SystemKey.PublicFile(keys, Sports), $"{{\"keys\":[{given}]}}", TestContext.Current.CancellationToken);

        await RefusedAsync("invalid_client", authority.Assert(business: Counsellor()));
    }

    [Fact]
    public async Task AnOuterSystemGetsNoInnerScopeAndARoomNoOuterOne()
    {
        await RefusedAsync("invalid_scope", authority.Assert(business: Counsellor()), Scopes.Inner);
        await RefusedAsync("invalid_scope", authority.Assert(business: Counsellor()), $"{Scopes.Exchange} {Scopes.Inner}");
        await RefusedAsync("invalid_scope", authority.Assert(business: Counsellor()), Scopes.Person);
        await RefusedAsync("invalid_scope", authority.Assert(business: Counsellor()), "unheard.of");
        await RefusedAsync("invalid_scope", authority.Assert("sisote-gateway", Counsellor()), Scopes.Exchange);
        await RefusedAsync("invalid_scope", authority.Assert("sisote-portal"), Scopes.Person);
    }

    [Fact]
    public async Task WithoutABusinessContextThereIsNoExchangeAndTheAnswerSaysWhatIsMissing()
    {
        var none = await RefusedAsync("invalid_request", authority.Assert());
        var partly = await RefusedAsync("invalid_request", authority.Assert(change: static token =>
            token.Claims["extensions"] = JsonSerializer.SerializeToElement(new { hl7_b2b = 1 })));
        var half = await RefusedAsync("invalid_request", AssertRaw("""{"hl7-b2b":{"version":"1","subject_id":"ohjaaja-salmi","organization_id":"kuopio"}}"""));

        Assert.Contains("extensions.hl7-b2b", none.Description, StringComparison.Ordinal);
        Assert.Contains("extensions.hl7-b2b", partly.Description, StringComparison.Ordinal);
        Assert.Contains("subject_role, purpose_of_use", half.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"2","subject_id":"a","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"]}""", "version must be")]
    [InlineData("""{"subject_id":"010190-999W","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"]}""", "subject_id must be")]
    [InlineData("""{"subject_id":"a b","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"]}""", "subject_id must be")]
    [InlineData("""{"subject_id":"a","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":[]}""", "purpose_of_use must be a list")]
    [InlineData("""{"subject_id":"a","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling","exercise-counselling"]}""", "different codes")]
    [InlineData("""{"subject_id":"a","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":"exercise-counselling"}""", "purpose_of_use must be a list")]
    [InlineData("""{"subject_id":"a","subject_name":"x\ny","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"]}""", "subject_name must be")]
    [InlineData("""{"subject_id":"a","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"],"patient":"x"}""", "holds another member")]
    [InlineData("""{"subject_id":"a","subject_id":"b","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"]}""", "or one twice")]
    public async Task AMalformedBusinessContextIsRefusedWithTheMemberAndWithoutRepeatingIt(string context, string named)
    {
        var refused = await RefusedAsync("invalid_request", AssertRaw($"{{\"hl7-b2b\":{context}}}"));

        Assert.DoesNotContain("010190-999W", refused.Description, StringComparison.Ordinal);
        Assert.Contains(named, refused.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnregisteredRolePurposeOrOrganisationIsRefused()
    {
        var role = await RefusedAsync("invalid_scope", authority.Assert(business: Counsellor(role: "health-professional")));
        var organisation = await RefusedAsync("invalid_scope", authority.Assert(business: Counsellor(organisation: "pohjois-savo")));
        var purpose = await RefusedAsync("invalid_scope", authority.Assert(business: Counsellor(purposes: ["exercise-counselling", "care"])));

        Assert.Contains("subject_role is not registered for this system. Registered: exercise-counsellor", role.Description, StringComparison.Ordinal);
        Assert.Contains("organization_id", organisation.Description, StringComparison.Ordinal);
        Assert.Contains("purpose_of_use", purpose.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange")]
    [InlineData("nonsense")]
    public async Task OtherWaysToATokenDoNotExist(string grant)
    {
        var reply = await authority.AskAsync(new Dictionary<string, string>
        {
            ["grant_type"] = grant, ["username"] = "a", ["password"] = "b", ["scope"] = Scopes.Exchange,
            ["client_assertion_type"] = ClientAssertions.Type, ["client_assertion"] = authority.Assert(business: Counsellor()),
        });

        Assert.Equal("unsupported_grant_type", reply.Error);
    }

    [Fact]
    public async Task AnOuterSystemSignsInNoPeople()
    {
        var reply = await authority.AskAsync(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = "x", ["redirect_uri"] = "http://127.0.0.1/", ["code_verifier"] = new string('a', 43),
            ["client_assertion_type"] = ClientAssertions.Type, ["client_assertion"] = authority.Assert(business: Counsellor()),
        });

        Assert.True(reply.Error is "unauthorized_client" or "invalid_grant", reply.Error);
    }

    [Fact]
    public async Task DiscoveryNamesOnlyWhatTheAuthorityDoes()
    {
        var text = await authority.Http.GetStringAsync(".well-known/openid-configuration", TestContext.Current.CancellationToken);
        var document = JsonDocument.Parse(text).RootElement;
        var jwks = await authority.Http.GetStringAsync(document.GetProperty("jwks_uri").GetString(), TestContext.Current.CancellationToken);
        var key = Assert.Single(JsonDocument.Parse(jwks).RootElement.GetProperty("keys").EnumerateArray());

        Assert.Equal(authority.Settings.Issuer.AbsoluteUri, document.GetProperty("issuer").GetString());
        Assert.Equal(["private_key_jwt"], Texts(document, "token_endpoint_auth_methods_supported"));
        Assert.Equal(["S256"], Texts(document, "code_challenge_methods_supported"));
        Assert.Equal(["authorization_code", "client_credentials", "refresh_token"], Texts(document, "grant_types_supported").Order());
        Assert.Equal(("EC", "P-256", "ES256"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString(), key.GetProperty("alg").GetString()));
        Assert.False(key.TryGetProperty("d", out _));
        Assert.Equal(text, await authority.Http.GetStringAsync(".well-known/oauth-authorization-server", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AForgedHostHeaderChangesNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ".well-known/openid-configuration");
        request.Headers.Host = "evil.example";

        using var answer = await authority.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string[] Texts(JsonElement document, string name) => [.. document.GetProperty(name).EnumerateArray().Select(static value => value.GetString()!)];

    private string AssertRaw(string extensions) => authority.Assert(change: token => token.Claims["extensions"] = JsonDocument.Parse(extensions).RootElement);

    private async Task<TokenReply> RefusedAsync(string error, string assertion, string scope = Scopes.Exchange)
    {
        var reply = await authority.AskAsync(assertion, scope);
        Assert.Equal((error, error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest), (reply.Error, reply.Status));
        Assert.False(string.IsNullOrEmpty(reply.Description));
        return reply;
    }
}
