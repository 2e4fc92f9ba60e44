// What stands behind a consent, as an extension.
using System.Text.Json.Nodes;
using Sisote.Consent.Consents;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.States;

namespace Sisote.Consent.Fhir;

/// <summary>How it was given, by whom, on which papers and decisions, who recorded it, and how it ended.</summary>
internal static class EvidenceJson
{
    public const string Way = "way";
    public const string Giver = "giver";
    public const string Reference = "reference";
    public const string Authority = "authority";
    public const string Recorder = "recorder";
    public const string Capacity = "capacity-decision";

    public static JsonObject Of(ShownConsent shown)
    {
        var (consent, evidence) = (shown.Consent, shown.Consent.Evidence);
        var parts = new List<JsonObject> { Part(Way, "valueCode", consent.How), Part(Giver, "valueCode", consent.Consent.GivenBy) };
        Add(parts, Reference, "valueString", evidence?.Reference);
        Add(parts, Authority, "valueString", evidence?.Authority);
        if (shown.RecordedBy is { } professional && evidence?.RecordedFor is { } organisation)
        {
            parts.Add(new JsonObject { ["url"] = Recorder, ["valueReference"] = ConsentJson.Named("Practitioner", ConsentCodes.ProfessionalsOf(organisation), professional.Value) });
        }

        parts.AddRange(evidence?.CapacityDecisions.Select(static decision => Part(Capacity, "valueString", decision)) ?? []);
        Add(parts, "source", "valueString", evidence?.Source);
        Add(parts, "source-time", "valueInstant", evidence?.SourceTime is { } time ? CanonicalTime.Write(time) : null);
        Add(parts, "withdrawn-by", "valueCode", evidence?.WithdrawnBy);
        Add(parts, "end", "valueCode", EndOf(consent));
        return new JsonObject { ["url"] = ConsentCodes.Evidence, ["extension"] = new JsonArray([.. parts]) };
    }

    /// <summary>How it ended; null while it has not.</summary>
    private static string? EndOf(Doors.Consent.MyConsent consent) => (consent.Consent.Status, consent.History[^1].What) switch
    {
        (ConsentStatus.Draft or ConsentStatus.Active, _) => null,
        (ConsentStatus.Superseded, _) => "superseded", // the client said something newer, which whoever recorded this is not told
        (ConsentStatus.Withdrawn, not ConsentVersion.Discarded) => ConsentVersion.Withdrawn,
        (ConsentStatus.Expired, not (ConsentVersion.Used or ConsentVersion.RecipientLeft or ConsentVersion.Merged)) => "expired",
        (_, var what) => what,
    };

    private static void Add(List<JsonObject> parts, string name, string type, string? value)
    {
        if (value is not null)
        {
            parts.Add(Part(name, type, value));
        }
    }

    private static JsonObject Part(string name, string type, string value) => new() { ["url"] = name, [type] = value };
}
