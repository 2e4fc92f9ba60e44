// The linked patients of another server's compartment tests, in the register behind our gateway.
using System.Text.Json.Nodes;
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

    private static readonly string[] Identifiers = ["010190-901R", "020285-902X", "030386-903N", "040487-904D"];
    private readonly Dictionary<string, string> identifiers = [];
    private readonly Dictionary<string, string> names = []; // of a register id
    private readonly Dictionary<string, string> handles = []; // of a name
    private readonly Dictionary<string, string> known = []; // name of a handle

    private SmartWorld(GatewayWorld world) => World = world;

    internal GatewayWorld World { get; }

    internal static async Task<SmartWorld> OpenAsync(string folder)
    {
        var smart = new SmartWorld(await GatewayWorld.OpenAsync(catalogue: ItemMasksTests.With(GatewayWorld.Catalogue, EveryMeasure())));
        smart.World.Source.Resources.Clear();
        var resources = Directory.EnumerateFiles(Path.Combine(folder, "bundles"), "Smart*.json").Order(StringComparer.Ordinal)
            .SelectMany(static file => JsonNode.Parse(File.ReadAllText(file))!["entry"]!.AsArray().Select(static entry => entry!["resource"]!.AsObject())).ToArray();
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
    internal bool IsOf(string name, string patient) => name == patient || name.StartsWith(patient.Replace("smart-patient-", "smart-observation-", StringComparison.Ordinal), StringComparison.Ordinal);

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static Sisote.Policy.Catalogues.DataItem EveryMeasure()
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
