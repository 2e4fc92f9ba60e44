// The counsellor's entry in the patient record.
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Sisote.Host.Tour;

/// <summary>An entry on behalf of the county, an entry with too much in it, and what remains when the contract has ended.</summary>
internal sealed class WritingSteps(Cast cast, TourReport report, TourLog log, Operator contracts, string patient)
{
    private const string Category = "https://sisote.example/fhir/CodeSystem/category";
    private const string Loinc = "http://loinc.org";

    /// <summary>Writes an entry with measures; the doctor opens it as a document of the record.</summary>
    internal async Task WriteAsync(CancellationToken cancellation)
    {
        report.Step("The counsellor writes an entry with measures into the patient record");
        report.Say("asked", "POST a transaction of DocumentReference and two Observations");
        var answer = await cast.CounsellorsSystem.PostAsync($"fhir/{Cast.Record}", Transaction(Entry(), Measure("89555-7", 3, "d/wk"), Measure("68516-4", 30, "min/d")), ReadingSteps.Necessity, cancellation);
        report.Expect($"the gateway answers {(int)answer.Status}", answer.Status is HttpStatusCode.OK or HttpStatusCode.Created);
        await report.TellReceiptsAsync(log, answer.Receipts.Take(1).Select(static receipt => ("POST transaction", receipt)), cancellation);
        var document = await FindDocumentAsync("on-behalf", cancellation);
        report.Expect($"the doctor opens it in the record: {document?["title"]}, by {document?["author"]?["name"]}, {document?["author"]?["role"]}, {document?["mode"]}", document?["status"]?.GetValue<string>() == "filed");
    }

    /// <summary>An entry with one element too much is refused whole, by name.</summary>
    internal async Task WriteTooMuchAsync(CancellationToken cancellation)
    {
        report.Step("An entry that holds one thing too much is refused whole");
        var entry = Entry();
        entry["description"] = "Diagnoosi mainittu tässä";
        var before = await CountDocumentsAsync(cancellation);
        var answer = await cast.CounsellorsSystem.PostAsync($"fhir/{Cast.Record}/DocumentReference", entry, ReadingSteps.Necessity, cancellation);
        report.Say("asked", "POST DocumentReference with a free-text description");
        report.Expect($"{(int)answer.Status}, naming {answer.Json["issue"]?[0]?["expression"]?[0]}", answer.Status == HttpStatusCode.UnprocessableEntity && answer.Body.Contains("DocumentReference.description", StringComparison.Ordinal));
        report.Expect("nothing reached the record", await CountDocumentsAsync(cancellation) == before);
    }

    /// <summary>The contract ends: no more entries on behalf; feedback is offered and works with consent.</summary>
    internal async Task ContractEndsAsync(CancellationToken cancellation)
    {
        report.Step("The contract for acting on behalf ends");
        await contracts.EndAsync("on-behalf", cancellation);
        var refused = await cast.CounsellorsSystem.PostAsync($"fhir/{Cast.Record}/DocumentReference", Entry(), ReadingSteps.Necessity, cancellation);
        report.Say("asked", "POST DocumentReference, as before");
        report.Expect($"refused with {(int)refused.Status}: {refused.Json["issue"]?[0]?["details"]?["text"]}", refused.Status == HttpStatusCode.Forbidden);
        report.Expect("the rule for feedback to the referrer (EX-04) is offered instead", refused.Body.Contains("alternative-available", StringComparison.Ordinal) && refused.Body.Contains("EX-04", StringComparison.Ordinal));

        report.Step("The counsellor sends feedback instead; the doctor accepts it");
        var feedback = await cast.CounsellorsSystem.PostAsync($"fhir/{Cast.Record}/Communication", Feedback(), ReadingSteps.Necessity + ", human-release=\"feedback of the visit\"", cancellation);
        report.Say("asked", "POST Communication");
        report.Expect($"the gateway answers {(int)feedback.Status}", feedback.Status is HttpStatusCode.OK or HttpStatusCode.Created);
        await report.TellReceiptsAsync(log, feedback.Receipts.Take(1).Select(static receipt => ("POST Communication", receipt)), cancellation);
        var document = await FindDocumentAsync("received", cancellation);
        report.Expect("it waits in the record as a document received from elsewhere", document?["status"]?.GetValue<string>() == "waiting");
        if (document is not null)
        {
            await cast.DoctorsScreen.PostAsync($"view/documents/{document["id"]}/accept", [], cancellation);
            report.Expect("the doctor accepts it", (await FindDocumentAsync("received", cancellation))?["status"]?.GetValue<string>() == "filed");
        }
    }

    private async Task<JsonNode?> FindDocumentAsync(string mode, CancellationToken cancellation) =>
        (await DocumentsAsync(cancellation)).Where(document => document!["mode"]?.GetValue<string>() == mode).OrderBy(static document => document!["time"]!.GetValue<string>(), StringComparer.Ordinal).LastOrDefault();

    private async Task<int> CountDocumentsAsync(CancellationToken cancellation) => (await DocumentsAsync(cancellation)).Count;

    private async Task<JsonArray> DocumentsAsync(CancellationToken cancellation) =>
        (await cast.DoctorsScreen.PostAsync("view/documents", [KeyValuePair.Create("hetu", cast.Aino)], cancellation)).AsArray();

    private JsonObject Entry() => new()
    {
        ["resourceType"] = "DocumentReference",
        ["status"] = "current",
        ["category"] = new JsonArray(Concept(Category, "exercise-counselling-entry")),
        ["subject"] = Subject(),
        ["date"] = Now(),
        ["content"] = new JsonArray(new JsonObject
        {
            ["attachment"] = new JsonObject
            {
                ["contentType"] = "text/plain",
                ["language"] = "fi",
                ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("Ensikäynti. Sovittu kävelylenkit kolmesti viikossa ja ohjattu kuntosalikäynti.")),
            },
        }),
    };

    private JsonObject Measure(string code, int value, string unit) => new()
    {
        ["resourceType"] = "Observation",
        ["status"] = "final",
        ["category"] = new JsonArray(Concept("http://terminology.hl7.org/CodeSystem/observation-category", "activity")),
        ["code"] = Concept(Loinc, code),
        ["subject"] = Subject(),
        ["effectiveDateTime"] = Now(),
        ["valueQuantity"] = new JsonObject { ["value"] = value, ["unit"] = unit, ["system"] = "http://unitsofmeasure.org", ["code"] = unit },
    };

    private JsonObject Feedback() => new()
    {
        ["resourceType"] = "Communication",
        ["status"] = "completed",
        ["category"] = new JsonArray(Concept(Category, "service-feedback")),
        ["subject"] = Subject(),
        ["sent"] = Now(),
        ["payload"] = new JsonArray(new JsonObject { ["contentString"] = "Neuvonta aloitettu, seuraava käynti kahden viikon kuluttua." }),
    };

    private JsonObject Subject() => new() { ["reference"] = $"Patient/{patient}" };

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Transaction(params JsonObject[] resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "transaction",
        ["entry"] = new JsonArray([.. resources.Select(static resource => new JsonObject
        {
            ["resource"] = resource,
            ["request"] = new JsonObject { ["method"] = "POST", ["url"] = resource["resourceType"]!.GetValue<string>() },
        })]),
    };
}
