// The short way for callers whose token is known leads nowhere that the long way does not lead.
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Callers;
using Sisote.Tests.Gateway.World;
using Yarp.ReverseProxy.Model;

namespace Sisote.Tests.Gateway.Callers;

public sealed partial class KnownCallerDoorTests : IAsyncLifetime
{
    private const string Path = "fhir/pohjois-savo-record/Patient/_search";
    private const string Form = $"identifier=urn:oid:1.2.246.21|{Some.Aino}";
    private GatewayWorld world = null!;

    public async ValueTask InitializeAsync() => world = await GatewayWorld.OpenAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("another audience")]
    [InlineData("an identity token")]
    [InlineData("ended")]
    [InlineData("bound to a key")]
    [InlineData("signed by somebody else")]
    [InlineData("changed behind the signature")]
    [InlineData("without a system")]
    public async Task ABadTokenIsRefusedEveryTimeAlsoOnTheConnectionOfAGoodOne(string why)
    {
        await using var stranger = await Sisote.Tests.Testing.TestIssuer.StartAsync();
        var (good, bad) = (world.Token(), why switch
        {
            "another audience" => world.Issuer.Mint(Claims(), audience: "https://elsewhere.example"),
            "an identity token" => world.Issuer.Mint(Claims(), type: "JWT"),
            "ended" => world.Issuer.Mint(Claims(), lifetime: TimeSpan.FromSeconds(-30)),
            "bound to a key" => world.Issuer.Mint(Claims(("cnf", new Dictionary<string, string> { ["x5t#S256"] = "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2" }))),
            "signed by somebody else" => stranger.Mint(Claims()),
            "changed behind the signature" => Changed(world.Token()),
            _ => world.Issuer.Mint(new Dictionary<string, object> { ["scope"] = Scopes.Exchange }),
        });

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(200, (await world.SearchAsync(Path, Form, good)).Status);
            Assert.Equal(why == "without a system" ? 403 : 401, (await world.SearchAsync(Path, Form, bad)).Status);
        }
    }

    [Theory]
    [InlineData("DPoP {0}")]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer {0}x")]
    [InlineData("Bearer {0}, Bearer {0}")]
    [InlineData("Bearer {0},x")]
    public async Task AKnownTokenInAnotherHeaderThanItsOwnIsNotKnown(string header)
    {
        var token = world.Token();
        Assert.Equal(200, (await world.SearchAsync(Path, Form, token)).Status);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, Path)) { Content = new StringContent(Form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation("Authorization", string.Format(System.Globalization.CultureInfo.InvariantCulture, header, token));

        Assert.Equal(401, (await world.SendAsync(request, token: "")).Status);
    }

    [Theory]
    [InlineData("GET", "fhir/pohjois-savo-record/Flag/nobody")]
    [InlineData("GET", "fhir/pohjois-savo-record/metadata")]
    [InlineData("GET", "fhir/unknown/Flag")]
    [InlineData("GET", "fhir/kuopio-portal/Flag")]
    [InlineData("GET", "fhir/pohjois-savo-record/%2e%2e/kuopio-liikunta/Task")]
    [InlineData("GET", "log/checkpoint")]
    [InlineData("GET", "health/live")]
    [InlineData("GET", "nowhere")]
    [InlineData("POST", "access/v1/evaluation")]
    [InlineData("DELETE", "fhir/pohjois-savo-record/Flag/nobody")]
    [InlineData("OPTIONS", "fhir/pohjois-savo-record/Flag")]
    public async Task WhereverAKnownTokenIsShownItIsAnsweredAsTheFirstTime(string method, string path)
    {
        var (first, again) = (world.Token(), world.Token());
        Assert.Equal(200, (await world.SearchAsync(Path, Form, again)).Status);

        var (unknown, known) = (await AskAsync(method, path, first), await AskAsync(method, path, again));

        Assert.Equal(WithoutId(unknown), WithoutId(known));
    }

    [Fact]
    public async Task TokensOfRoomsAndPersonsAreTurnedAwayHoweverOftenTheyCome()
    {
        string[] tokens = [world.Issuer.SystemToken(InnerSystems.Gateway.Value, Scopes.Inner), world.Issuer.PersonToken("aino", PersonKind.Client, Some.Aino)];

        for (var time = 0; time < 3; time++)
        {
            foreach (var token in tokens)
            {
                Assert.Equal(403, (await world.SearchAsync(Path, Form, token)).Status);
            }
        }
    }

    [Fact]
    public async Task TheShortWayHoldsAgainstThePolicyThatTheLongOneHolds()
    {
        var policy = (await world.Part<IAuthorizationPolicyProvider>().GetPolicyAsync(TokenDoor.Exchange))!;

        Assert.IsType<AssertionRequirement>(Assert.Single(policy.Requirements)); // one more, and the short way would not know of it
        Assert.Empty(policy.AuthenticationSchemes);
        Assert.All(world.Part<EndpointDataSource>().Endpoints.Where(static endpoint => endpoint.Metadata.GetMetadata<RouteModel>() is not null), static endpoint =>
            Assert.Equal(TokenDoor.Exchange, Assert.Single(endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()).Policy));
    }

    [Theory]
    [InlineData("nothing more", true)]
    [InlineData("another policy", false)]
    [InlineData("a second policy", false)]
    [InlineData("a policy object", false)]
    [InlineData("a requirement", false)]
    [InlineData("no policy", false)]
    public async Task ARouteThatAsksForMoreThanTheOnePolicyIsReachedTheLongWay(string more, bool isShort)
    {
        var (token, reached) = (world.Token(), "nothing");
        Assert.Equal(200, (await world.SearchAsync(Path, Form, token)).Status);
        var route = world.Part<EndpointDataSource>().Endpoints.Select(static endpoint => endpoint.Metadata.GetMetadata<RouteModel>()).OfType<RouteModel>().First();
        object[] metadata = more switch
        {
            "nothing more" => [route, new AuthorizeAttribute(TokenDoor.Exchange)],
            "another policy" => [route, new AuthorizeAttribute(TokenDoor.Inner)],
            "a second policy" => [route, new AuthorizeAttribute(TokenDoor.Exchange), new AuthorizeAttribute(TokenDoor.Person)],
            "a policy object" => [route, new AuthorizeAttribute(TokenDoor.Exchange), new AuthorizationPolicyBuilder().RequireClaim("more").Build()],
            "a requirement" => [route, new AuthorizeAttribute(TokenDoor.Exchange), new Requirement()],
            _ => [route],
        };
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {token}";
        context.SetEndpoint(new Endpoint(_ => SayAsync("endpoint"), new EndpointMetadataCollection(metadata), "a route"));
        var door = new KnownCallerDoor(_ => SayAsync("next"), world.Part<KnownTokens>(), world.Part<IOptionsMonitor<JwtBearerOptions>>());

        await door.InvokeAsync(context);

        Assert.Equal(isShort ? "endpoint" : "next", reached);

        Task SayAsync(string what)
        {
            reached = what;
            return Task.CompletedTask;
        }
    }

    private static string WithoutId(RawAnswer answer) => CorrelationId().Replace(answer.Comparable, "urn:uuid:of-this-call");

    [GeneratedRegex("urn:uuid:[0-9a-f-]{36}")]
    private static partial Regex CorrelationId();

    private static Dictionary<string, object> Claims(params (string Name, object Value)[] more) =>
        new(more.Select(static claim => KeyValuePair.Create(claim.Name, claim.Value))) { ["client_id"] = "kuopio-portal", ["sub"] = "kuopio-portal", ["scope"] = Scopes.Exchange };

    /// <summary>Another payload under the same signature.</summary>
    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("ohjaaja-salmi", "ohjaaja-niemi", StringComparison.Ordinal);
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
    }

    private Task<RawAnswer> AskAsync(string method, string path, string token)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(world.Address.OriginalString + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+json"));
        return world.SendAsync(request, token);
    }

    private sealed class Requirement : IAuthorizationRequirementData
    {
        public IEnumerable<IAuthorizationRequirement> GetRequirements() => [];
    }
}
