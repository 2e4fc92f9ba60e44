// How the package shows who calls.
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Client;

namespace Sisote.Tests.Client;

public sealed class TokenTests
{
    private readonly FakeGateway gateway = new();

    [Fact]
    public async Task AnAssertionLivesAMinuteIsForTheIssuerAloneAndNamesWhoStandsBehindIt()
    {
        await gateway.Api().FindAsync("source", "010190-999W", Cancellation);

        var parts = Assert.Single(gateway.Assertions).Split('.');
        var (header, claims) = (Read(parts[0]), Read(parts[1]));
        Assert.Equal(("ES256", "client-authentication+jwt", "test-key"), ((string)header["alg"]!, (string)header["typ"]!, (string)header["kid"]!));
        Assert.Equal(("our-system", "our-system", "https://issuer.test/"), ((string)claims["iss"]!, (string)claims["sub"]!, (string)claims["aud"]!));
        Assert.Equal(60, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal("""{"version":"1","subject_id":"worker-1","subject_role":"some-role","organization_id":"some-organisation","purpose_of_use":["some-purpose"]}""", claims["extensions"]!["hl7-b2b"]!.ToJsonString());
        Assert.True(Key().VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task ATokenIsKeptUntilShortlyBeforeItEndsAndEachAssertionIsUsedOnce()
    {
        var api = gateway.Api();

        await api.FindAsync("source", "010190-999W", Cancellation);
        await api.FindAsync("source", "010190-999W", Cancellation);
        gateway.Clock.Advance(TimeSpan.FromSeconds(281));
        await api.FindAsync("source", "010190-999W", Cancellation);

        Assert.Equal(["token-1", "token-1", "token-2"], gateway.Asked.Select(static call => call.Token));
        Assert.Equal(2, gateway.Assertions.Select(static assertion => (string)Read(assertion.Split('.')[1])["jti"]!).Distinct().Count());
    }

    [Fact]
    public async Task ManyCallsAtOnceAskForOneToken()
    {
        var api = gateway.Api();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.FindAsync("source", "010190-999W", Cancellation)));

        Assert.Single(gateway.Assertions);
    }

    [Fact]
    public async Task ATokenThatTheGatewayKnowsNoLongerIsRenewedOnce()
    {
        gateway.Answer = static request => request.Headers.Authorization!.Parameter == "token-1" ? FakeGateway.Outcome(HttpStatusCode.Unauthorized, "token-missing") : FakeGateway.Json(HttpStatusCode.OK, """{"resourceType":"Bundle","type":"searchset"}""");

        Assert.IsType<Outcome<Item>.Nothing>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));

        gateway.Answer = static _ => FakeGateway.Outcome(HttpStatusCode.Unauthorized, "token-missing");
        var refused = Assert.IsType<Outcome<Item>.Refused>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));
        Assert.Equal("token-missing", refused.Problem.Name);
    }

    [Fact]
    public async Task ARefusedTokenIsARefusalByTheAuthoritysOwnNameAndNothingIsAsked()
    {
        gateway.TokenAnswer = static () => FakeGateway.Json(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"No such key."}""");

        var refused = Assert.IsType<Outcome<Item>.Refused>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));

        Assert.Equal((401, "invalid_client"), (refused.Problem.Status, refused.Problem.Name));
        Assert.Empty(gateway.Asked);
    }

    [Fact]
    public async Task AnIssuerThatIsNotTheExpectedOneGetsNoAssertion()
    {
        var refused = Assert.IsType<Outcome<Item>.Refused>(await gateway.Api(change: static options => options with { Issuer = new Uri("https://another.test/") }).FindAsync("source", "010190-999W", Cancellation));

        Assert.Equal(Problem.Unreadable, refused.Problem.Name);
        Assert.Empty(gateway.Assertions);
    }

    [Fact]
    public void AGatewayThatEverybodyOnTheWayCanReadIsNotCalled() =>
        Assert.Throws<ArgumentException>(() => gateway.Api(change: static options => options with { Gateway = new Uri("http://sisote.test/") }));

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"kty":"EC","crv":"P-256","kid":"k","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    [InlineData("""{"kty":"RSA","kid":"k"}""")]
    public void AFileWithoutAPrivateKeyIsNoKey(string jwk) => Assert.ThrowsAny<CryptographicException>(() => PrivateKey.Parse(jwk));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static ECDsa Key()
    {
        var jwk = JsonNode.Parse(FakeGateway.Jwk)!;
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars((string)jwk["x"]!), Y = Base64Url.DecodeFromChars((string)jwk["y"]!) } });
    }
}
