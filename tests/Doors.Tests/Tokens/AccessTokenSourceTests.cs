// How rooms get and keep their tokens.
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Doors.Tokens;

public sealed class AccessTokenSourceTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly List<IFormCollection> asked = [];
    private Func<IResult> answer = () => Results.Json(new { access_token = "token-1", token_type = "Bearer", expires_in = 300 });
    private string? issuerName;
    private WebApplication authority = null!;
    private RoomSettings settings = null!;
    private AccessTokenSource source = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        authority = builder.Build();
        authority.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuerName ?? authority.Urls.First(), token_endpoint = authority.Urls.First() + "/token" }));
        authority.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            lock (asked)
            {
                asked.Add(form);
            }

            return answer();
        });
        await authority.StartAsync();
        settings = SomeSettings.With(new Uri(authority.Urls.First()), folder.Path);
        SystemKey.Ensure(settings.KeyDirectory, InnerSystems.Gateway.Value);
        var http = new ServiceCollection().AddHttpClient().BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        source = new AccessTokenSource(settings, http, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await authority.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task TheAssertionIsWhatTheAuthorityAsksFor()
    {
        await GetAsync();

        var form = Assert.Single(asked);
        var assertion = new JsonWebToken(form["client_assertion"]);
        Assert.Equal(("client_credentials", Scopes.Inner, "sisote-gateway"), ((string?)form["grant_type"], (string?)form["scope"], (string?)form["client_id"]));
        Assert.Equal(("client-authentication+jwt", "sisote-gateway", "sisote-gateway"), (assertion.Typ, assertion.Issuer, assertion.Subject));
        Assert.Equal(authority.Urls.First(), Assert.Single(assertion.Audiences)); // exactly as the discovery document writes it
        Assert.Equal(clock.GetUtcNow().AddSeconds(60).UtcDateTime, assertion.ValidTo);
        Assert.NotEmpty(assertion.Id);
    }

    [Fact]
    public async Task ATokenIsKeptUntilShortlyBeforeItEnds()
    {
        await GetAsync();
        clock.Advance(TimeSpan.FromSeconds(279));
        await GetAsync();
        Assert.Single(asked);

        clock.Advance(TimeSpan.FromSeconds(2));
        await GetAsync();

        Assert.Equal(2, asked.Count);
        Assert.NotEqual(new JsonWebToken(asked[0]["client_assertion"]).Id, new JsonWebToken(asked[1]["client_assertion"]).Id);
    }

    [Fact]
    public async Task EachProfessionalAndScopeHasATokenOfItsOwn()
    {
        await GetAsync();
        await GetAsync(Scopes.Exchange);
        await GetAsync(Scopes.Exchange, Professional("one"));
        await GetAsync(Scopes.Exchange, Professional("two"));
        await GetAsync(Scopes.Exchange, Professional("two"));

        Assert.Equal(4, asked.Count);
        Assert.Equal("two", new JsonWebToken(asked[3]["client_assertion"]).GetPayloadValue<JsonElement>("extensions").GetProperty("hl7-b2b").GetProperty("subject_id").GetString());
    }

    [Fact]
    public async Task ManyCallersWhoWantTheSameTokenAskOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync()));

        Assert.Single(asked);
    }

    [Fact]
    public async Task ATokenThatEndsAtOnceIsUsedOnceAndNotAskedForInALoop()
    {
        answer = () => Results.Json(new { access_token = "short", expires_in = 1 });

        Assert.Equal("short", await GetAsync());
        Assert.Equal("short", await GetAsync());

        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task ARefusalIsAnErrorAndIsNotKept()
    {
        var good = answer;
        answer = () => Results.Json(new { error = "invalid_client", error_description = "no" }, statusCode: 401);
        var refused = await Assert.ThrowsAsync<TokenRefusedException>(() => GetAsync());
        answer = good;

        Assert.Equal("invalid_client", refused.Error);
        Assert.Equal("token-1", await GetAsync());
    }

    [Theory]
    [InlineData("<html>502</html>")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"access_token":""}""")]
    public async Task AnAnswerWithoutATokenIsARefusal(string body)
    {
        answer = () => Results.Text(body, "text/html");

        await Assert.ThrowsAsync<TokenRefusedException>(() => GetAsync());
    }

    [Fact]
    public async Task AnAuthorityThatSpeaksForAnotherIssuerGetsNoAssertion()
    {
        issuerName = "https://elsewhere.example";

        Assert.Equal("authority_is_another", (await Assert.ThrowsAsync<TokenRefusedException>(() => GetAsync())).Error);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task AnAuthorityThatCannotBeReachedIsARefusal()
    {
        await authority.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TokenRefusedException.Unreachable, (await Assert.ThrowsAsync<TokenRefusedException>(() => GetAsync())).Error);
    }

    [Fact]
    public async Task OneCallerWhoGivesUpDoesNotSpoilItForTheOthers()
    {
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.GetAsync(InnerSystems.Gateway, Scopes.Inner, null, impatient.Token).AsTask());

        Assert.Equal("token-1", await GetAsync());
        Assert.Single(asked);
    }

    private Task<string> GetAsync(string scope = Scopes.Inner, BusinessContext? business = null) =>
        source.GetAsync(InnerSystems.Gateway, scope, business, TestContext.Current.CancellationToken).AsTask();

    private static BusinessContext Professional(string id) => new()
    {
        SubjectId = ProfessionalId.Parse(id),
        SubjectRole = RoleId.Parse("exercise-counsellor"),
        OrganisationId = OrganisationId.Parse("kuopio"),
        PurposeOfUse = [PurposeId.Parse("exercise-counselling")],
    };
}
