// FHIR Consents as somebody else's software writes them, and the doors they go through.
using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;

namespace Sisote.Tests.Consent.Fhir;

internal static class FhirConsents
{
    private const string Codes = "https://sisote.example/fhir/CodeSystem/";
    private const string Numbers = "https://sisote.example/fhir/sid/";

    /// <summary>Reads as strictly as Firely can: unknown elements, wrong types, codes and cardinalities throw.</summary>
    public static T Strictly<T>(string json)
        where T : Resource => Assert.IsType<T>(new FhirJsonDeserializer().DeserializeResource(json));

    // Written down by hand from the FHIR specification and docs/consents-fhir.md.
    private const string Template =
        """
        {
          "resourceType": "Consent",
          "contained": [{
            "resourceType": "PractitionerRole", "id": "recipient",
            "organization": {"type": "Organization", "identifier": {"system": "SID/organisation", "value": "ORGANISATION"}},
            "specialty": [{"coding": [{"system": "CODES/sector", "code": "SECTOR", "display": "Shown"}]}]
          }],
          "extension": [{"url": "https://sisote.example/fhir/StructureDefinition/consent-evidence", "extension": [{"url": "way", "valueCode": "HOW"}, {"url": "giver", "valueCode": "client"}]}],
          "identifier": [{"system": "SID/consent", "value": "NUMBER"}],
          "status": "active",
          "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}]},
          "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}, {"coding": [{"system": "CODES/consent-form", "code": "FORM"}]}],
          "patient": {"type": "Patient", "identifier": {"system": "urn:oid:1.2.246.21", "value": "CLIENT"}},
          "dateTime": "2024-05-01",
          "performer": [{"type": "Patient", "identifier": {"system": "urn:oid:1.2.246.21", "value": "CLIENT"}}],
          "sourceAttachment": {"language": "fi", "title": "form-1"},
          "policyRule": {"coding": [{"system": "CODES/consent-form", "code": "FORM"}]},
          "provision": {
            "type": "permit",
            "actor": [{"role": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]}, "reference": {"reference": "#recipient"}}],
            "purpose": [{"system": "CODES/purpose", "code": "PURPOSE"}]
          }
        }
        """;

    /// <summary>A Consent that says what a command of the other door says.</summary>
    public static JsonObject Of(ConsentFlow flow, RecordConsent said)
    {
        var consent = JsonNode.Parse(Template.Replace("CODES/", Codes, StringComparison.Ordinal).Replace("SID/", Numbers, StringComparison.Ordinal)
            .Replace("ORGANISATION", said.RecipientOrganisation.Value, StringComparison.Ordinal).Replace("SECTOR", said.RecipientSector.Value, StringComparison.Ordinal)
            .Replace("HOW", said.How, StringComparison.Ordinal).Replace("NUMBER", said.Id, StringComparison.Ordinal).Replace("FORM", flow.Form.Id.Value, StringComparison.Ordinal)
            .Replace("CLIENT", said.Identifier, StringComparison.Ordinal).Replace("PURPOSE", said.Purpose.Value, StringComparison.Ordinal))!.AsObject();
        var provision = consent["provision"]!;
        provision["class"] = new JsonArray([.. said.Items.Select(static item => new JsonObject { ["system"] = Codes + "data-item", ["code"] = item.Value })]);
        if (said.Reference is { } number)
        {
            consent["extension"]![0]!["extension"]!.AsArray().Add(new JsonObject { ["url"] = "reference", ["valueString"] = number });
        }

        if (said.Case is { } named)
        {
            provision["modifierExtension"] = new JsonArray(new JsonObject { ["url"] = "https://sisote.example/fhir/StructureDefinition/consent-case", ["valueString"] = named });
        }

        if (said.To is { } to)
        {
            provision["period"] = new JsonObject { ["end"] = to.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) };
        }

        return consent;
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient caller, JsonNode consent) => SendAsync(caller, consent.ToJsonString());

    public static Task<HttpResponseMessage> SendAsync(this HttpClient caller, string consent) =>
        caller.PostAsync("/fhir/Consent", new StringContent(consent, Encoding.UTF8, new MediaTypeHeaderValue("application/fhir+json")));

    public static Task<HttpResponseMessage> FindAsync(this HttpClient caller, params (string Name, string Value)[] parameters) =>
        caller.PostAsync("/fhir/Consent/_search", new FormUrlEncodedContent(parameters.Select(static one => KeyValuePair.Create(one.Name, one.Value))));

    public static Task<HttpResponseMessage> FindAsync(this HttpClient caller, Hetu who) => caller.FindAsync(("patient.identifier", $"urn:oid:1.2.246.21|{who.Reveal()}"));

    /// <summary>The resources of a bundle, which Firely has read strictly.</summary>
    public static async Task<ImmutableArray<JsonObject>> ConsentsAsync(this Task<HttpResponseMessage> search)
    {
        using var answer = await search;
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        Strictly<Bundle>(body);
        return [.. (JsonNode.Parse(body)!["entry"]?.AsArray() ?? []).Select(static entry => entry!["resource"]!.AsObject())];
    }

    /// <summary>Slug and place of every issue of an outcome, which Firely has read strictly.</summary>
    public static async Task<(string Slug, string? Place)[]> IssuesAsync(this HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Strictly<OperationOutcome>(body);
        var issues = JsonNode.Parse(body)!["issue"]!.AsArray();
        Assert.All(issues, static issue => Assert.Equal("https://sisote.fi/problems", (string?)issue!["details"]!["coding"]![0]!["system"]));
        return [.. issues.Select(static issue => ((string)issue!["details"]!["coding"]![0]!["code"]!, (string?)issue["expression"]?[0]))];
    }
}
