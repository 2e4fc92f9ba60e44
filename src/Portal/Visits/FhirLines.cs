// Says a released resource in the few lines that a counsellor needs.
using System.Text.Json.Nodes;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Visits;

/// <summary>A headline and the facts under it.</summary>
/// <param name="Headline">What it is.</param>
/// <param name="Facts">Labels and values.</param>
internal sealed record Told(string Headline, IReadOnlyList<(string Label, string Value)> Facts);

/// <summary>Turns resources into words, in the language of the page. Only elements named here are shown, whatever else may have come.</summary>
internal sealed class FhirLines(PageTexts texts, Names names)
{
    /// <summary>The resource in words.</summary>
    public Told Tell(JsonObject resource) => resource.Type() switch
    {
        "Patient" => new Told(resource.PersonName() ?? texts["visit.no-name"], PatientFacts(resource)),
        "Goal" => new Told(resource["description"].Words(names) ?? texts["visit.goal"], Facts(("visit.status", Status(resource["lifecycleStatus"])), ("visit.from", Day(resource["startDate"])), ("visit.target", Target(resource)))),
        "CarePlan" => new Told(resource["title"].Text() ?? texts["visit.plan"], [.. Facts(("visit.status", Status(resource["status"])), ("visit.period", Period(resource["period"]))), .. Activities(resource)]),
        "Observation" => new Told(resource["code"].Words(names) ?? texts["visit.measure"], Facts(("visit.value", Value(resource)), ("visit.day", Day(resource["effectiveDateTime"])))),
        "ServiceRequest" => new Told(resource["code"].Words(names) ?? texts["visit.referral"], Facts(("visit.instruction", resource["patientInstruction"].Text()), ("visit.day", Day(resource["authoredOn"])))),
        _ => new Told(resource["code"].Words(names) ?? resource.Type(), Facts(("visit.status", Status(resource["status"])), ("visit.period", Period(resource["period"])))),
    };

    private List<(string, string)> PatientFacts(JsonObject patient) =>
    [
        .. Facts(("visit.born", Day(patient["birthDate"]))),
        .. Objects(patient["telecom"]).SelectMany(contact => Facts((contact["system"].Text() == "email" ? "visit.email" : "visit.phone", contact["value"].Text()))),
        .. Objects(patient["address"]).SelectMany(address => Facts(("visit.address", Address(address)))),
        .. Objects(patient["communication"]).SelectMany(spoken => Facts(("visit.language", spoken["language"].Words(names) is { } code ? texts.Code("visit.language", code) : null))),
    ];

    private static string? Address(JsonObject address)
    {
        var lines = (address["line"] as JsonArray ?? []).Select(Fhir.Text).OfType<string>();
        var town = string.Join(' ', new[] { address["postalCode"].Text(), address["city"].Text() }.OfType<string>());
        return string.Join(", ", lines.Append(town).Where(static part => part.Length > 0)) is { Length: > 0 } whole ? whole : null;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => (array as JsonArray ?? []).OfType<JsonObject>();

    private List<(string, string)> Facts(params (string Key, string? Value)[] facts) => [.. facts.Where(static fact => fact.Value is not null).Select(fact => (texts[fact.Key], fact.Value!))];

    private string? Day(JsonNode? node) => node.Date() is { } day ? texts.Day(day) : null;

    private string? Status(JsonNode? node) => node.Text() is { } code ? texts.Code("visit.status", code) : null;

    private string? Period(JsonNode? period) => (Day(period?["start"]), Day(period?["end"])) switch
    {
        ({ } start, { } end) => $"{start}–{end}",
        ({ } start, null) => texts["visit.period.from", ("day", start)],
        (null, { } end) => texts["visit.period.to", ("day", end)],
        _ => null,
    };

    private string? Target(JsonObject goal)
    {
        var targets = Objects(goal["target"]).Select(target => string.Join(", ", new[]
        {
            target["measure"].Words(names), target["detailQuantity"].Amount(texts.Language), target["detailString"].Text(), Day(target["dueDate"]) is { } due ? texts["visit.by", ("day", due)] : null,
        }.OfType<string>())).Where(static text => text.Length > 0).ToList();
        return targets.Count > 0 ? string.Join("; ", targets) : null;
    }

    private IEnumerable<(string, string)> Activities(JsonObject plan) =>
        Objects(plan["activity"]).Select(static activity => activity["detail"]?["description"].Text()).OfType<string>().Select(description => (texts["visit.activity"], description));

    private string? Value(JsonObject observation)
    {
        var parts = Objects(observation["component"]).Select(part => $"{part["code"].Words(names)} {part["valueQuantity"].Amount(texts.Language)}").ToList();
        return observation["valueQuantity"].Amount(texts.Language) ?? (parts.Count > 0 ? string.Join("; ", parts) : null);
    }
}
