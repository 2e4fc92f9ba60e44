// Opens a record that speaks FHIR R4.
using System.Text.Json.Nodes;
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.Fhir;

/// <summary>A small FHIR R4 server at <c>/fhir</c>. What it holds at its first start is <c>seed.json</c> of its folder (a list of resources), or a few resources about the invented people, among them a diagnosis that is nobody's business outside.</summary>
internal static class FhirSimulator
{
    /// <summary>Makes the server over the files of its folder.</summary>
    public static SimulatorApplication Open(SimulatorPlace place)
    {
        var builder = place.CreateBuilder();
        builder.Services.AddSingleton(_ => new FhirStore(Path.Combine(place.Folder, "resources.jsonl"), place.Clock));
        var app = builder.Build();
        var store = app.Services.GetRequiredService<FhirStore>();
        if (store.IsEmpty)
        {
            Seed(store, Path.Combine(place.Folder, "seed.json"));
        }

        var door = new FhirDoor(new NativeDoor(ApiKey.Open(Path.Combine(place.Folder, "api-key")), place.Accounts), Path.Combine(place.Folder, "clients"), place.Clock);
        FhirApi.Map(app, store, door);
        return new SimulatorApplication(place.Entry.Kind, app);
    }

    private static void Seed(FhirStore store, string file)
    {
        using var first = File.Exists(file) ? File.OpenRead(file) : typeof(FhirSimulator).Assembly.GetManifestResourceStream("fhir/first-resources.json") ?? throw new FileNotFoundException("first-resources.json");
        foreach (var resource in JsonNode.Parse(first)!.AsArray())
        {
            store.Put(resource!.AsObject());
        }
    }
}
