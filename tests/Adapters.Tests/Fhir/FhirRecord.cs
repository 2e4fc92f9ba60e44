// A simulated FHIR record for one test, and a house with it connected.
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Policy.Deployments;
using Sisote.Simulators;

namespace Sisote.Tests.Adapters.Fhir;

/// <summary>The record; what it holds at first is the test's own list of resources.</summary>
internal sealed class FhirRecord : IAsyncDisposable
{
    public const string Category = SectorHouse.Category;
    public const string Id = "toinen-tietue";
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-fhir-").FullName;
    private RunningSimulators? running;

    public Uri Address => new(running!.HttpAddress("fhir"), "fhir");

    public int Port => Address.Port;

    public string Folder => Path.Combine(folder, "fhir");

    public string ApiKeyFile => Path.Combine(Folder, "api-key");

    public string AccountsFile => Path.Combine(folder, "fhir.credentials");

    public static async Task<FhirRecord> StartAsync(params IEnumerable<JsonObject> resources)
    {
        var record = new FhirRecord();
        Directory.CreateDirectory(record.Folder);
        await File.WriteAllTextAsync(Path.Combine(record.Folder, "seed.json"), new JsonArray([.. resources]).ToJsonString());
        await record.OpenAsync();
        return record;
    }

    /// <summary>The record as the demonstration opens it.</summary>
    public static async Task<FhirRecord> StartAsItIsAsync()
    {
        var record = new FhirRecord();
        await record.OpenAsync();
        return record;
    }

    /// <summary>Stops the record and starts it again over the same files, at another port unless the same is asked for.</summary>
    public async Task RestartAsync(bool samePort = false)
    {
        var port = samePort ? Port : 0;
        await running!.DisposeAsync();
        await OpenAsync(port);
    }

    /// <summary>An entry of the deployment file for this record.</summary>
    public SystemEntry Entry(params (string Name, string Value)[] more) => SectorHouse.Entry(Id, "fhir", "kuopio",
        [.. new[] { ("address", Address.AbsoluteUri), ("reads", "Patient,Flag,Goal,CarePlan,ServiceRequest,Task,Observation"), ("writes", "Patient,ServiceRequest,Flag,Goal,CarePlan,Task"), ("apiKeyFile", ApiKeyFile) }
            .Where(standard => !more.Any(own => own.Name == standard.Item1 || (standard.Item1 == "apiKeyFile" && own.Name is "keyFile" or "basicFile" or "bearerFile"))), .. more]);

    /// <summary>A house that has the record among its systems.</summary>
    public Task<SectorHouse> HouseAsync(params (string Name, string Value)[] more) => SectorHouse.StartAsync((systems, _) => systems.Add(Entry(more)));

    /// <summary>What the record itself has of a type.</summary>
    public async Task<List<JsonObject>> NativeAsync(string type)
    {
        using var client = SectorHouse.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address + $"/{type}/_search")) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("X-Api-Key", await File.ReadAllTextAsync(ApiKeyFile));
        using var answer = await client.SendAsync(request);
        return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["entry"]!.AsArray().Select(static entry => entry!["resource"]!.AsObject())];
    }

    /// <summary>Writes as the record's own users do.</summary>
    public async Task PutAsync(JsonObject resource)
    {
        using var client = SectorHouse.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Address + $"/{resource["resourceType"]}/{resource["id"]}")) { Content = new StringContent(resource.ToJsonString(), Encoding.UTF8, "application/fhir+json") };
        request.Headers.Add("X-Api-Key", await File.ReadAllTextAsync(ApiKeyFile));
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    public static JsonObject Person(string id, string hetu, string system = "urn:oid:1.2.246.21") => new()
    {
        ["resourceType"] = "Patient",
        ["id"] = id,
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = system, ["value"] = hetu }, new JsonObject { ["system"] = "http://record.example/number", ["value"] = "4711" }),
        ["name"] = new JsonArray(new JsonObject { ["family"] = "Aaltonen", ["given"] = new JsonArray("Aino", "Maria") }),
    };

    public static JsonObject Flag(string id, string patient, string category = "exercise-restriction", string code = "avoid-heavy-lifting", string system = Category) => new()
    {
        ["resourceType"] = "Flag",
        ["id"] = id,
        ["status"] = "active",
        ["category"] = new JsonArray(Concept(system, category)),
        ["code"] = Concept(system, code),
        ["subject"] = new JsonObject { ["reference"] = $"Patient/{patient}" },
    };

    public static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code, ["display"] = "Canary words" }), ["text"] = "Canary words" };

    public async ValueTask DisposeAsync()
    {
        await running!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task OpenAsync(int port = 0) => running = await SimulatorsRoom.StartAsync([new SimulatorEntry { Kind = "fhir", HttpPort = port }], new SimulatorSettings { DataDirectory = folder }, CancellationToken.None);
}
