// The real program, running for the tests of a class.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>A <c>sisote</c> process with its own data folder and ports, all diagnostics on, and HTTP to every door of it.</summary>
public class RunningSisote : IAsyncLifetime, IHttpClientFactory
{
    internal const string Record = "pohjois-savo-record";
    internal const string Register = "kuopio-liikunta";
    internal const string Aino = "120385-911F";
    internal const string Eino = "040258-923X";
    internal const string Onni = "230790-9456";

    /// <summary>A sound code that nobody in the demonstration has.</summary>
    internal const string Nobody = "010190-999W";

    /// <summary>The statement that a counsellor sends with each call.</summary>
    internal const string Necessity = "necessity-statement=\"planning the first visit\"";

    private SisoteProcess? process;
    private AccessTokenSource? tokens;

    internal string Data { get; } = Path.Combine(Path.GetTempPath(), "sisote-test-" + Guid.CreateVersion7().ToString("N"));

    internal int Port { get; } = SisoteProcess.FindFreePorts();

    internal Traffic Traffic { get; } = new();

    /// <summary>Settings of the process, besides its folder and ports.</summary>
    protected virtual IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>();

    internal RoomSettings Settings { get; private set; } = null!;

    internal ClientAssertions Assertions { get; private set; } = null!;

    /// <summary>Diagnostics so far (standard error; standard output welcomes people).</summary>
    internal string Diagnostics => process!.Errors;

    internal Uri Gateway => Address(0);

    internal Uri Portal => Address(1);

    internal Uri Identity => Address(2);

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync() => await OpenAsync();

    /// <summary>Opens it, or opens it again on the same data.</summary>
    internal async Task OpenAsync()
    {
        await CloseAsync();
        process = SisoteProcess.Start(["run", "--data", Data, "--port", $"{Port}"], new Dictionary<string, string>(Variables) { ["Sisote__LogLevel"] = "Verbose" }, Path.GetTempPath());
        await process.WaitUntilOpenAsync();
        Connect();
    }

    /// <summary>Reads what the open house wrote for itself, so that it can be talked to.</summary>
    private protected void Connect()
    {
        Settings = ReadSettings();
        Assertions = new ClientAssertions(Settings, TimeProvider.System);
        tokens = new AccessTokenSource(Settings, this, TimeProvider.System);
    }

    /// <summary>Closes it as Ctrl-C does.</summary>
    internal async Task CloseAsync()
    {
        if (process is not null)
        {
            await process.InterruptAsync();
            await process.DisposeAsync();
            process = null;
        }
    }

    /// <summary>Kills it, as a power cut would.</summary>
    internal async Task KillAsync()
    {
        await process!.DisposeAsync();
        process = null;
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(Data, recursive: true);
    }

    /// <inheritdoc />
    public HttpClient CreateClient(string name) => new(Traffic, disposeHandler: false);

    /// <summary>The address of the door that is so many ports after the gateway's.</summary>
    internal Uri Address(int offset) => new($"http://{(offset < 3 ? "localhost" : "127.0.0.1")}:{Port + offset}/");

    /// <summary>Who stands behind the calls of a system.</summary>
    internal static BusinessContext Context(string professional = "ohjaaja-salmi", string role = "exercise-counsellor", string organisation = "kuopio", string purpose = "exercise-counselling") => new()
    {
        SubjectId = ProfessionalId.Parse(professional),
        SubjectRole = RoleId.Parse(role),
        OrganisationId = OrganisationId.Parse(organisation),
        PurposeOfUse = [PurposeId.Parse(purpose)],
    };

    /// <summary>A system's access token, as its own software gets it.</summary>
    internal async Task<string> TokenAsync(string system = Register, BusinessContext? context = null, string scope = Scopes.Exchange) =>
        await tokens!.GetAsync(SystemId.Parse(system), scope, scope == Scopes.Exchange ? context ?? Context() : context, TestContext.Current.CancellationToken);

    /// <summary>Sends a request as it is.</summary>
    internal async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var client = CreateClient(string.Empty);
        using (request)
        {
            using var answer = await client.SendAsync(request);
            var headers = answer.Headers.Concat(answer.Content.Headers).SelectMany(static header => header.Value, static (header, value) => (header.Key, value));
            return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), headers.ToLookup(static header => header.Key, static header => header.value, StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Calls the gateway with a token.</summary>
    internal async Task<Answer> AskAsync(HttpMethod method, string path, HttpContent? body = null, string? token = null, string? context = Necessity)
    {
        var request = new HttpRequestMessage(method, new Uri(Gateway, path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await TokenAsync());
        if (context is not null)
        {
            request.Headers.Add("Sisote-Context", context);
        }

        return await SendAsync(request);
    }

    /// <summary>Reads or searches with GET.</summary>
    internal Task<Answer> GetAsync(string path, string? token = null, string? context = Necessity) => AskAsync(HttpMethod.Get, path, token: token, context: context);

    /// <summary>Sends a resource.</summary>
    internal Task<Answer> PostAsync(string path, JsonNode resource, string? token = null, string? context = Necessity) =>
        AskAsync(HttpMethod.Post, path, new StringContent(resource.ToJsonString(), Encoding.UTF8, "application/fhir+json"), token, context);

    /// <summary>Searches a person by national identifier.</summary>
    internal Task<Answer> FindAsync(string hetu, string source = Record, string? token = null, string? context = Necessity) =>
        AskAsync(HttpMethod.Post, $"fhir/{source}/Patient/_search", new FormUrlEncodedContent([KeyValuePair.Create("identifier", $"{Hetu.System}|{hetu}")]), token, context);

    /// <summary>The handle under which a system knows a person.</summary>
    internal async Task<string> HandleAsync(string hetu, string? token = null)
    {
        var found = await FindAsync(hetu, token: token);
        return Assert.Single(found.Resources)["id"]!.GetValue<string>();
    }

    /// <summary>Calls a sector system at its own door, as one of its users.</summary>
    internal async Task<JsonNode> NativeAsync(int offset, string system, string user, string path, params (string Name, string Value)[]? form)
    {
        var password = (await File.ReadAllLinesAsync(Path.Combine(Data, "simulators", system + ".credentials"))).First(line => line.StartsWith(user + ":", StringComparison.Ordinal));
        var request = new HttpRequestMessage(form is { Length: > 0 } ? HttpMethod.Post : HttpMethod.Get, new Uri(Address(offset), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(password)));
        request.Headers.Accept.ParseAdd("application/json");
        request.Content = form is { Length: > 0 } ? new FormUrlEncodedContent(form.Select(static pair => KeyValuePair.Create(pair.Name, pair.Value))) : null;
        var answer = await SendAsync(request);
        Assert.True((int)answer.Status < 300, $"{system} {path}: {(int)answer.Status} {answer.Body}");
        return answer.Json;
    }

    private RoomSettings ReadSettings()
    {
        var catalogue = ((CatalogueReading.Loaded)CatalogueReader.ReadEmbedded()).Catalogue;
        var deployment = Assert.IsType<DeploymentReading.Loaded>(DeploymentReader.Read("sisote.yaml", File.ReadAllText(Path.Combine(Data, "sisote.yaml")), catalogue));
        return new RoomSettings
        {
            Issuer = Identity,
            Gateway = Gateway,
            Portal = Portal,
            Consent = Address(3),
            Adapters = Address(4),
            DataDirectory = Data,
            KeyDirectory = Path.Combine(Data, "keys"),
            Demo = true,
            Catalogue = catalogue,
            Deployment = deployment.Deployment,
        };
    }
}
