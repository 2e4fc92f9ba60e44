// What the counsellor may read, and what stays.
using System.Text.Json.Nodes;

namespace Sisote.Host.Tour;

/// <summary>The counsellor's system reads limits and goals out of a record that holds much more.</summary>
internal sealed class ReadingSteps(Cast cast, TourReport report, TourLog log)
{
    /// <summary>What the counsellor states with each call.</summary>
    internal const string Necessity = "necessity-statement=\"planning the first visit\"";

    /// <summary>The handle under which the counsellor's system knows Aino.</summary>
    internal string Patient { get; private set; } = string.Empty;

    /// <summary>Reads everything that a curious system could think of.</summary>
    internal async Task ReadAsync(CancellationToken cancellation)
    {
        report.Step("The counsellor's system reads limits and goals, and nothing else");
        var documents = (await cast.DoctorsScreen.PostAsync("view/documents", [KeyValuePair.Create("hetu", cast.Aino)], cancellation)).AsArray();
        report.Say("holds", string.Join("; ", documents.Select(static document => document!["title"]!.GetValue<string>())));

        report.Say("asked", $"POST Patient/_search, then GET Flag, Goal, CarePlan, Observation of her; Sisote-Context: {Necessity}");
        var found = await cast.CounsellorsSystem.FindPatientAsync(Cast.Record, cast.Aino, Necessity, cancellation);
        Patient = found.Resources.FirstOrDefault()?["id"]?.GetValue<string>() ?? throw new TourBrokenException($"The gateway did not find Aino: {(int)found.Status} {found.Body}");
        report.Expect("the answer holds a handle made for this system, no personal identity code", !found.Body.Contains(cast.Aino, StringComparison.Ordinal));

        var bodies = new List<string> { found.Body };
        var receipts = found.Receipts.Select(static receipt => (Call: "Patient/_search", receipt)).ToList();
        foreach (var type in new[] { "Flag", "Goal", "CarePlan", "Observation" })
        {
            var answer = await cast.CounsellorsSystem.GetAsync($"fhir/{Cast.Record}/{type}?patient={Patient}", Necessity, cancellation);
            bodies.Add(answer.Body);
            receipts.AddRange(answer.Receipts.Select(receipt => ($"GET {type}", receipt)));
            report.Say(type, string.Join("; ", answer.Resources.Select(Describe)) is { Length: > 0 } text ? text : "(none)");
        }

        await report.TellReceiptsAsync(log, receipts, cancellation);
        await AskForTheRestAsync(bodies, cancellation);
        report.Expect("no word of the diagnoses, medication, laboratory values or psychiatric note is in any answer", Hidden(documents).All(word => !bodies.Any(body => body.Contains(word, StringComparison.OrdinalIgnoreCase))));
    }

    private async Task AskForTheRestAsync(List<string> bodies, CancellationToken cancellation)
    {
        foreach (var type in new[] { "Condition", "MedicationStatement", "DocumentReference" })
        {
            var answer = await cast.CounsellorsSystem.GetAsync($"fhir/{Cast.Record}/{type}?patient={Patient}", Necessity, cancellation);
            bodies.Add(answer.Body);
            report.Expect($"{type}: nothing ({(int)answer.Status})", !answer.Resources.Any(resource => resource["resourceType"]?.GetValue<string>() == type));
        }
    }

    /// <summary>Words of the documents that must stay: texts and names of their entries, as the record itself has them.</summary>
    private static List<string> Hidden(JsonArray documents)
    {
        var stays = documents.Where(static document => document!["special"]!.GetValue<bool>() || document["sections"]!.AsArray().Any(static section => section!["entries"]!.AsArray().Any(IsHidden)));
        return stays.SelectMany(static document => document!["sections"]!.AsArray())
            .SelectMany(static section => section!["entries"]!.AsArray().Where(entry => IsHidden(entry) || section["title"]!.GetValue<string>().Contains("psyk", StringComparison.OrdinalIgnoreCase)))
            .SelectMany(static entry => new[] { entry!["display"]?.GetValue<string>(), entry["text"]?.GetValue<string>() })
            .OfType<string>()
            .Where(static word => word.Length > 4)
            .Distinct()
            .ToList();
    }

    private static bool IsHidden(JsonNode? entry) => entry!["kind"]!.GetValue<string>() is "medication" || entry["system"]!.GetValue<string>() is "1.2.246.537.6.1";

    private static string Describe(JsonObject resource) =>
        (resource["code"]?["coding"]?[0]?["display"] ?? resource["description"]?["coding"]?[0]?["display"] ?? resource["description"]?["text"] ?? resource["code"]?["coding"]?[0]?["code"] ?? resource["title"] ?? resource["status"])?.GetValue<string>() ?? "?";
}
