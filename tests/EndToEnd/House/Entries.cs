// Entries that a counsellor's system sends.
using System.Text;
using System.Text.Json.Nodes;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>FHIR resources of an entry.</summary>
internal static class Entries
{
    /// <summary>An entry of a visit as a text document.</summary>
    internal static JsonObject Visit(string patient) => new()
    {
        ["resourceType"] = "DocumentReference",
        ["status"] = "current",
        ["category"] = new JsonArray(Concept("https://sisote.example/fhir/CodeSystem/category", "exercise-counselling-entry")),
        ["subject"] = new JsonObject { ["reference"] = $"Patient/{patient}" },
        ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        ["content"] = new JsonArray(new JsonObject
        {
            ["attachment"] = new JsonObject
            {
                ["contentType"] = "text/plain",
                ["language"] = "fi",
                ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("Ensikäynti. Sovittu kävelylenkit.")),
            },
        }),
    };

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };
}
