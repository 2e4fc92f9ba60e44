// Who is let in.
using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Doors.Tokens;

public sealed class TokenDoorTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private TestIssuer issuer = null!;
    private ProbeDoor door = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        door = await ProbeDoor.StartAsync(SomeSettings.With(issuer.Address, folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        await issuer.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task ASystemComesInWithTheProfessionalBehindIt()
    {
        var business = Counsellor();

        Assert.Equal(HttpStatusCode.OK, await door.KnockAsync("exchange", issuer.SystemToken("kuopio-liikunta", Scopes.Exchange, business)));

        var caller = Assert.IsType<Caller.System>(door.LastCaller);
        Assert.Equal("kuopio-liikunta", caller.Id.Value);
        Assert.Equal(JsonSerializer.Serialize(business, SisoteJson.Options), JsonSerializer.Serialize(caller.Business, SisoteJson.Options));
    }

    [Fact]
    public async Task ATokenThatIsBoundToAKeyIsNoneForWhoeverMerelyBearsIt()
    {
        var bound = issuer.Mint(new Dictionary<string, object> { ["client_id"] = "kuopio-liikunta", ["scope"] = Scopes.Exchange, ["cnf"] = new Dictionary<string, string> { ["jkt"] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } });
        var free = issuer.Mint(new Dictionary<string, object> { ["client_id"] = "kuopio-liikunta", ["scope"] = Scopes.Exchange });

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await door.KnockAsync("exchange", bound), await door.KnockAsync("exchange", free)));
    }

    [Fact]
    public async Task EachTokenOpensOnlyTheDoorsOfItsScope()
    {
        var tokens = new Dictionary<string, string>
        {
            ["exchange"] = issuer.SystemToken("kuopio-liikunta", Scopes.Exchange, Counsellor()),
            ["inner"] = issuer.SystemToken("sisote-gateway", Scopes.Inner),
            ["person"] = issuer.PersonToken("aino", PersonKind.Client, "010190-999W"),
        };

        foreach (var (scope, token) in tokens)
        {
            foreach (var path in tokens.Keys)
            {
                Assert.Equal((scope, path, scope == path ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (scope, path, await door.KnockAsync(path, token)));
            }
        }
    }

    [Fact]
    public async Task APersonIsNeverTakenForARoomWhateverScopesTheTokenCarries()
    {
        var token = issuer.Mint(new Dictionary<string, object>
        {
            ["sub"] = "aino", ["client_id"] = "sisote-gateway", ["scope"] = $"{Scopes.Person} {Scopes.Inner} {Scopes.Exchange}", [PersonClaims.Kind] = "client",
        });

        Assert.Equal(HttpStatusCode.Forbidden, await door.KnockAsync("inner", token));
        Assert.Equal(HttpStatusCode.Forbidden, await door.KnockAsync("exchange", token));
    }

    [Fact]
    public async Task ATokenThatHasEndedIsAnsweredWithTheTimeInItsInternationalForm()
    {
        var ended = issuer.Mint(new Dictionary<string, object> { ["sub"] = "kuopio-liikunta", ["client_id"] = "kuopio-liikunta", ["scope"] = Scopes.Exchange }, lifetime: TimeSpan.FromMinutes(-1));

        using var answer = await door.GetAsync("exchange", ended);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Matches("error_description=\"The token ended at [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z\"", Assert.Single(answer.Headers.WwwAuthenticate).ToString());
    }

    [Fact]
    public async Task WithoutATokenEveryDoorIsShut()
    {
        foreach (var path in new[] { "exchange", "inner", "person", "plain" })
        {
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await door.KnockAsync(path, null)));
        }
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("client-authentication+jwt")]
    [InlineData("logout+jwt")]
    public async Task AnIdentityTokenOrAssertionIsNoAccessToken(string type)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("inner", issuer.Mint(InnerClaims(), type)));
    }

    [Fact]
    public async Task ATokenForAnotherAudienceIsRefused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("inner", issuer.Mint(InnerClaims(), audience: "somebody-else")));
    }

    [Fact]
    public async Task AnEndedTokenIsRefused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("inner", issuer.Mint(InnerClaims(), lifetime: TimeSpan.FromSeconds(-10))));
    }

    [Fact]
    public async Task ATokenOfAnotherIssuerIsRefused()
    {
        await using var other = await TestIssuer.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("inner", other.SystemToken("sisote-gateway", Scopes.Inner)));
    }

    [Fact]
    public async Task ATokenWithoutSignatureIsRefused()
    {
        var signed = issuer.SystemToken("sisote-gateway", Scopes.Inner).Split('.');
        var none = $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")}.{signed[1]}.";
        var stripped = $"{signed[0]}.{signed[1]}.";

        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("inner", none));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("inner", stripped));
    }

    [Fact]
    public async Task ATokenWhoseContentWasChangedIsRefused()
    {
        var token = issuer.SystemToken("kuopio-liikunta", Scopes.Exchange, Counsellor()).Split('.');
        var changed = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(token[1]).Replace(Scopes.Exchange, Scopes.Inner, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Unauthorized, await door.KnockAsync("inner", $"{token[0]}.{changed}.{token[2]}"));
    }

    [Fact]
    public async Task EveryAnswerCarriesAnIdThatTheCallerDidNotChoose()
    {
        foreach (var path in new[] { "plain", "health/live", "broken", "nowhere" })
        {
            using var answer = await door.GetAsync(path, null, ("X-Request-Id", "010190-999W"));

            Assert.Matches("^[0-9a-f]{32}$", Assert.Single(answer.Headers.GetValues("X-Request-Id")));
        }
    }

    [Fact]
    public async Task AFaultInsideTellsNothingOfItselfOutside()
    {
        using var answer = await door.GetAsync("broken", null);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("on purpose", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Dictionary<string, object> InnerClaims() => new() { ["client_id"] = "sisote-gateway", ["sub"] = "sisote-gateway", ["scope"] = Scopes.Inner };

    private static BusinessContext Counsellor() => new()
    {
        SubjectId = ProfessionalId.Parse("ohjaaja-salmi"),
        SubjectName = "Sanna Salmi",
        SubjectRole = RoleId.Parse("exercise-counsellor"),
        OrganisationId = OrganisationId.Parse("kuopio"),
        PurposeOfUse = [PurposeId.Parse("exercise-counselling")],
    };
}
