// What of a resource passes this adapter, by type.
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sisote.Adapters.Fhir;

/// <summary>The elements that are taken over from an upstream resource; nothing else is looked at. An element is a path below the resource; one that is named whole passes whole.</summary>
internal static class FhirShapes
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Elements = new Dictionary<string, ImmutableArray<string>>
    {
        ["Patient"] = ["identifier", "active", "name", "telecom", "gender", "birthDate", "deceasedBoolean", "deceasedDateTime", "address", "communication"],
        ["Flag"] = ["status", "category", "code", "subject", "period", "author"],
        ["Goal"] = ["lifecycleStatus", "achievementStatus", "category", "description", "subject", "startDate", "target"],
        ["CarePlan"] = ["status", "intent", "category", "title", "subject", "period", "careTeam", "goal", "activity.detail.status", "activity.detail.doNotPerform", "activity.detail.description", "activity.detail.performer"],
        ["CareTeam"] = ["status", "category", "subject", "period", "participant", "managingOrganization", "telecom"],
        ["ServiceRequest"] = ["identifier", "status", "intent", "doNotPerform", "category", "code", "subject", "authoredOn", "requester", "performer", "occurrenceDateTime", "occurrencePeriod", "patientInstruction"],
        ["Task"] = ["identifier", "status", "statusReason", "intent", "code", "focus", "for", "authoredOn", "lastModified", "requester", "owner", "description", "output.type", "output.valueString"],
        ["Observation"] = ["status", "category", "code", "subject", "effectiveDateTime", "effectivePeriod", "performer", "valueQuantity", "valueCodeableConcept", "dataAbsentReason", "component"],
        ["Condition"] = ["clinicalStatus", "verificationStatus", "category", "code", "subject", "onsetDateTime", "abatementDateTime", "recordedDate"],
        ["EpisodeOfCare"] = ["status", "type", "patient", "managingOrganization", "period"],
        ["DocumentReference"] = ["status", "docStatus", "type", "category", "subject", "date", "author", "content.attachment.contentType", "content.attachment.data", "context.period"],
        ["Communication"] = ["status", "statusReason", "category", "basedOn", "subject", "sent", "sender", "recipient", "payload.contentString"],
        ["QuestionnaireResponse"] = ["status", "questionnaire", "subject", "authored", "item"],
        ["RelatedPerson"] = ["active", "patient", "relationship", "name", "telecom"],
    }.ToFrozenDictionary();

    /// <summary>The types that this adapter knows.</summary>
    public static IEnumerable<string> Types => Elements.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether the adapter knows a type.</summary>
    public static bool Knows(string type) => Elements.ContainsKey(type);

    /// <summary>The element that says whom a resource is about; null for the Patient itself.</summary>
    public static string? SubjectOf(string type) => type switch { "Patient" => null, "Task" => "for", "EpisodeOfCare" or "RelatedPerson" => "patient", _ => "subject" };

    /// <summary>Whether an element passes, and whether everything below it does.</summary>
    public static (bool Passes, bool Whole) Look(string type, string path)
    {
        var known = Elements[type];
        return known.Contains(path) ? (true, true) : (known.Any(element => element.Length > path.Length && element[path.Length] == '.' && element.StartsWith(path, StringComparison.Ordinal)), false);
    }
}
