// A consent as FHIR R4 says it.
using System.Text.Json.Nodes;
using Sisote.Consent.Consents;
using Sisote.DisclosureLog.Audit;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.States;

namespace Sisote.Consent.Fhir;

/// <summary>IHE PCF's Consent with data items as classes. <see cref="ConsentReader"/> reads it back.</summary>
internal static class ConsentJson
{
    public const string RecipientId = "recipient";

    public static JsonObject Of(ShownConsent shown)
    {
        var (consent, record) = (shown.Consent, shown.Consent.Consent);
        var resource = new JsonObject
        {
            ["resourceType"] = "Consent",
            ["id"] = shown.Id,
            ["meta"] = new JsonObject { ["versionId"] = $"{record.Version}", ["lastUpdated"] = CanonicalTime.Write(consent.History[^1].At) },
        };
        if (RecipientOf(record) is { } recipient)
        {
            resource["contained"] = new JsonArray(recipient);
        }

        resource["extension"] = new JsonArray(EvidenceJson.Of(shown));
        resource["identifier"] = new JsonArray(Identifier(ConsentCodes.Consents, record.Id));
        resource["status"] = StatusOf(consent);
        resource["scope"] = Concept(ConsentCodes.Scope, ConsentCodes.Privacy);
        resource["category"] = new JsonArray(Concept(ConsentCodes.Loinc, ConsentCodes.PatientConsent), Concept(ConsentCodes.Forms, record.Form.Value));
        resource["patient"] = Named(shown.Patient);
        resource["dateTime"] = CanonicalTime.Write(record.From);
        resource["performer"] = new JsonArray([.. Performers(shown)]);
        if (!shown.Custodians.IsEmpty)
        {
            resource["organization"] = new JsonArray([.. shown.Custodians.Select(static one => Named("Organization", ConsentCodes.Organisations, one.Value))]);
        }

        resource["sourceAttachment"] = TextOf(consent);
        resource["policy"] = new JsonArray(new JsonObject { ["uri"] = ConsentCodes.PolicyOf(record.Form.Value) });
        resource["policyRule"] = Concept(ConsentCodes.Forms, record.Form.Value);
        resource["provision"] = Provision(record, consent.Evidence?.Case);
        return resource;
    }

    /// <summary>The status of FHIR for where a consent stands in its life.</summary>
    public static string StatusOf(MyConsent consent) => consent.Consent.Status switch
    {
        ConsentStatus.Draft => "draft",
        ConsentStatus.Active => "active",
        _ when consent.History[^1].What == ConsentVersion.Discarded => "rejected",
        _ => "inactive",
    };

    public static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(Coding(system, code)) };

    public static JsonObject Named(string type, string system, string value) => new() { ["type"] = type, ["identifier"] = Identifier(system, value) };

    private static JsonObject Provision(ConsentRecord record, string? inCase)
    {
        var period = new JsonObject { ["start"] = CanonicalTime.Write(record.From) };
        if (record.To is { } to)
        {
            period["end"] = CanonicalTime.Write(to);
        }

        var provision = new JsonObject();
        if (inCase is not null)
        {
            provision["modifierExtension"] = new JsonArray(new JsonObject { ["url"] = ConsentCodes.Case, ["valueString"] = inCase });
        }

        provision["type"] = record.Type == ConsentType.Permit ? "permit" : "deny";
        provision["period"] = period;
        if (HasRecipient(record))
        {
            provision["actor"] = new JsonArray(new JsonObject
            {
                ["role"] = Concept(ConsentCodes.Participation, ConsentCodes.Recipient),
                ["reference"] = new JsonObject { ["reference"] = "#" + RecipientId },
            });
        }

        if (record.Purpose is { } purpose)
        {
            provision["purpose"] = new JsonArray(Coding(ConsentCodes.Purposes, purpose.Value));
        }

        if (!record.AllItems)
        {
            provision["class"] = new JsonArray([.. record.Items.Select(static item => Coding(ConsentCodes.Items, item.Value))]);
        }

        return provision;
    }

    /// <summary>Everything that the recipient has to be, in one resource: several actors would read as one or the other.</summary>
    private static JsonObject? RecipientOf(ConsentRecord record)
    {
        if (!HasRecipient(record))
        {
            return null;
        }

        var recipient = new JsonObject { ["resourceType"] = "PractitionerRole", ["id"] = RecipientId };
        if (record is { RecipientPerson: { } person, RecipientOrganisation: { } of })
        {
            recipient["practitioner"] = Named("Practitioner", ConsentCodes.ProfessionalsOf(of), person.Value);
        }

        if (record.RecipientOrganisation is { } organisation)
        {
            recipient["organization"] = Named("Organization", ConsentCodes.Organisations, organisation.Value);
        }

        if (record.RecipientRole is { } role)
        {
            recipient["code"] = new JsonArray(Concept(ConsentCodes.Roles, role.Value));
        }

        if (record.RecipientSector is { } sector)
        {
            recipient["specialty"] = new JsonArray(Concept(ConsentCodes.Sectors, sector.Value));
        }

        if (record.RecipientSystem is { } unit)
        {
            recipient["healthcareService"] = new JsonArray(Named("HealthcareService", ConsentCodes.Systems, unit.Value));
        }

        return recipient;
    }

    private static bool HasRecipient(ConsentRecord record) =>
        record.RecipientSector is not null || record.RecipientOrganisation is not null || record.RecipientRole is not null || record.RecipientSystem is not null || record.RecipientPerson is not null;

    private static IEnumerable<JsonObject> Performers(ShownConsent shown)
    {
        var by = shown.Consent.Consent.GivenBy;
        if (Givers.IsClientAmong(by))
        {
            yield return Named(shown.Patient);
        }

        if (Givers.IsAnotherAmong(by))
        {
            yield return new JsonObject { ["type"] = "RelatedPerson", ["display"] = by };
        }
    }

    private static JsonObject TextOf(MyConsent consent)
    {
        var text = new JsonObject { ["title"] = consent.TextVersion };
        if (consent.TextLanguage is "fi" or "sv" or "en")
        {
            text["language"] = consent.TextLanguage;
        }

        return text;
    }

    private static JsonObject Named(AuditReference reference) => Named(reference.Type, reference.System, reference.Value);

    private static JsonObject Coding(string system, string code) => new() { ["system"] = system, ["code"] = code };

    private static JsonObject Identifier(string system, string value) => new() { ["system"] = system, ["value"] = value };
}
