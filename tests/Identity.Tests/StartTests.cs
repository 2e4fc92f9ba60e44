// With which settings the authority starts, and what it keeps.
using System.Net;
using Microsoft.Extensions.Configuration;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Identity;
using Sisote.Policy.Ids;
using Sisote.Tests.Doors;
using static Sisote.Tests.Identity.RunningAuthority;

namespace Sisote.Tests.Identity;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheDemonstrationDoesNotStartInStrictMode()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Add(SomeSettings.With(new Uri("https://id.example/"), folder.Path, demo: true, strict: true), new IdentityOptions()));

        Assert.Contains("strict", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StrictModeDoesNotStartWithoutHttps()
    {
        Assert.Throws<InvalidOperationException>(() => Add(SomeSettings.With(new Uri("http://id.example/"), folder.Path, demo: false, strict: true), new IdentityOptions()));
    }

    [Fact]
    public void PersonsToChooseAreForTheDemonstrationAloneAndAreNeverRealOnes()
    {
        var demo = SomeSettings.With(new Uri("http://127.0.0.1:8082/"), folder.Path);
        var real = Options with { Persons = [Options.Persons[0] with { Hetu = OfTheYear1801() }] };

        Assert.Throws<InvalidOperationException>(() => Add(demo with { Demo = false }, Options));
        Assert.Throws<InvalidOperationException>(() => Add(demo, real));
        Assert.Throws<InvalidOperationException>(() => Add(demo, Options with { Persons = [Options.Persons[0], Options.Persons[0]] }));
        Assert.Throws<InvalidOperationException>(() => Add(demo, Options with { PostgreSql = "Host=nowhere" }));
    }

    [Fact]
    public void WithPostgreSqlTheKeysAreGivenNotMade()
    {
        var settings = SomeSettings.With(new Uri("https://id.example/"), folder.Path, demo: false, strict: true);

        var fault = Assert.Throws<InvalidOperationException>(() => Add(settings, new IdentityOptions { PostgreSql = "Host=nowhere" }));

        Assert.Contains("sisote-identity.private.jwk.json", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(settings.KeyDirectory));
    }

    [Fact]
    public void NumbersOutsideTheirBoundsAreRefused()
    {
        var settings = SomeSettings.With(new Uri("http://127.0.0.1:8082/"), folder.Path);

        Assert.Throws<InvalidOperationException>(() => Add(settings, Options with { AccessTokenSeconds = 86_400 }));
    }

    [Fact]
    public void SettingsAreReadFromTheConfiguration()
    {
        var options = IdentityOptions.From(new ConfigurationBuilder().AddInMemoryCollection([
            new("Sisote:Identity:PostgreSql", "Host=db"), new("Sisote:Identity:TokensPerMinute", "7"), new("Sisote:Identity:DeploymentDirectory", "/etc/sisote"),
        ]).Build());

        Assert.Equal(("Host=db", 7, "/etc/sisote", 300), (options.PostgreSql, options.TokensPerMinute, options.DeploymentDirectory, options.AccessTokenSeconds));
    }

    [Fact]
    public async Task ASecondStartKeepsTheSigningKeySoThatTokensStayGood()
    {
        string token;
        Uri issuer;
        await using (var first = await StartAsync(folder.Path))
        {
            issuer = first.Settings.Issuer;
            token = (await first.AskAsync(first.Assert(business: Counsellor()))).AccessToken.EncodedToken;
        }

        await using var second = await StartAsync(folder.Path);
        var before = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token);
        var after = (await second.AskAsync(second.Assert(business: Counsellor()))).AccessToken;

        Assert.Equal(before.Kid, after.Kid);
        Assert.NotEqual(issuer, second.Settings.Issuer);
    }

    [Fact]
    public async Task AClientThatAsksTooOftenHasToWaitAndTheOthersDoNot()
    {
        await using var authority = await StartAsync(folder.Path, Options with { TokensPerMinute = 3 });
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(HttpStatusCode.OK, (await authority.AskAsync(authority.Assert(business: Counsellor()))).Status);
        }

        var refused = await authority.AskAsync(authority.Assert(business: Counsellor()));
        var forged = await authority.AskAsync(authority.Assert(PortalSystem, Counsellor(), key: SystemKey.Read(SystemKey.PrivateFile(authority.Settings.KeyDirectory, Sports)).Credentials));

        Assert.Equal((HttpStatusCode.TooManyRequests, "temporarily_unavailable", true), (refused.Status, refused.Error, refused.SaysWhenToRetry));
        Assert.Equal("invalid_client", forged.Error);
        Assert.Equal(HttpStatusCode.OK, (await authority.AskAsync(authority.Assert(PortalSystem, Counsellor()))).Status);
    }

    // Not a test code, yet nobody's: the identity code did not exist in that person's lifetime.
    private static Hetu OfTheYear1801() => "0123456789ABCDEFHJKLMNPRSTUVWXY".Select(static check => Hetu.TryParse($"010101+002{check}", out var hetu) ? hetu : default).Single(static hetu => hetu.IsKnown);

    private static void Add(RoomSettings settings, IdentityOptions options) =>
        RoomApplication.CreateBuilder("identity", settings, new ConfigurationBuilder().Build(), "http://127.0.0.1:0").AddIdentity(settings, options);
}
