// Resources that nobody here wrote.
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Minimising;

/// <summary>The FHIR R4 resources of the outside test data, one by one; those in Bundles too.</summary>
internal static class Corpora
{
    internal static readonly string[] Folders = ["fhir-r4-official", "hl7-fi-base", "hl7-physical-activity", "synthea-r4"];

    /// <summary>All resources of a folder, with their types.</summary>
    internal static IEnumerable<(string Type, byte[] Text)> Read(string folder) =>
        from file in Directory.GetFiles(SharedData.Require(folder), "*.json", SearchOption.AllDirectories)
        from resource in ResourcesIn(JsonNode.Parse(File.ReadAllText(file)))
        let type = (string?)resource["resourceType"]
        where type is not null
        select (type, Encoding.UTF8.GetBytes(resource.ToJsonString(Readable)));

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<JsonObject> ResourcesIn(JsonNode? root) => root switch
    {
        JsonObject bundle when bundle["entry"] is JsonArray entries => entries.Select(static entry => entry?["resource"]).OfType<JsonObject>().Prepend(bundle),
        JsonObject resource => [resource],
        _ => [],
    };
}
