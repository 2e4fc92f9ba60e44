// Entries that tests send.
using System.Text.Json.Nodes;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Writes;

/// <summary>Resources that a counsellor may send into the record, and transactions of them.</summary>
internal static class Entries
{
    internal static JsonObject Measure(string hetu = Some.Aino, string code = "82290-8") => Some.Parse($$"""
        {"resourceType":"Observation","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"activity"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"{{code}}"}]},"subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"} },
         "effectiveDateTime":"2026-02-03","valueQuantity":{"value":150,"unit":"min/wk","system":"http://unitsofmeasure.org","code":"min/wk"} }
        """);

    internal static JsonObject Text(string hetu = Some.Aino) => Some.Parse($$"""
        {"resourceType":"DocumentReference","status":"current","category":[{"coding":[{"system":"{{Some.Category}}","code":"exercise-counselling-entry"}]}],
         "subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"} },"content":[{"attachment":{"contentType":"text/plain","data":"S8OkdmVseQ=="} }]}
        """);

    internal static JsonObject Feedback(string hetu = Some.Aino) => Some.Parse($$"""
        {"resourceType":"Communication","status":"completed","category":[{"coding":[{"system":"{{Some.Category}}","code":"service-feedback"}]}],
         "subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"} },"payload":[{"contentString":"Counselling has begun well."}]}
        """);

    internal static JsonObject Goal(string hetu = Some.Aino) => Some.Parse($$"""
        {"resourceType":"Goal","lifecycleStatus":"active","category":[{"coding":[{"system":"{{Some.Category}}","code":"exercise"}]}],
         "description":{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/exercise-goal","code":"improve-endurance"}]},"subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"} } }
        """);

    internal static JsonObject Plan(string goal, string hetu = Some.Aino) => Some.Parse($$"""
        {"resourceType":"CarePlan","status":"active","intent":"plan","category":[{"coding":[{"system":"{{Some.Category}}","code":"exercise-plan"}]}],"title":"Walks",
         "subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"} },"goal":[{"reference":"{{goal}}"}]}
        """);

    internal static JsonObject Transaction(params JsonObject[] resources) => Transaction(resources, static _ => null);

    internal static JsonObject Transaction(IEnumerable<JsonObject> resources, Func<int, string?> fullUrl) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "transaction",
        ["entry"] = new JsonArray([.. resources.Select((resource, place) =>
        {
            var entry = new JsonObject { ["resource"] = resource, ["request"] = new JsonObject { ["method"] = "POST", ["url"] = (string?)resource["resourceType"] } };
            if (fullUrl(place) is { } name)
            {
                entry["fullUrl"] = name;
            }

            return entry;
        })]),
    };
}
