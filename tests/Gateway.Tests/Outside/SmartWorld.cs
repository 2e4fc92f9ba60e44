// The linked patients of another server's compartment tests, in the register behind our gateway.
using System.Text.Json.Nodes;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.Minimising;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>
/// Each patient has a national identifier and each resource an id of ours; a compartment is the one client who is counselled. The law of this world lets every Observation's core leave to the
/// counsellor, so that rows tell of compartments and not of the catalogue's codes.
/// </summary>
internal sealed class SmartWorld : IAsyncDisposable
{
    internal const string Record = "fhir/pohjois-savo-record";

    private static readonly string[] Identifiers = ["010190-901R", "020285-902X", "030386-903N", "040487-904D", "050588-9055", "060689-906W"];
    private readonly Dictionary<string, string> identifiers = [];
    private readonly Dictionary<string, string> names = []; // of a register id
    private readonly Dictionary<string, string> handles = []; // of a name
    private readonly Dictionary<string, string> known = []; // name of a handle
    private readonly Dictionary<string, string> owners = []; // patient of a name

    private SmartWorld(GatewayWorld world) => World = world;

    internal GatewayWorld World { get; }

    internal static async Task<SmartWorld> OpenAsync(string folder)
    {
        var smart = new SmartWorld(await GatewayWorld.OpenAsync(catalogue: ItemMasksTests.With(GatewayWorld.Catalogue, EveryMeasure())));
        smart.World.Source.Resources.Clear();
        var resources = Directory.EnumerateFiles(Path.Combine(folder, "bundles"), "Smart*.json").Order(StringComparer.Ordinal)
            .SelectMany(static file => JsonNode.Parse(File.ReadAllText(file))!["entry"]!.AsArray().Select(static entry => entry!["resource"]!.AsObject())).Concat(Linked()).ToArray();
        foreach (var patient in resources.Where(static resource => (string?)resource["resourceType"] == "Patient"))
        {
            smart.identifiers.Add((string)patient["id"]!, Identifiers[smart.identifiers.Count]);
        }

        foreach (var resource in resources)
        {
            smart.Add(resource.DeepClone().AsObject());
        }

        foreach (var patient in smart.identifiers.Keys)
        {
            await smart.LearnAsync(patient);
        }

        return smart;
    }

    /// <summary>Opens one client's data to the caller and closes all others'.</summary>
    internal void Counsel(string? patient)
    {
        foreach (var (name, identifier) in identifiers)
        {
            World.Consent.Set(identifier, state => name == patient ? Some.Counselled(state) : new ConsentState { Client = state.Client, Revision = state.Revision, AgreementsRevision = state.AgreementsRevision });
        }
    }

    /// <summary>The caller's handle of a resource by its name in the data; a sound one of nothing where there is none.</summary>
    internal string HandleOf(string name) => handles.GetValueOrDefault(name, new string('A', 64));

    /// <summary>The name in the data of what a handle stands for.</summary>
    internal string NameOf(string handle) => known[handle];

    /// <summary>Whose it is, by the data.</summary>
    internal string OwnerOf(string name) => owners[name];

    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>The child and the parent of the rows on leaks, as the rows tell of them: each has Observations, and of each one has the other as its focus.</summary>
    private static IEnumerable<JsonObject> Linked() =>
    [
        Some.Parse("""{"resourceType":"Patient","id":"smart-leak-child","name":[{"family":"Child"}]}"""),
        Some.Parse("""{"resourceType":"Patient","id":"smart-leak-parent","name":[{"family":"Parent"}]}"""),
        Observation("smart-leak-child-obs", "smart-leak-child", null),
        Observation("smart-leak-child-obs-with-outside-focus", "smart-leak-child", "smart-leak-parent"),
        Observation("smart-leak-focus-obs", "smart-leak-parent", "smart-leak-child"),
        Observation("smart-leak-pract-obs", "smart-leak-parent", null),
    ];

    private static JsonObject Observation(string name, string patient, string? focus)
    {
        var observation = Some.Parse($$"""{"resourceType":"Observation","id":"{{name}}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},"subject":{"reference":"Patient/{{patient}}"} }""");
        if (focus is not null)
        {
            observation["focus"] = JsonNode.Parse($$"""[{"reference":"Patient/{{focus}}","display":"smart-leak-display"}]""");
        }

        return observation;
    }

    private static DataItem EveryMeasure()
    {
        var item = GatewayWorld.Catalogue.Items[DataItemId.Parse("exercise-measures")];
        return item with { Selectors = [item.Selectors[0] with { Filters = [], CodeBinding = null }] };
    }

    /// <summary>Puts a patient, or what is about one, into the register; resources about nobody are of types that no item of the law has.</summary>
    private void Add(JsonObject resource)
    {
        var name = (string)resource["id"]!;
        var patient = (string?)resource["resourceType"] == "Patient" ? name : (string?)(resource["subject"] as JsonObject)?["reference"] is ['P', 'a', 't', 'i', 'e', 'n', 't', '/', .. var of] ? of : null;
        if (patient is null || !identifiers.TryGetValue(patient, out var identifier))
        {
            return;
        }

        resource["id"] = $"r{names.Count + 1}";
        names.Add((string)resource["id"]!, name);
        owners.Add(name, patient);
        if (patient == name)
        {
            resource["identifier"] = new JsonArray(new JsonObject { ["system"] = "urn:oid:1.2.246.21", ["value"] = identifier });
        }
        else
        {
            resource["subject"] = JsonNode.Parse(Some.Subject(identifier));
        }

        World.Source.Resources.Add(resource);
    }

    /// <summary>Asks for a client's resources, and for each by its handle: what the gateway then asks the register for is what the handle stands for.</summary>
    private async Task LearnAsync(string patient)
    {
        Counsel(patient);
        Learn(patient, await World.HandleOfAsync(identifiers[patient]));
        foreach (var observation in OutsideRow.Released(await World.GetAsync($"{Record}/Observation?patient={HandleOf(patient)}")))
        {
            var handle = (string)observation["id"]!;
            await World.GetAsync($"{Record}/Observation/{handle}");
            Learn(names[World.Source.Seen[^1].Target.Split('/')[^1]], handle);
        }
    }

    private void Learn(string name, string handle)
    {
        handles[name] = handle;
        known[handle] = name;
    }
}
