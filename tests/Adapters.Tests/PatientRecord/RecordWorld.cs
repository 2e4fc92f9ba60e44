// A simulated record, the adapters room and an issuer, all real and on free ports.
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sisote.Adapters;
using Sisote.Adapters.Facade;
using Sisote.Adapters.PatientRecord;
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Doors.Adapters;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Simulators;
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.PatientRecord;

/// <summary>One test's world. The gateway is a real HTTP listener that keeps what it gets and answers what the test says.</summary>
internal sealed class RecordWorld : IAsyncDisposable
{
    public const string Aino = "120385-911F";
    public const string Eino = "040258-923X";

    private readonly string folder = Directory.CreateTempSubdirectory("sisote-record-").FullName;
    private readonly HttpClientHandler handler = new();
    private TestIssuer issuer = null!;
    private WebApplication gateway = null!;
    private WebApplication adapters = null!;

    public RunningSimulators Simulators { get; private set; } = null!;

    public List<(string Path, string Body, string Authorization, string Context, string Key)> AtGateway { get; } = [];

    /// <summary>The diagnostics of the adapters.</summary>
    public ToldLines Told { get; } = new();

    public int GatewayAnswers { get; set; } = 200;

    public string? GatewaySays { get; set; }

    public HttpClient Http { get; private set; } = null!;

    public int ReferralPort => ((PatientRecordSystem)adapters.Services.GetRequiredService<SourceSystems>().Find("pohjois-savo-record")!).ReferralPort!.Value;

    public static async Task<RecordWorld> OpenAsync(Uri? sendMllp = null, string? mapping = null, Uri? documents = null)
    {
        var world = new RecordWorld();
        await world.StartAsync(sendMllp, mapping, documents);
        return world;
    }

    public async Task StartSimulatorsAsync() => Simulators = await SimulatorsRoom.StartAsync(
        [new SimulatorEntry { Kind = "patient-record", HttpPort = 0 }], new SimulatorSettings { DataDirectory = folder }, default);

    public async Task<HttpResponseMessage> SearchAsync(string type, string parameters, string? caller = null)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, $"pohjois-savo-record/{type}/_search") { Content = new StringContent(parameters, Encoding.UTF8, "application/x-www-form-urlencoded") };
        return await SendAsync(call, caller);
    }

    public async Task<List<Resource>> FindAsync(string type, string hetu, string more = "")
    {
        var parameter = type == "Patient" ? "identifier" : "patient:identifier";
        using var answer = await SearchAsync(type, $"{Uri.EscapeDataString(parameter)}={Uri.EscapeDataString($"urn:oid:1.2.246.21|{hetu}")}{more}");
        Assert.Equal(200, (int)answer.StatusCode);
        var bundle = Assert.IsType<Bundle>(FhirBody.Parse(await answer.Content.ReadAsByteArrayAsync()));
        return [.. bundle.Entry.Select(static entry => entry.Resource!)];
    }

    public async Task<HttpResponseMessage> GetAsync(string path) => await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), null);

    public async Task<HttpResponseMessage> CreateAsync(Resource body, string rule = "EX-03", string key = "key-1", string? type = null)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, type is null ? "pohjois-savo-record" : $"pohjois-savo-record/{type}")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, FhirBody.Options)),
        };
        call.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        call.Headers.Add("Idempotency-Key", key);
        call.Headers.Add(SenderInfo.Header, Sender(rule).ToHeader());
        return await SendAsync(call, null);
    }

    public async Task<HttpResponseMessage> AsDoctorAsync(HttpMethod method, string path, Dictionary<string, string>? form = null, string user = "dr-harju")
    {
        var line = (await File.ReadAllLinesAsync(Path.Combine(folder, "patient-record.credentials"))).Single(line => line.StartsWith(user + ":", StringComparison.Ordinal));
        using var call = new HttpRequestMessage(method, new Uri(Simulators.HttpAddress("patient-record"), path)) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        call.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
        return await Http.SendAsync(call);
    }

    public async Task<JsonElement> NativeDocumentsAsync(string hetu = Aino)
    {
        using var answer = await AsDoctorAsync(HttpMethod.Post, "view/documents", new() { ["hetu"] = hetu });
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await adapters.DisposeAsync();
        await gateway.DisposeAsync();
        await Simulators.DisposeAsync();
        await issuer.DisposeAsync();
        Http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync(Uri? sendMllp, string? mapping, Uri? documents)
    {
        await StartSimulatorsAsync();
        issuer = await TestIssuer.StartAsync();
        gateway = await StartGatewayAsync();
        SystemKey.Ensure(Path.Combine(folder, "keys"), "pohjois-savo-record");
        SystemKey.Ensure(Path.Combine(folder, "keys"), InnerSystems.Adapters.Value);
        var settings = new RoomSettings
        {
            Issuer = issuer.Address,
            Gateway = new Uri(gateway.Urls.First() + "/"),
            Portal = issuer.Address,
            Consent = new Uri(gateway.Urls.First() + "/"), // it keeps and answers all that is posted to it
            Adapters = issuer.Address,
            DataDirectory = folder,
            KeyDirectory = Path.Combine(folder, "keys"),
            Catalogue = Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue,
            Deployment = Deployment(sendMllp ?? new Uri($"mllp://127.0.0.1:{Simulators.MllpPort("patient-record")}"), documents ?? Simulators.HttpAddress("patient-record"), mapping),
        };
        var builder = RoomApplication.CreateBuilder("adapters", settings, new ConfigurationBuilder().AddInMemoryCollection().Build(), "http://127.0.0.1:0");
        builder.Services.AddSingleton<ILoggerFactory>(Told);
        builder.AddAdapters(settings);
        adapters = builder.Build();
        adapters.UseRoomDefaults();
        adapters.MapAdapters();
        await adapters.StartAsync();
        Http = new HttpClient(handler) { BaseAddress = new Uri(adapters.Urls.First() + "/") };
        Simulators.SendTo("patient-record", new Uri($"mllp://127.0.0.1:{ReferralPort}"));
    }

    private async Task<WebApplication> StartGatewayAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/{**path}", async (HttpContext call) =>
        {
            using var reader = new StreamReader(call.Request.Body);
            var headers = call.Request.Headers;
            AtGateway.Add((call.Request.Path, await reader.ReadToEndAsync(), headers.Authorization!, headers["Sisote-Context"]!, headers["Idempotency-Key"]!));
            return GatewaySays is { } body ? Results.Text(body, "application/problem+json", statusCode: GatewayAnswers) : Results.StatusCode(GatewayAnswers);
        });
        await app.StartAsync();
        return app;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage call, string? caller)
    {
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issuer.SystemToken(caller ?? "sisote-gateway", Scopes.Inner));
        return await Http.SendAsync(call);
    }

    private static SenderInfo Sender(string rule) => new()
    {
        System = SystemId.Parse("kuopio-portal"),
        Organisation = OrganisationId.Parse("kuopio"),
        OrganisationName = "Kuopion kaupunki",
        Role = RoleId.Parse("exercise-counsellor"),
        Professional = ProfessionalId.Parse("ohjaaja-salmi"),
        ProfessionalName = "Sami Salmi",
        Rule = RuleId.Parse(rule),
    };

    private static Deployment Deployment(Uri sendMllp, Uri documents, string? mapping)
    {
        var settings = new Dictionary<string, string>
        {
            ["documents"] = documents.AbsoluteUri,
            ["credentials"] = "patient-record.credentials",
            ["sendMllp"] = sendMllp.AbsoluteUri,
            ["listenMllp"] = "mllp://127.0.0.1:0",
            ["referralTargets"] = "LIIKUNTA-KUOPIO=kuopio-liikunta",
            ["timeoutSeconds"] = "2",
        };
        if (mapping is not null)
        {
            settings["mapping"] = mapping;
        }

        return new Deployment
        {
            Organisations = [],
            Systems =
            [
                new SystemEntry
                {
                    Id = SystemId.Parse("pohjois-savo-record"),
                    Organisation = OrganisationId.Parse("pohjois-savo"),
                    Sector = SectorId.Parse("health"),
                    ActsAs = RoleId.Parse("health-professional"),
                    Name = new LocalisedText { Fi = "Potilastieto", Sv = "Patientjournal", En = "Patient record" },
                    Adapter = new AdapterEntry { Kind = "patient-record", Settings = settings.ToImmutableSortedDictionary() },
                },
                new SystemEntry
                {
                    Id = SystemId.Parse("kuopio-liikunta"),
                    Organisation = OrganisationId.Parse("kuopio"),
                    Sector = SectorId.Parse("municipal-sports"),
                    ActsAs = RoleId.Parse("exercise-counsellor"),
                    Name = new LocalisedText { Fi = "Liikuntaneuvonta", Sv = "Motionsrådgivning", En = "Exercise counselling" },
                },
            ],
        };
    }
}
