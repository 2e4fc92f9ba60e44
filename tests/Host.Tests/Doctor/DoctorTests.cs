// The doctor names each fault and what to do about it.
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Host.Doctor;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Host.Doctor;

public sealed class DoctorTests : IDisposable
{
    private static readonly AddressCheck Addresses = new(TimeProvider.System);
    private readonly ServiceProvider services = new ServiceCollection().AddHttpClient().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task ANameThatNobodyKnowsIsNamedWithTheSettingToCorrect()
    {
        var found = await ListAsync(Addresses.ExamineAsync("gateway", new Uri("https://sisote.invalid/"), "Sisote__Gateway", TestContext.Current.CancellationToken));

        var name = Assert.Single(found);
        Assert.Equal((Verdict.Bad, "gateway: name"), (name.Verdict, name.Check));
        Assert.Contains("Sisote__Gateway", name.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClosedPortEndsTheExaminationOfThatDoor()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        listener.Stop();

        var found = await ListAsync(Addresses.ExamineAsync("consent", address, "Sisote__Consent", TestContext.Current.CancellationToken));

        Assert.Equal([Verdict.Good, Verdict.Bad], found.Select(static finding => finding.Verdict));
        Assert.Contains("refuses", found[1].Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", -10, -1, "ended on")]
    [InlineData("localhost", 1, 10, "begins on")]
    [InlineData("sisote.example", -1, 10, "for another name than localhost")]
    [InlineData("localhost", -1, 10, "not issued by anybody whom this machine trusts")]
    public async Task ACertificateThatDoesNotHoldIsExplained(string name, int fromDays, int toDays, string said)
    {
        await using var door = await Door.OpenAsync(certificate: Door.MakeCertificate(name, fromDays, toDays));

        var found = await ListAsync(Addresses.ExamineAsync("gateway", door.Address, "--gateway", TestContext.Current.CancellationToken));

        Assert.Equal((Verdict.Bad, "gateway: encryption"), (found[^1].Verdict, found[^1].Check));
        Assert.Contains(said, found[^1].Found, StringComparison.Ordinal);
        Assert.NotNull(found[^1].Remedy);
    }

    [Fact]
    public async Task APortThatSpeaksNoTlsIsNotTakenForABadCertificate()
    {
        await using var door = await Door.OpenAsync();

        var found = await ListAsync(Addresses.ExamineAsync("gateway", new UriBuilder(door.Address) { Scheme = "https" }.Uri, "--gateway", TestContext.Current.CancellationToken));

        Assert.Contains("does not speak TLS", found[^1].Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, nameof(Verdict.Good))]
    [InlineData(12, nameof(Verdict.Warning))]
    [InlineData(-12, nameof(Verdict.Warning))]
    [InlineData(300, nameof(Verdict.Bad))]
    [InlineData(-300, nameof(Verdict.Bad))]
    public async Task AClockThatIsWrongIsFoundBeforeTokensAreRefusedForIt(int seconds, string expected)
    {
        await using var door = await Door.OpenAsync(clock: TimeSpan.FromSeconds(seconds));
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();

        var found = await new ServiceCheck(http, TimeProvider.System).CompareClocksAsync("issuer", door.Address, TestContext.Current.CancellationToken);

        Assert.Equal(expected, found.Verdict.ToString());
    }

    [Theory]
    [InlineData("""{"issuer":"https://other.example/","token_endpoint":"https://other.example/token"}""", "speaks for another issuer, https://other.example/")]
    [InlineData("""{"issuer":"HERE"}""", "names no token endpoint")]
    [InlineData("""{"issuer":"HERE","token_endpoint":"HEREtoken","token_endpoint_auth_methods_supported":["client_secret_post"]}""", "does not take private_key_jwt")]
    [InlineData("""<html>Please sign in</html>""", "not JSON")]
    public async Task AnIssuerThatCannotServeSystemsIsExplained(string document, string said)
    {
        await using var door = await Door.OpenAsync(new() { ["/.well-known/openid-configuration"] = address => document.Replace("HERE", address.AbsoluteUri, StringComparison.Ordinal) });
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();

        var found = await ListAsync(new ServiceCheck(http, TimeProvider.System).ExamineIssuerAsync(door.Address, TestContext.Current.CancellationToken));

        Assert.Equal(Verdict.Bad, found[0].Verdict);
        Assert.Contains(said, found[0].Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"keys":[]}""", nameof(Verdict.Bad))]
    [InlineData("""{"keys":[{"kty":"EC"}]}""", nameof(Verdict.Good))]
    public async Task AnIssuerWithoutKeysIsFound(string keys, string expected)
    {
        await using var door = await Door.OpenAsync(new()
        {
            ["/.well-known/openid-configuration"] = static address => $$"""{"issuer":"{{address}}","token_endpoint":"{{address}}token","jwks_uri":"{{address}}keys"}""",
            ["/keys"] = _ => keys,
        });
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();

        var found = await ListAsync(new ServiceCheck(http, TimeProvider.System).ExamineIssuerAsync(door.Address, TestContext.Current.CancellationToken));

        Assert.Equal([nameof(Verdict.Good), expected], found.Select(static finding => finding.Verdict.ToString()));
    }

    [Fact]
    public async Task AGatewayThatTrustsAnotherIssuerThanTheSettingsNameIsFound()
    {
        await using var door = await Door.OpenAsync(new() { ["/.well-known/smart-configuration"] = static _ => """{"issuer":"https://other.example/"}""" });
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();

        var (finding, issuer) = await new ServiceCheck(http, TimeProvider.System).FindIssuerAsync(door.Address, new Uri("https://issuer.example/"), TestContext.Current.CancellationToken);

        Assert.Equal((Verdict.Bad, new Uri("https://other.example/")), (finding.Verdict, issuer));
    }

    [Theory]
    [InlineData("http://gateway.example/", "https://issuer.example/")]
    [InlineData("https://gateway.example/", "http://issuer.example/")]
    public async Task NoTokenIsAskedForOrSentWhereEverybodyOnTheWayCanReadIt(string gateway, string issuer)
    {
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        var subject = new DoctorSubject
        {
            Gateway = new Uri(gateway),
            System = SystemId.Parse("kuopio-portal"),
            Context = new BusinessContext { SubjectId = ProfessionalId.Parse("ohjaaja-salmi"), SubjectRole = RoleId.Parse("exercise-counsellor"), OrganisationId = OrganisationId.Parse("kuopio"), PurposeOfUse = [PurposeId.Parse("exercise-counselling")] },
            Settings = new RoomSettings
            {
                Issuer = new Uri(issuer), Gateway = new Uri(gateway), Portal = new Uri(gateway), Consent = new Uri(gateway), Adapters = new Uri(gateway), DataDirectory = "/nowhere", KeyDirectory = "/nowhere",
                Catalogue = ((CatalogueReading.Loaded)CatalogueReader.ReadEmbedded()).Catalogue, Deployment = new Deployment { Organisations = [], Systems = [] },
            },
        };

        var found = await ListAsync(new ExchangeCheck(http, services.GetRequiredService<IHttpClientFactory>(), subject, TimeProvider.System).ExamineAsync(TestContext.Current.CancellationToken));

        Assert.Equal([("token", Verdict.NotTried), ("exchange", Verdict.NotTried)], found.Select(static finding => (finding.Check, finding.Verdict)));
        Assert.Contains("not encrypted", found[0].Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Sign in to the network</html>", false)]
    [InlineData("[]", false)]
    [InlineData("{\"rest\":{\"resource\":1}}", false)]
    [InlineData("{\"rest\":[{\"resource\":[{\"type\":\"Patient\"}]}]}", true)]
    public async Task APageOfSomethingOnTheWayIsNoStatementOfCapabilities(string body, bool expected)
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) };

        Assert.Equal(expected, await ExchangeCheck.ListsPatientAsync(answer, TestContext.Current.CancellationToken));
    }

    private static async Task<List<Finding>> ListAsync(IAsyncEnumerable<Finding> findings)
    {
        var list = new List<Finding>();
        await foreach (var finding in findings)
        {
            list.Add(finding);
        }

        return list;
    }
}
