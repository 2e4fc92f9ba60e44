// The ingress for X-Road's security servers.
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Deployments;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.XRoad;

public sealed class XRoadIngressTests : IAsyncLifetime
{
    private const string Portal = "FI-TEST/MUN/0171450-7/liikunta";
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-xroad-").FullName;
    private readonly X509Certificate2 own = Make("gateway", 30);
    private readonly X509Certificate2 server = Make("security-server", 30);
    private readonly X509Certificate2 stranger = Make("security-server", 30);
    private GatewayWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(At("own.crt"), own.ExportCertificatePem());
        await File.WriteAllTextAsync(At("own.key"), own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(At("servers.crt"), server.ExportCertificatePem());
        var options = new Dictionary<string, string?>
        {
            ["Sisote:Gateway:XRoad:Listen"] = "https://127.0.0.1:0",
            ["Sisote:Gateway:XRoad:CertificateFile"] = At("own.crt"),
            ["Sisote:Gateway:XRoad:KeyFile"] = At("own.key"),
            ["Sisote:Gateway:XRoad:SecurityServersFile"] = At("servers.crt"),
        };
        Assert.True(XRoadClient.TryParse(Portal, out var client));
        world = await GatewayWorld.OpenAsync(options, deployment: Some.Deployment with { Systems = [.. Some.Deployment.Systems.Select(system => system.Id.Value == "kuopio-portal" ? system with { XRoad = client } : system)] });
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        own.Dispose();
        server.Dispose();
        stranger.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task ASubsystemWithItsOwnTokenIsAnsweredAsAtTheOtherIngress()
    {
        var handle = await world.HandleOfAsync(Some.Aino);

        var direct = await world.GetAsync($"fhir/pohjois-savo-record/Flag?patient={handle}");
        var through = await CallAsync(server, $"fhir/pohjois-savo-record/Flag?patient={handle}", Portal);

        Assert.Equal((200, Some.Parse(direct.Body)["entry"]!.AsArray().Count), (through.Status, Some.Parse(through.Body)["entry"]!.AsArray().Count));
        Assert.Contains("Sisote-Receipt: ", through.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenThatStrayedToAnotherMemberOpensNothingAndTheAttemptIsOnRecord()
    {
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Consent.Log.Clear();
        var asked = world.Source.Seen.Count;

        var answer = await CallAsync(server, $"fhir/pohjois-savo-record/Flag?patient={handle}", [Portal], token: world.DoctorToken());

        Assert.Equal((403, "not-connected"), (answer.Status, Some.Parse(answer.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"]!.GetValue<string>()));
        Assert.Equal(asked, world.Source.Seen.Count);
        var entry = Assert.Single(world.Consent.Log).Entry;
        Assert.Equal((LogEntryKind.Refusal, "not-connected", null), (entry.Kind, entry.Outcome, entry.Client));
    }

    [Theory]
    [InlineData()]
    [InlineData("FI-TEST/MUN/0171450-7/muu")]
    [InlineData("FI-TEST/MUN/0171450-7/Liikunta")]
    [InlineData("FI-TEST/MUN/0171450-7")]
    [InlineData("FI-TEST/MUN/0171450-7/liikunta/x")]
    [InlineData("FI-TEST/MUN/0171450-7%2Fliikunta")]
    [InlineData("")]
    [InlineData(Portal, "FI-TEST/MUN/0171450-7/muu")]
    [InlineData(Portal + ", FI-TEST/MUN/0171450-7/muu")]
    public async Task WhoIsNotOneKnownSubsystemGetsNothingHereNotEvenTheOpenDoors(params string[] clients)
    {
        var fhir = await CallAsync(server, "fhir/pohjois-savo-record/metadata", clients);
        var access = await CallAsync(server, "access/v1/evaluation", clients);
        var open = await CallAsync(server, ".well-known/authzen-configuration", clients);

        Assert.Equal((403, 403, 403), (fhir.Status, access.Status, open.Status));
        Assert.Contains("application/problem+json", access.Headers, StringComparison.Ordinal);
        Assert.Equal(3, world.Consent.Log.Count(static item => item.Entry.Outcome == "not-connected"));
    }

    [Fact]
    public async Task APartMayBePercentEncoded() => Assert.Equal(200, (await CallAsync(server, "fhir/pohjois-savo-record/metadata", "FI-TEST/MUN/0171450%2D7/liikunta")).Status);

    [Fact]
    public async Task WithoutATokenTheDoorIsTheSameAsElsewhere() =>
        Assert.Equal(401, (await CallAsync(server, "fhir/pohjois-savo-record/metadata", [Portal], token: string.Empty)).Status);

    [Fact]
    public async Task WithoutTheCertificateOfAnOwnSecurityServerThereIsNoConnection()
    {
        using var expired = Make("security-server", -1);
        await File.AppendAllTextAsync(At("servers.crt"), "\n" + expired.ExportCertificatePem());

        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(null, "health/live", Portal));
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(stranger, "health/live", Portal));
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(expired, "health/live", Portal));
    }

    [Fact]
    public async Task ANewSecurityServerComesInWithoutARestartAndTheOldOneNoMore()
    {
        Assert.Equal(200, (await CallAsync(server, "health/live", Portal)).Status);

        await File.WriteAllTextAsync(At("servers.crt"), stranger.ExportCertificatePem());

        Assert.Equal(200, (await CallAsync(stranger, "health/live", Portal)).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(server, "health/live", Portal));
    }

    [Fact]
    public async Task ElsewhereTheHeadersAreWordsOfTheCallerAndReachNobody()
    {
        var handle = await world.HandleOfAsync(Some.Aino);
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, $"fhir/pohjois-savo-record/Flag?patient={handle}"));
        request.Headers.Add("X-Road-Client", "FI-TEST/MUN/0171450-7/muu");
        request.Headers.Add("X-Road-Id", "c0ffee00-0000-4000-8000-000000000001");

        var answer = await world.SendAsync(request);

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("c0ffee00", answer.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.All(world.Source.Seen, static sent => Assert.DoesNotContain(sent.Headers.Keys, static name => name.StartsWith("X-Road", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task TheMessagesIdIsTheCallersAndNeverOursHoweverOftenItComes()
    {
        const string Chosen = "c0ffee00-0000-4000-8000-000000000001";
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Consent.Log.Clear();

        var answers = new List<RawAnswer>();
        foreach (var id in new[] { Chosen, Chosen, "00000000-0000-0000-0000-000000000000", "010190-999W" })
        {
            answers.Add(await CallAsync(server, $"fhir/pohjois-savo-record/Flag?patient={handle}", [Portal], id));
        }

        Assert.All(answers, static answer => Assert.Equal(200, answer.Status));
        Assert.All(answers, static answer => Assert.DoesNotContain("c0ffee00", answer.Everything, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(answers.Count, world.Consent.Log.Select(static item => item.Entry.CorrelationId).Distinct().Count());
        Assert.DoesNotContain("010190", string.Concat(answers.Select(static answer => answer.Everything)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAGoodTokenNobodyFillsTheLog()
    {
        var unknown = await CallAsync(server, "fhir/pohjois-savo-record/metadata", ["FI-TEST/MUN/0171450-7/muu"], token: "nonsense");
        var nobody = await CallAsync(server, "access/v1/evaluation", [], token: string.Empty);

        Assert.Equal((403, 403), (unknown.Status, nobody.Status));
        Assert.Empty(world.Consent.Log);
    }

    [Fact]
    public async Task AConnectionOfASecurityServerThatWasTakenOutIsBrokenOff()
    {
        using var handler = Handler(server);
        using var http = new HttpMessageInvoker(handler, disposeHandler: false);
        Assert.Equal(200, await StatusAsync(http));

        await File.WriteAllTextAsync(At("servers.crt"), stranger.ExportCertificatePem());

        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(http));
    }

    [Fact]
    public async Task AListThatIsExchangedBehindALinkIsReadAgain()
    {
        var (first, second, link) = (At("v1.crt"), At("v2.crt"), At("servers.crt"));
        await File.WriteAllTextAsync(first, server.ExportCertificatePem());
        await File.WriteAllTextAsync(second, stranger.ExportCertificatePem());
        File.Delete(link);
        File.CreateSymbolicLink(At("now"), first);
        File.CreateSymbolicLink(link, At("now"));
        Assert.Equal(200, (await CallAsync(server, "health/live", Portal)).Status);

        File.Delete(At("now"));
        File.CreateSymbolicLink(At("now"), second);

        Assert.Equal(200, (await CallAsync(stranger, "health/live", Portal)).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(server, "health/live", Portal));
    }

    [Theory]
    [InlineData("Sisote:Gateway:XRoad:Listen", "http://127.0.0.1:0", "no https address")]
    [InlineData("Sisote:Gateway:XRoad:CertificateFile", "own.crt", "`Sisote:Gateway:XRoad:Listen` is missing")]
    [InlineData("Sisote:Gateway:XRoad:Listen", "https://127.0.0.1:0", "needs `CertificateFile`")]
    public async Task HalfAnIngressIsNone(string name, string value, string says) =>
        Assert.Contains(says, (await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayWorld.OpenAsync(new Dictionary<string, string?> { [name] = value }))).Message, StringComparison.Ordinal);

    private static X509Certificate2 Make(string name, int lastDay)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-30), now.AddDays(lastDay));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.Exportable);
    }

    private string At(string name) => Path.Combine(folder, name);

    private SocketsHttpHandler Handler(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == own.GetCertHashString();
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return handler;
    }

    private async Task<int> StatusAsync(HttpMessageInvoker http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.XRoad, "health/live"));
        request.Headers.TryAddWithoutValidation("X-Road-Client", Portal);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private Task<RawAnswer> CallAsync(X509Certificate2? certificate, string path, params string[] clients) => CallAsync(certificate, path, clients, null);

    private async Task<RawAnswer> CallAsync(X509Certificate2? certificate, string path, string[] clients, string? id = null, string? token = null)
    {
        using var handler = Handler(certificate);
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.XRoad, path));
        foreach (var client in clients)
        {
            request.Headers.TryAddWithoutValidation("X-Road-Client", client);
        }

        if (id is not null)
        {
            request.Headers.Add("X-Road-Id", id);
        }

        if (token is not { Length: 0 })
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? world.Token());
        }

        request.Headers.Add("Sisote-Context", "necessity-statement=\"planning\", relation-verified");
        using var answer = await http.SendAsync(request);
        return new RawAnswer((int)answer.StatusCode, $"{answer.Headers}{answer.Content.Headers}", await answer.Content.ReadAsStringAsync());
    }
}
