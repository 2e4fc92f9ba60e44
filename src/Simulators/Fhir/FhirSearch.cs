// What a search of the record asks for.
using System.Text.Json.Nodes;

namespace Sisote.Simulators.Fhir;

/// <summary>Parameters <c>identifier</c> and <c>patient</c>; each with alternatives.</summary>
/// <param name="Identifiers">Wanted <c>system|value</c>; null = any.</param>
/// <param name="Patient">The Patient's id; null = any.</param>
internal sealed record FhirSearch(string[]? Identifiers, string? Patient)
{
    /// <summary>Reads parameters; null where one is unknown.</summary>
    public static FhirSearch? Read(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var search = new FhirSearch(null, null);
        foreach (var (name, value) in parameters)
        {
            switch (name)
            {
                case "identifier":
                    search = search with { Identifiers = value.Split(',') };
                    break;
                case "patient":
                    search = search with { Patient = value.Split('/')[^1] };
                    break;
                case "_count":
                    break;
                default:
                    return null;
            }
        }

        return search;
    }

    /// <summary>Whether a resource is wanted.</summary>
    public bool Accepts(JsonObject resource) =>
        (Identifiers is null || (resource["identifier"] as JsonArray)?.Any(one => Identifiers.Contains($"{(string?)one!["system"]}|{(string?)one["value"]}")) == true)
        && (Patient is null || (string?)(resource["subject"] ?? resource["patient"] ?? resource["for"])?["reference"] == $"Patient/{Patient}");
}
