// Makes the FHIR resources of an entry.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Sisote.Portal.Entries;

/// <summary>Builds what is sent: the text in the shape of its mode, and one observation for each measure.</summary>
internal static class EntryResources
{
    /// <summary>The resources of an entry about a patient, the text first.</summary>
    public static ImmutableArray<JsonObject> Make(CheckedEntry entry, EntryForm form, EntryMode mode, string patient, DateTimeOffset now) =>
        [Document(entry, mode, patient, now), .. entry.Measures.Select(each => Observation(each.Measure, each.Value, entry.Day, form, patient))];

    /// <summary>All resources as one transaction of creates.</summary>
    public static JsonObject Bundle(IEnumerable<JsonObject> resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "transaction",
        ["entry"] = new JsonArray([.. resources.Select(static resource => new JsonObject
        {
            ["resource"] = resource.DeepClone(),
            ["request"] = new JsonObject { ["method"] = "POST", ["url"] = resource["resourceType"]!.ToString() },
        })]),
    };

    private static JsonObject Document(CheckedEntry entry, EntryMode mode, string patient, DateTimeOffset now)
    {
        var resource = new JsonObject
        {
            ["resourceType"] = mode.Resource,
            ["status"] = mode.Resource == "Communication" ? "completed" : "current",
            ["category"] = new JsonArray(Concept(mode.CategorySystem, mode.Category)),
            ["subject"] = Subject(patient),
        };
        var sent = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (mode.Resource == "Communication")
        {
            resource["sent"] = sent;
            resource["payload"] = new JsonArray(new JsonObject { ["contentString"] = entry.Text });
            return resource;
        }

        resource["date"] = sent;
        resource["content"] = new JsonArray(new JsonObject
        {
            ["attachment"] = new JsonObject { ["contentType"] = "text/plain; charset=utf-8", ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(entry.Text)) },
        });
        resource["context"] = new JsonObject { ["period"] = new JsonObject { ["start"] = Iso(entry.Day), ["end"] = Iso(entry.Day) } };
        return resource;
    }

    private static JsonObject Observation(Measure measure, decimal value, DateOnly day, EntryForm form, string patient) => new()
    {
        ["resourceType"] = "Observation",
        ["status"] = "final",
        ["category"] = new JsonArray(Concept(form.MeasureCategorySystem, measure.Category)),
        ["code"] = Concept(measure.System, measure.Code),
        ["subject"] = Subject(patient),
        ["effectiveDateTime"] = Iso(day),
        ["valueQuantity"] = new JsonObject { ["value"] = value, ["unit"] = measure.Unit, ["system"] = "http://unitsofmeasure.org", ["code"] = measure.Unit },
    };

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    private static JsonObject Subject(string patient) => new() { ["reference"] = $"Patient/{patient}" };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
