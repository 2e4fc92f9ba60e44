// A token that was good is let in without another check only as long as nothing changed.
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Callers;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Callers;

public sealed class KnownTokenTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Start);
    private readonly OpenIdConnectConfiguration keys = new();
    private readonly ConnectionItems connection = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AKnownTokenIsLetInUntilItEndsAndNoLonger(bool onOneConnection)
    {
        var (known, header) = await KeptAsync(endsAfter: TimeSpan.FromMinutes(2));

        Assert.NotNull(Find(known, header, keys, onOneConnection));
        clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.NotNull(Find(known, header, keys, onOneConnection));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Find(known, header, keys, onOneConnection));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AKnownTokenIsCheckedAgainAfterFiveMinutes(bool onOneConnection)
    {
        var (known, header) = await KeptAsync(endsAfter: TimeSpan.FromHours(1));

        Assert.NotNull(Find(known, header, keys, onOneConnection));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(Find(known, header, keys, onOneConnection));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AKnownTokenIsCheckedAgainOnceTheIssuersKeysHaveChanged(bool onOneConnection)
    {
        var (known, header) = await KeptAsync(endsAfter: TimeSpan.FromMinutes(2));

        Assert.NotNull(Find(known, header, keys, onOneConnection));
        Assert.Null(Find(known, header, new OpenIdConnectConfiguration(), onOneConnection));
    }

    [Fact]
    public async Task AnotherTokenOnTheConnectionOfAKnownOneIsNotLetInForIt()
    {
        var (known, header) = await KeptAsync(endsAfter: TimeSpan.FromMinutes(2));

        Assert.NotNull(Find(known, header, keys, onOneConnection: true));
        Assert.Null(Find(known, header + "x", keys, onOneConnection: true));
        Assert.NotNull(Find(known, new string(header), keys, onOneConnection: true));
    }

    [Fact]
    public async Task ConnectionsThatCarryManyRequestsAtOnceKeepNothingOfAnyOfThem()
    {
        var (known, header) = await KeptAsync(endsAfter: TimeSpan.FromMinutes(2));
        var manager = new StaticConfigurationManager<OpenIdConnectConfiguration>(keys);

        Assert.NotNull(known.Find(ContextOf(header, onOneConnection: true, "HTTP/2"), manager));
        Assert.Empty(connection.Items);
        Assert.NotNull(known.Find(ContextOf(header, onOneConnection: true), manager));
        Assert.Single(connection.Items);
    }

    [Fact]
    public async Task ACallerWithAKnownTokenIsTurnedAwayOnceTheIssuersKeysHaveChanged()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var (token, path) = (world.Token(), "fhir/pohjois-savo-record/Patient/_search");
        var form = $"identifier=urn:oid:1.2.246.21|{Some.Aino}";

        Assert.Equal(200, (await world.SearchAsync(path, form, token)).Status);
        Assert.Equal(200, (await world.SearchAsync(path, form, token)).Status);
        world.Part<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager =
            new StaticConfigurationManager<OpenIdConnectConfiguration>(new OpenIdConnectConfiguration { Issuer = world.Issuer.Address.AbsoluteUri });

        Assert.Equal(401, (await world.SearchAsync(path, form, token)).Status);
    }

    [Fact]
    public async Task AKnownTokenWithoutTheScopeIsTurnedAwayEveryTime()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var inner = world.Issuer.SystemToken("kuopio-portal", Scopes.Inner);

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(403, (await world.GetAsync("fhir/pohjois-savo-record/Observation", inner)).Status);
        }
    }

    private async Task<(KnownTokens Known, string Header)> KeptAsync(TimeSpan endsAfter)
    {
        var known = new KnownTokens(clock);
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor { Expires = (Start + endsAfter).UtcDateTime, IssuedAt = Start.UtcDateTime });
        var context = ContextOf($"Bearer {token}", onOneConnection: false);
        var scheme = new AuthenticationScheme("Bearer", null, typeof(JwtBearerHandler));
        var options = new JwtBearerOptions { ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(keys) };
        await known.RecogniseAsync(new MessageReceivedContext(context, scheme, options));
        await known.KeepAsync(new TokenValidatedContext(context, scheme, options) { Principal = new ClaimsPrincipal(new ClaimsIdentity("test")), SecurityToken = new JsonWebToken(token) });
        return (known, $"Bearer {token}");
    }

    private ClaimsPrincipal? Find(KnownTokens known, string header, OpenIdConnectConfiguration issuer, bool onOneConnection) =>
        known.Find(ContextOf(header, onOneConnection), new StaticConfigurationManager<OpenIdConnectConfiguration>(issuer));

    private DefaultHttpContext ContextOf(string header, bool onOneConnection, string protocol = "HTTP/1.1")
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;
        context.Request.Protocol = protocol;
        if (onOneConnection)
        {
            context.Features.Set<IConnectionItemsFeature>(connection);
        }

        return context;
    }

    private sealed class ConnectionItems : IConnectionItemsFeature
    {
        public IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    }
}
