// The adapters' room with real simulators behind it, on free ports.
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sisote.Adapters;
using Sisote.Adapters.Facade;
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

namespace Sisote.Tests.Adapters;

/// <summary>Starts issuer, simulators and the adapters' room; asks the facade as the gateway would.</summary>
internal sealed class SectorHouse : IAsyncDisposable
{
    public const string Aino = "120385-911F";
    public const string Eino = "040258-923X";
    public const string Lumi = "150914A934N";
    public const string Onni = "230790-9456";
    public const string Category = "https://sisote.example/fhir/CodeSystem/category";

    private static readonly SocketsHttpHandler Handler = new();
    private readonly TestIssuer issuer;
    private readonly Func<Task<WebApplication>> open;
    private WebApplication app;

    private SectorHouse(TestIssuer issuer, WebApplication app, Func<Task<WebApplication>> open, RunningSimulators simulators, string folder)
    {
        this.issuer = issuer;
        this.app = app;
        this.open = open;
        Simulators = simulators;
        Folder = folder;
    }

    public RunningSimulators Simulators { get; }

    public string Folder { get; }

    public HttpClient Native { get; } = NewClient();

    /// <summary>The rule under which entries come.</summary>
    public string Rule { get; init; } = "EX-01";

    public static HttpClient NewClient() => new(Handler, disposeHandler: false);

    /// <summary>Starts the house; <paramref name="adjust"/> may change or add systems, and a quiet one tells no diagnostics.</summary>
    public static async Task<SectorHouse> StartAsync(Func<ImmutableArray<SystemEntry>, string, ImmutableArray<SystemEntry>>? adjust = null, Uri? gateway = null, Uri? consent = null, string rule = "EX-01", bool quiet = false, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-sector-").FullName;
        var simulators = await SimulatorsRoom.StartAsync(
            [new() { Kind = "exercise", HttpPort = 0 }, new() { Kind = "school", HttpPort = 0 }, new() { Kind = "student-welfare", HttpPort = 0 }],
            new SimulatorSettings { DataDirectory = Path.Combine(folder, "simulators") },
            CancellationToken.None);
        var systems = Systems(simulators);
        var issuer = await TestIssuer.StartAsync();
        var adjusted = adjust?.Invoke(systems, folder) ?? systems;
        Task<WebApplication> OpenRoomAsync() => OpenAsync(issuer, adjusted, folder, gateway ?? new Uri("http://127.0.0.1:1/"), consent ?? new Uri("http://127.0.0.1:1/"), quiet, clock);
        return new SectorHouse(issuer, await OpenRoomAsync(), OpenRoomAsync, simulators, folder) { Rule = rule };
    }

    /// <summary>Closes the room and opens it again on the same files; whoever calls meanwhile finds nobody.</summary>
    public async Task RestartAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        app = await open();
    }

    /// <summary>An entry of the deployment file.</summary>
    public static SystemEntry Entry(string id, string kind, string organisation, params (string Name, string Value)[] settings) => new()
    {
        Id = SystemId.Parse(id),
        Organisation = OrganisationId.Parse(organisation),
        Sector = SectorId.Parse("any"),
        ActsAs = RoleId.Parse("any"),
        Name = new LocalisedText { Fi = id, Sv = id, En = id },
        Adapter = new AdapterEntry { Kind = kind, Settings = settings.ToImmutableSortedDictionary(static pair => pair.Name, static pair => pair.Value) },
    };

    public TSystem Source<TSystem>(string id)
        where TSystem : class => (TSystem)app.Services.GetRequiredService<SourceSystems>().Find(id)!;

    /// <summary>Searches as the gateway does and gives status and resources.</summary>
    public async Task<(int Status, List<Resource> Found, string Body)> SearchAsync(string system, string type, params (string Name, string Value)[] parameters)
    {
        using var content = new FormUrlEncodedContent(parameters.Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var answer = await SendAsync(HttpMethod.Post, $"{system}/{type}/_search", content);
        var body = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, FhirBody.Parse(Encoding.UTF8.GetBytes(body)) is Bundle bundle ? [.. bundle.Entry.Select(static entry => entry.Resource!)] : [], body);
    }

    public Task<(int Status, List<Resource> Found, string Body)> SearchClientAsync(string system, string type, string hetu) =>
        SearchAsync(system, type, (type == "Patient" ? "identifier" : "patient:identifier", $"{Hetu.System}|{hetu}"));

    public async Task<(int Status, Resource? Found)> ReadAsync(string system, string type, string id)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{system}/{type}/{id}", null);
        return ((int)answer.StatusCode, FhirBody.Parse(await answer.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>Delivers resources as the gateway does: one alone, several as a transaction; gives status and the new places.</summary>
    public Task<(int Status, List<string> Places, string Body)> CreateAsync(string system, string key, params Resource[] resources) => CreateAsync(system, key, resources, default);

    /// <summary>The same, with a patience that may end before the answer.</summary>
    public async Task<(int Status, List<string> Places, string Body)> CreateAsync(string system, string key, Resource[] resources, CancellationToken patience)
    {
        Resource body = resources is [var only] ? only : Transaction(resources);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, FhirBody.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var answer = await SendAsync(HttpMethod.Post, resources.Length == 1 ? $"{system}/{body.TypeName}" : system, content, key, cancellation: patience);
        var text = await answer.Content.ReadAsStringAsync(patience);
        var places = FhirBody.Parse(Encoding.UTF8.GetBytes(text)) is Bundle bundle ? bundle.Entry.Select(static entry => entry.Response!.Location!).ToList()
            : answer.Headers.Location is { } place ? [place.OriginalString] : [];
        return ((int)answer.StatusCode, places, text);
    }

    /// <summary>Delivers a transaction whose resources have names.</summary>
    public async Task<(int Status, string Body)> TransactAsync(string system, string key, params (string Name, Resource Resource)[] entries)
    {
        var bundle = Transaction(entries.Select(static entry => entry.Resource));
        foreach (var (entry, name) in bundle.Entry.Zip(entries, static (entry, named) => (entry, named.Name)))
        {
            entry.FullUrl = name;
        }

        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(bundle, FhirBody.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var answer = await SendAsync(HttpMethod.Post, system, content, key);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Takes a step of a task as the gateway does; gives status and the version after it.</summary>
    public async Task<(int Status, string? Tag, string Body)> ChangeAsync(string system, string id, string tag, Resource task, string key)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(task, FhirBody.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var answer = await SendAsync(HttpMethod.Patch, $"{system}/Task/{id}", content, key, tag);
        return ((int)answer.StatusCode, answer.Headers.ETag?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Status of a plain reading of a door of the room, as a system or as nobody.</summary>
    public async Task<int> AskAsync(string path, string? caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.First() + "/"), path));
        request.Headers.Authorization = caller is null ? null : new AuthenticationHeaderValue("Bearer", issuer.SystemToken(caller, Scopes.Inner));
        using var answer = await Native.SendAsync(request);
        return (int)answer.StatusCode;
    }

    /// <summary>A call to a simulator as its own other systems make it.</summary>
    public async Task<(int Status, string Body)> AskNativeAsync(string kind, HttpMethod method, string path, HttpContent? content = null, string? user = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Simulators.HttpAddress(kind), path)) { Content = content };
        if (user is null)
        {
            request.Headers.Add("X-Api-Key", await File.ReadAllTextAsync(Path.Combine(Folder, "simulators", kind, "api-key")));
        }
        else
        {
            var line = File.ReadLines(Path.Combine(Folder, "simulators", kind + ".credentials")).First(line => line.StartsWith(user + ":", StringComparison.Ordinal));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
        }

        using var answer = await Native.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await issuer.DisposeAsync();
        await Simulators.DisposeAsync();
        Native.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static ImmutableArray<SystemEntry> Systems(RunningSimulators simulators) =>
    [
        Entry("kuopio-liikunta", "exercise-counselling", "kuopio", ("address", simulators.HttpAddress("exercise") + "api/v1"), ("apiKeyFile", "simulators/exercise/api-key")),
        Entry("kuopio-koulu", "school", "kuopion-koulut",
            ("rosterAddress", simulators.HttpAddress("school") + "ims/oneroster/rostering/v1p2"), ("tokenAddress", simulators.HttpAddress("school") + "oauth/token"),
            ("clientId", "integration"), ("clientSecretFile", "simulators/school/client-secret"),
            ("inboxAddress", simulators.HttpAddress("school").AbsoluteUri), ("inboxKeyFile", "simulators/school/api-key"), ("schoolForm", "basic")),
        Entry("kuopio-opiskeluhuolto", "student-welfare", "pohjois-savo",
            ("address", simulators.HttpAddress("student-welfare").AbsoluteUri), ("apiKeyFile", "simulators/student-welfare/api-key"),
            ("noticeListen", "http://127.0.0.1:0"), ("noticeKeyFile", "simulators/student-welfare/outgoing-key"), ("noticeSchool", "kuopio-koulu")),
    ];

    private static async Task<WebApplication> OpenAsync(TestIssuer issuer, ImmutableArray<SystemEntry> systems, string folder, Uri gateway, Uri consent, bool quiet, TimeProvider? clock)
    {
        var keys = Path.Combine(folder, "keys");
        SystemKey.Ensure(keys, "kuopio-opiskeluhuolto");
        SystemKey.Ensure(keys, InnerSystems.Adapters.Value);
        var settings = new RoomSettings
        {
            Issuer = issuer.Address,
            Gateway = gateway,
            Portal = new Uri("http://127.0.0.1:1/"),
            Consent = consent,
            Adapters = new Uri("http://127.0.0.1:1/"),
            DataDirectory = folder,
            KeyDirectory = keys,
            Catalogue = Mapping.MappingSamples.Catalogue,
            Deployment = new Deployment { Organisations = [], Systems = systems },
        };
        var builder = RoomApplication.CreateBuilder("adapters", settings, new ConfigurationBuilder().AddInMemoryCollection().Build(), "http://127.0.0.1:0");
        if (quiet)
        {
            builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        }

        builder.AddAdapters(settings);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        var app = builder.Build();
        app.UseRoomDefaults();
        app.MapAdapters();
        await app.StartAsync();
        return app;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? key = null, string? tag = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(app.Urls.First() + "/"), path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issuer.SystemToken(InnerSystems.Gateway.Value, Scopes.Inner));
        if (tag is not null)
        {
            request.Headers.Add("If-Match", tag);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Headers.Add(SenderInfo.Header, new SenderInfo
            {
                System = SystemId.Parse("pohjois-savo-record"),
                Organisation = OrganisationId.Parse("pohjois-savo"),
                OrganisationName = "Pohjois-Savon hyvinvointialue",
                Role = RoleId.Parse("health-professional"),
                Professional = ProfessionalId.Parse("dr-harju"),
                ProfessionalName = "Helmi Harju",
                Rule = RuleId.Parse(Rule),
            }.ToHeader());
        }

        return await Native.SendAsync(request, cancellation);
    }

    private static Bundle Transaction(IEnumerable<Resource> resources) => new()
    {
        Type = Bundle.BundleType.Transaction,
        Entry = [.. resources.Select(static resource => new Bundle.EntryComponent
        {
            Resource = resource,
            Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = resource.TypeName },
        })],
    };
}
