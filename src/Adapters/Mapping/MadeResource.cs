// Makes an R4 resource of the JSON that a mapping built.
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Adapters.Facade;

namespace Sisote.Adapters.Mapping;

/// <summary>The model's own checks on what was made: they hold for a mapped resource as for one that came from outside.</summary>
internal static class MadeResource
{
    /// <summary>The resource, or null with the names of the checks that failed; never a value.</summary>
    public static Resource? Parse(JsonObject made, out string what)
    {
        what = string.Empty;
        try
        {
            return JsonSerializer.Deserialize<Resource>(made, FhirBody.Options);
        }
        catch (DeserializationFailedException fault)
        {
            what = string.Join(", ", fault.Exceptions.Select(static one => one.ErrorCode).Distinct(StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            what = "no resource";
        }

        return null;
    }

    /// <summary>A resource as JSON.</summary>
    public static JsonObject ToJson(Resource resource) => (JsonObject)JsonSerializer.SerializeToNode(resource, FhirBody.Options)!;
}
