// The real room on a real port with a real database, and callers with real tokens.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sisote.Consent;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent;

/// <summary>Which database a test runs on.</summary>
public enum DatabaseKind
{
    /// <summary>The embedded one.</summary>
    Sqlite,

    /// <summary>The server.</summary>
    Postgres,
}

/// <summary>An open consent room. <see cref="ReopenAsync"/> closes it and opens it again on the same data.</summary>
internal sealed class OpenRoom : IAsyncDisposable
{
    private readonly TestIssuer issuer;
    private readonly Dictionary<string, string?> configuration;
    private readonly List<HttpClient> callers = [];
    private WebApplication app;

    private OpenRoom(TestIssuer issuer, string folder, Dictionary<string, string?> configuration, WebApplication app) =>
        (this.issuer, Folder, this.configuration, this.app) = (issuer, folder, configuration, app);

    public string Folder { get; }

    public string Database => configuration["Sisote:Consent:Database"]!;

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Who watches whose log, from the next opening on.</summary>
    public WitnessingEntry? Witnessing { get; set; }

    /// <summary>The law, from the next opening on.</summary>
    public LegalCatalogue Catalogue { get; set; } = Some.Catalogue();

    /// <summary>Who is connected, from the next opening on.</summary>
    public Deployment Deployment { get; set; } = Some.Deployment();

    public IServiceProvider Services => app.Services;

    public WebApplication Application => app;

    public HttpClient Gateway => SystemCaller("sisote-gateway");

    public HttpClient Operator => SystemCaller("sisote-operator");

    public static Task<OpenRoom> OpenAsync(DatabaseKind kind, PostgresFixture postgres, params (string Name, string Value)[] more) => OpenAsync(kind, postgres, null, more);

    /// <summary>A room under another law.</summary>
    public static async Task<OpenRoom> OpenAsync(DatabaseKind kind, PostgresFixture postgres, (LegalCatalogue Catalogue, Deployment Deployment)? law, params (string Name, string Value)[] more)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-consent-").FullName;
        var configuration = new Dictionary<string, string?>
        {
            ["Sisote:LogFile"] = Path.Combine(folder, "diagnostics.log"),
            ["Sisote:LogLevel"] = "Verbose",
            ["Sisote:Consent:Database"] = kind == DatabaseKind.Sqlite ? "sqlite:" + Path.Combine(folder, "consent.db") : "postgres:" + await postgres.CreateDatabaseAsync(),
            ["Sisote:Consent:MigrateAtStart"] = "true",
            ["Sisote:Consent:MakeKeys"] = "true",
        };
        foreach (var (name, value) in more)
        {
            configuration["Sisote:Consent:" + name] = value;
        }

        var room = new OpenRoom(await TestIssuer.StartAsync(), folder, configuration, null!);
        if (law is { } chosen)
        {
            (room.Catalogue, room.Deployment) = chosen;
        }

        room.app = await room.StartAsync();
        return room;
    }

    public Task ReopenAsync() => ReopenOnAsync(Database);

    /// <summary>The same on another database.</summary>
    public async Task ReopenOnAsync(string database)
    {
        configuration["Sisote:Consent:Database"] = database;
        await app.DisposeAsync();
        callers.Clear();
        app = await StartAsync();
    }

    public HttpClient SystemCaller(string system, string scope = Scopes.Inner) => Caller(issuer.SystemToken(system, scope));

    /// <summary>A connected system with a professional behind the call.</summary>
    public HttpClient SystemCaller(string system, string scope, string professional, string role, string organisation) => Caller(issuer.SystemToken(system, scope, new BusinessContext
    {
        SubjectId = ProfessionalId.Parse(professional),
        SubjectRole = RoleId.Parse(role),
        OrganisationId = OrganisationId.Parse(organisation),
        PurposeOfUse = [],
    }));

    public HttpClient Client(string hetu) => Caller(ClientToken(hetu));

    public HttpClient Person(PersonKind kind, string organisation, string professional = "ohjaaja-salmi", string role = "exercise-counsellor") =>
        Caller(issuer.PersonToken(professional, kind, role: role, organisation: organisation, professional: professional));

    /// <summary>A person whose token says the capacity and nothing more.</summary>
    public HttpClient PersonWithout(PersonKind kind) => Caller(issuer.PersonToken("nobody-in-particular", kind));

    public HttpClient Caller(string? token)
    {
        var caller = new HttpClient(Handler, disposeHandler: false) { BaseAddress = new Uri(app.Urls.First()) };
        if (token is not null)
        {
            caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        callers.Add(caller);
        return caller;
    }

    /// <summary>The gateway, or whom the token names, as a caller of another replica.</summary>
    public HttpClient CallerOf(WebApplication replica, string? token = null)
    {
        var caller = new HttpClient(Handler, disposeHandler: false) { BaseAddress = new Uri(replica.Urls.First()) };
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? issuer.SystemToken("sisote-gateway", Scopes.Inner));
        return caller;
    }

    /// <summary>A signed-in client's token.</summary>
    public string ClientToken(string hetu) => issuer.PersonToken("client-" + hetu[..6], PersonKind.Client, hetu);

    public async Task<ClientStateRow> StateAsync(string hetu)
    {
        using var answer = await Gateway.PostAsJsonAsync("/states", new ClientStateQuery { Identifiers = [hetu] }, SisoteJson.Options);
        return (await answer.ReadAsync<ClientStateAnswer>()).States.Single();
    }

    public async Task<AppendResult> AppendAsync(AppendItem item)
    {
        using var answer = await Gateway.PostAsJsonAsync("/log/append", new AppendRequest { Entries = [item] }, SisoteJson.Options);
        return (await answer.ReadAsync<AppendAnswer>()).Results.Single();
    }

    public async Task<IReadOnlyList<AppendResult>> AppendAsync(AppendItem[] items)
    {
        using var answer = await Gateway.PostAsJsonAsync("/log/append", new AppendRequest { Entries = [.. items] }, SisoteJson.Options);
        return (await answer.ReadAsync<AppendAnswer>()).Results;
    }

    public Task<HttpResponseMessage> PostAppendAsync(AppendItem item) =>
        Gateway.PostAsJsonAsync("/log/append", new AppendRequest { Entries = [item] }, SisoteJson.Options);

    public Task<HttpResponseMessage> PostAsync(IEnumerable<AppendItem> items) => Gateway.PostAsJsonAsync("/log/append", new AppendRequest { Entries = [.. items] }, SisoteJson.Options);

    public async Task<ConsentGiven> GiveAsync(string hetu, GiveConsent consent)
    {
        using var answer = await Client(hetu).PostAsJsonAsync("/me/consents", consent, SisoteJson.Options);
        return await answer.ReadAsync<ConsentGiven>();
    }

    /// <summary>Another replica on the same database and keys.</summary>
    public async Task<WebApplication> TwinAsync() => await StartAsync();

    /// <summary>The log's public key as it lies beside the secret one.</summary>
    public NoteVerifier LogKey => NoteVerifier.Parse(File.ReadAllText(Path.Combine(Folder, "keys", "consent.log.vkey")).Trim());

    public async Task<long> LogSizeAsync()
    {
        var note = await Gateway.GetStringAsync("/log/checkpoint");
        Assert.True(Checkpoint.TryOpen(note, LogKey, out var checkpoint));
        return checkpoint.Size;
    }

    public async Task<BundleOutcome> VerifyExportAsync(HttpClient caller)
    {
        using var bundle = await caller.GetAsync("/log/export");
        Assert.Equal(global::System.Net.HttpStatusCode.OK, bundle.StatusCode);
        await using var stream = await bundle.Content.ReadAsStreamAsync();
        return await LogVerifier.VerifyAsync(stream, LogKey, CancellationToken.None);
    }

    /// <summary>Runs SQL as somebody else who reaches the database.</summary>
    public async Task SqlAsync(string sql)
    {
        await using var database = global::Sisote.Consent.Storage.Database.Open(Database, Folder, commandSeconds: 5);
        await using var session = await database.WriteAsync(CancellationToken.None);
        await session.ExecuteAsync(sql, CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await issuer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private static readonly SocketsHttpHandler Handler = new();

    private async Task<WebApplication> StartAsync()
    {
        var settings = new RoomSettings
        {
            Issuer = issuer.Address,
            Gateway = new Uri("http://localhost:8080/"),
            Portal = new Uri("http://localhost:8081/"),
            Consent = new Uri("http://localhost:8083/"),
            Adapters = new Uri("http://localhost:8084/"),
            DataDirectory = Folder,
            KeyDirectory = Path.Combine(Folder, "keys"),
            Catalogue = Catalogue,
            Deployment = Deployment with { Witnessing = Witnessing },
        };
        var builder = RoomApplication.CreateBuilder("consent", settings, new ConfigurationBuilder().AddInMemoryCollection(configuration).Build(), "http://127.0.0.1:0");
        builder.AddConsent(settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        var room = builder.Build();
        room.UseRoomDefaults();
        room.MapConsent();
        await room.StartAsync();
        return room;
    }
}

internal static class Answers
{
    /// <summary>The body of a successful answer.</summary>
    public static async Task<T> ReadAsync<T>(this HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {body}");
        return global::System.Text.Json.JsonSerializer.Deserialize<T>(body, SisoteJson.Options)!;
    }

    /// <summary>The body without the id of the call, which differs between any two answers.</summary>
    public static async Task<string> BodyAsync(this HttpResponseMessage answer)
    {
        var body = global::System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }

    /// <summary>The slug of a problem.</summary>
    public static async Task<string> SlugAsync(this HttpResponseMessage answer)
    {
        using var problem = global::System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("type").GetString()!.Split('/')[^1];
    }
}
