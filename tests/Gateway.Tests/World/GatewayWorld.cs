// A real gateway between a small source, a small consent service and an issuer, all on real Kestrel.
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Gateway;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.World;

/// <summary>An answer with every byte of it.</summary>
public sealed record RawAnswer(int Status, string Headers, string Body)
{
    /// <summary>Status, headers and body without what differs on every call (Date, correlation id).</summary>
    public string Comparable => $"{Status}\n{string.Join('\n', Headers.Split('\n').Where(static line => !line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("X-Request-Id:", StringComparison.OrdinalIgnoreCase)))}\n{Body}";

    public string Everything => $"{Status}\n{Headers}\n{Body}";
}

/// <summary>Opens all of it and speaks to the gateway as a connected system would.</summary>
public sealed class GatewayWorld : IAsyncDisposable
{
    private static readonly LegalCatalogue Law = ((CatalogueReading.Loaded)CatalogueReader.ReadEmbedded()).Catalogue;

    /// <summary>The secret that the receivers of notifications share with the gateway.</summary>
    public const string SharedSecret = "a-secret-of-at-least-thirty-two-characters";

    private readonly string folder = Directory.CreateTempSubdirectory("sisote-gateway-").FullName;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private WebApplication? app;
    private Func<Task<WebApplication>>? start;

    private GatewayWorld(TestIssuer issuer, FakeConsent consent, FakeSource source) => (Issuer, Consent, Source) = (issuer, consent, source);

    public TestIssuer Issuer { get; }

    public FakeConsent Consent { get; }

    public FakeSource Source { get; }

    public static LegalCatalogue Catalogue => Law;

    public Uri Address => new(app!.Urls.First() + "/");

    /// <summary>Where X-Road's security servers come in, where the options open that ingress.</summary>
    public Uri XRoad => new(app!.Urls.Single(static url => url.StartsWith("https:", StringComparison.Ordinal)) + "/");

    /// <summary>Opens it with the catalogue that ships and this world's deployment, unless a test brings its own.</summary>
    public static async Task<GatewayWorld> OpenAsync(
        IDictionary<string, string?>? options = null, LegalCatalogue? catalogue = null, Deployment? deployment = null, TimeProvider? clock = null, Uri? source = null,
        Action<WebApplicationBuilder>? configure = null, string? secret = null)
    {
        var world = new GatewayWorld(await TestIssuer.StartAsync(), await FakeConsent.StartAsync(), await FakeSource.StartAsync());
        SystemKey.Ensure(world.folder, InnerSystems.Gateway.Value);
        if (secret is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(world.folder, secret), SharedSecret);
        }

        var settings = new RoomSettings
        {
            Issuer = world.Issuer.Address,
            Gateway = new Uri("http://gateway.test/"),
            Portal = new Uri("http://portal.test/"),
            Consent = world.Consent.Address,
            Adapters = source ?? world.Source.Address,
            DataDirectory = world.folder,
            KeyDirectory = world.folder,
            Catalogue = catalogue ?? Law,
            Deployment = deployment ?? Some.Deployment,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(options ?? new Dictionary<string, string?>()).Build();
        world.start = async () =>
        {
            var builder = RoomApplication.CreateBuilder("gateway", settings, configuration, "http://127.0.0.1:0");
            builder.AddGateway(settings);
            builder.Services.AddSingleton(clock ?? TimeProvider.System);
            configure?.Invoke(builder);
            var app = builder.Build();
            app.UseRoomDefaults();
            app.MapGateway();
            await app.StartAsync();
            return app;
        };
        world.app = await world.start();
        world.Consent.Set(Some.Aino, Some.Counselled);
        world.Source.Resources.AddRange([Some.Patient(Some.Aino), Some.Restriction(Some.Aino), Some.Goal(Some.Aino), Some.Measure(Some.Aino), Some.Diagnosis(Some.Aino)]);
        return world;
    }

    /// <summary>Another replica of the gateway on the same keys, consent service and source; the test's to dispose of.</summary>
    public Task<WebApplication> TwinAsync() => start!();

    /// <summary>Closes the gateway and opens it again.</summary>
    public async Task RestartAsync()
    {
        await app!.DisposeAsync();
        app = await start!();
    }

    /// <summary>A part of the gateway itself.</summary>
    internal T Part<T>()
        where T : class => app!.Services.GetRequiredService<T>();

    public string Token(string system = "kuopio-portal", string role = "exercise-counsellor", string organisation = "kuopio", string purpose = "exercise-counselling", string professional = "ohjaaja-salmi") =>
        Issuer.SystemToken(system, Scopes.Exchange, new BusinessContext
        {
            SubjectId = ProfessionalId.Parse(professional),
            SubjectName = "Sari Salmi",
            SubjectRole = RoleId.Parse(role),
            OrganisationId = OrganisationId.Parse(organisation),
            PurposeOfUse = [PurposeId.Parse(purpose)],
        });

    public string DoctorToken() => Token("pohjois-savo-record", "health-professional", "pohjois-savo");

    public Task<RawAnswer> GetAsync(string path, string? token = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path)), token);

    public Task<RawAnswer> SearchAsync(string path, string form, string? token = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") }, token);

    public Task<RawAnswer> PostAsync(string path, string json, string? token = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new StringContent(json, Encoding.UTF8, "application/fhir+json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return SendAsync(request, token);
    }

    /// <summary>Takes a step of a task.</summary>
    public Task<RawAnswer> PatchAsync(string path, string patch, string? tag, string? token = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(Address, path)) { Content = new StringContent(patch, Encoding.UTF8, "application/json-patch+json") };
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return SendAsync(request, token);
    }

    /// <summary>Sends a request with a token; a request with its own Sisote-Context keeps it.</summary>
    public async Task<RawAnswer> SendAsync(HttpRequestMessage request, string? token = null)
    {
        if (token is not { Length: 0 })
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token());
        }

        if (!request.Headers.Contains("Sisote-Context"))
        {
            request.Headers.Add("Sisote-Context", "necessity-statement=\"planning\", relation-verified, human-release=\"ohjaaja-salmi\"");
        }

        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        return new RawAnswer((int)answer.StatusCode, $"{answer.Headers}{answer.Content.Headers}", body);
    }

    /// <summary>The counsellor's handle of a client at the record.</summary>
    public async Task<string> HandleOfAsync(string hetu, string? token = null)
    {
        var answer = await SearchAsync("fhir/pohjois-savo-record/Patient/_search", $"identifier=urn:oid:1.2.246.21|{hetu}", token);
        return (string)Some.Parse(answer.Body)["entry"]![0]!["resource"]!["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app!.DisposeAsync();
        await Source.DisposeAsync();
        await Consent.DisposeAsync();
        await Issuer.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
