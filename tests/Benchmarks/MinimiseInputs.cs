// The messages that the minimiser is measured with.
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Tests.Benchmarks;

/// <summary>Invented resources of the usual sizes, the same at every run. Most of what real sources send is not for the recipient; so it is here.</summary>
public static class MinimiseInputs
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Hetu = "010190-901R";
    private const string Words = "Weighed in light clothing after the morning walk; feels well, sleeps well, no pain at rest. ";

    /// <summary>A message by its name.</summary>
    public static byte[] Make(string name) => name switch
    {
        "Observation 2 KB" => Bytes(Observation(1)),
        "Patient 10 KB" => Bytes(Patient()),
        "Bundle 200 KB" => Bytes(Bundle()),
        "Bundle, indented" => JsonSerializer.SerializeToUtf8Bytes(Bundle(), Indented),
        _ => throw new ArgumentException("No such input.", nameof(name)),
    };

    private static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Compact);

    private static JsonNode Bundle()
    {
        var entries = new JsonArray([.. Enumerable.Range(0, 104).Select(static place => (JsonNode)new JsonObject
        {
            ["fullUrl"] = $"https://record.example/fhir/Observation/obs-{place}",
            ["resource"] = Observation(place),
            ["search"] = new JsonObject { ["mode"] = "match" },
        })]);
        return new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["id"] = "b-1",
            ["type"] = "searchset",
            ["total"] = 104,
            ["link"] = new JsonArray(new JsonObject { ["relation"] = "self", ["url"] = "https://record.example/fhir/Observation?category=vital-signs" }),
            ["entry"] = entries,
        };
    }

    private static JsonObject Observation(int place) => (JsonObject)JsonNode.Parse($$$"""
        {"resourceType":"Observation","id":"obs-{{{place}}}",
        "meta":{"versionId":"3","lastUpdated":"2026-03-01T08:15:30.123+02:00","source":"#Zx81","profile":["http://hl7.org/fhir/StructureDefinition/bodyweight","http://hl7.org/fhir/StructureDefinition/vitalsigns"]},
        "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p><b>Body weight</b></p><p>{{{Words}}}{{{Words}}}</p></div>"},
        "identifier":[{"use":"official","system":"urn:oid:1.2.246.10.1234567.14.2026","value":"{{{place}}}.45.123"}],
        "basedOn":[{"reference":"ServiceRequest/sr-{{{place}}}","display":"Vital signs"}],
        "status":"final",
        "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"Vital Signs"}],"text":"Vital signs"}],
        "code":{"coding":[{"system":"http://loinc.org","code":"29463-7","display":"Body Weight"},{"system":"http://snomed.info/sct","code":"27113001","display":"Body weight"}],"text":"Paino"},
        "subject":{"reference":"Patient/p-1","identifier":{"system":"urn:oid:1.2.246.21","value":"{{{Hetu}}}"},"display":"Aino Aaltonen"},
        "encounter":{"reference":"Encounter/enc-{{{place}}}","display":"Vastaanotto"},
        "effectiveDateTime":"2026-02-{{{(place % 28) + 1:00}}}T09:30:00+02:00",
        "issued":"2026-02-{{{(place % 28) + 1:00}}}T09:31:10.512+02:00",
        "performer":[{"reference":"Practitioner/pr-7","display":"Hoitaja Harju"}],
        "valueQuantity":{"value":{{{60 + (place % 30)}}}.{{{place % 10}}},"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"},
        "interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"N","display":"Normal"}]}],
        "note":[{"time":"2026-02-01T09:30:00+02:00","text":"{{{Words}}}"}],
        "device":{"reference":"Device/scale-2","display":"Vaaka"}}
        """)!;

    private static JsonObject Patient()
    {
        var patient = (JsonObject)JsonNode.Parse($$$"""
            {"resourceType":"Patient","id":"p-1",
            "meta":{"versionId":"12","lastUpdated":"2026-03-01T08:15:30.123+02:00","source":"#Ab12","profile":["https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-patient"]},
            "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">{{{string.Concat(Enumerable.Repeat($"<p>{Words}</p>", 18))}}}</div>"},
            "identifier":[{"use":"official","system":"urn:oid:1.2.246.21","value":"{{{Hetu}}}"}],
            "active":true,"gender":"female","birthDate":"1990-01-01"}
            """)!;
        Fill(patient, "extension", 8, static place => $$$"""{"url":"https://record.example/ext/{{{place}}}","extension":[{"url":"code","valueCoding":{"system":"http://snomed.info/sct","code":"{{{place}}}1301","display":"Something known"}},{"url":"text","valueString":"{{{Words}}}"}]}""");
        Fill(patient, "name", 2, static place => $$$"""{"use":"{{{(place == 0 ? "official" : "old")}}}","text":"Aino Maria Aaltonen","family":"Aaltonen","given":["Aino","Maria"],"period":{"start":"20{{{place}}}0-01-01"}}""");
        Fill(patient, "telecom", 5, static place => $$$"""{"system":"phone","value":"+358 50 000 00{{{place}}}","use":"mobile","rank":{{{place + 1}}},"period":{"start":"2019-01-01"}}""");
        Fill(patient, "address", 3, static place => $$$"""{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/geolocation","extension":[{"url":"latitude","valueDecimal":62.8{{{place}}}},{"url":"longitude","valueDecimal":27.6{{{place}}}}]}],"use":"home","line":["Esimerkkikatu {{{place}}}"],"city":"Kuopio","postalCode":"70100","country":"FI","period":{"start":"2020-01-01"}}""");
        Fill(patient, "contact", 4, static place => $$$"""{"relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0131","code":"N","display":"Next-of-Kin"}],"text":"Omainen"}],"name":{"family":"Aaltonen","given":["Matti"]},"telecom":[{"system":"phone","value":"+358 40 000 00{{{place}}}"}],"address":{"line":["Esimerkkikatu {{{place}}}"],"city":"Kuopio"}}""");
        Fill(patient, "communication", 2, static place => $$$"""{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"{{{(place == 0 ? "fi" : "sv")}}}","display":"Kieli"}],"text":"Kieli"},"preferred":{{{(place == 0 ? "true" : "false")}}}}""");
        Fill(patient, "generalPractitioner", 3, static place => $$$"""{"reference":"Practitioner/pr-{{{place}}}","display":"Hoitaja Harju"}""");
        return patient;
    }

    private static void Fill(JsonObject resource, string name, int count, Func<int, string> make) =>
        resource[name] = new JsonArray([.. Enumerable.Range(0, count).Select(place => JsonNode.Parse(make(place)))]);
}
