// What a FHIR Consent may not say, and that it never opens anything.
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Consents;
using Sisote.Consent.Fhir;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Fhir;

public sealed class ClosedWorldTests(PostgresFixture postgres)
{
    private const string Item = """{"system": "https://sisote.example/fhir/CodeSystem/data-item", "code": "CODE"}""";

    // What is done to a good Consent (a place, and what stands there then), and the place that the answer must name.
    private static readonly (string At, string? Json, string Place)[] Spoilt =
    [
        ("provision.provision", """[{"type": "deny", "class": [{"system": "https://sisote.example/fhir/CodeSystem/data-item", "code": "person-identity"}]}]""", "Consent.provision.provision"),
        ("provision.provision", """[{"type": "permit"}]""", "Consent.provision.provision"),
        ("provision.securityLabel", """[{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]""", "Consent.provision.securityLabel"),
        ("provision.data", """[{"meaning": "instance", "reference": {"reference": "Observation/1"}}]""", "Consent.provision.data"),
        ("provision.data", """[{"meaning": "authoredby", "reference": {"reference": "Practitioner/1"}}]""", "Consent.provision.data"),
        ("provision.dataPeriod", """{"start": "2022-01-01"}""", "Consent.provision.dataPeriod"),
        ("provision.action", """[{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentaction", "code": "access"}]}]""", "Consent.provision.action"),
        ("provision.code", """[{"coding": [{"system": "http://loinc.org", "code": "1-8"}]}]""", "Consent.provision.code"),
        ("provision.modifierExtension", """[{"url": "https://example.org/only-on-mondays", "valueBoolean": true}]""", "Consent.provision.modifierExtension[0]"),
        ("provision.extension", """[{"url": "https://example.org/only-on-mondays", "valueBoolean": true}]""", "Consent.provision.extension"),
        ("provision.type", "\"deny\"", "Consent.provision.type"),
        ("provision.type", "\"prohibit\"", "Consent.provision.type"),
        ("provision.type", null, "Consent.provision.type"),
        ("provision._type", """{"extension": [{"url": "https://example.org/x", "valueCode": "y"}]}""", "Consent.provision._type"),
        ("provision.period", """{"start": "2999-01-01"}""", "Consent.provision.period.start"),
        ("provision.period", """{"end": "when it is over"}""", "Consent.provision.period.end"),
        ("provision.period", """{"end": "2027"}""", "Consent.provision.period.end"),
        ("provision.period", """{"end": "2020-01-01"}""", "Consent.provision.period.end"),
        ("provision.class", null, "Consent.provision.class"),
        ("provision.class", "[]", "Consent.provision.class"),
        ("provision.class", """[{"system": "https://sisote.example/fhir/CodeSystem/data-item", "code": "unheard-of"}]""", "Consent.provision.class[0]"),
        ("provision.class", """[{"system": "http://hl7.org/fhir/resource-types", "code": "Observation"}]""", "Consent.provision.class[0].system"),
        ("provision.purpose", null, "Consent.provision.purpose"),
        ("provision.purpose", """[{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "TREAT"}]""", "Consent.provision.purpose[0].system"),
        ("provision.purpose", """[{"system": "https://sisote.example/fhir/CodeSystem/purpose", "code": "unheard-of"}]""", "Consent.provision.purpose[0]"),
        ("provision.actor", null, "Consent.provision.actor"),
        ("provision.actor", """[{"role": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "CST"}]}, "reference": {"reference": "#recipient"}}]""", "Consent.provision.actor[0].role.coding[0]"),
        ("provision.actor", """[{"role": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]}, "reference": {"reference": "Group/everybody"}}]""", "Consent.provision.actor[0].reference.reference"),
        ("provision.class[0].version", "\"2\"", "Consent.provision.class[0].version"),
        ("contained[0].period", """{"start": "2022-01-01"}""", "Consent.contained[0].period"),
        ("contained[0].active", "false", "Consent.contained[0].active"),
        ("contained[0].organization.identifier.value", "\"unheard-of\"", "Consent.contained[0].organization.identifier"),
        ("contained[0].specialty", """[{"coding": [{"system": "https://sisote.example/fhir/CodeSystem/sector", "code": "unheard-of"}]}]""", "Consent.contained[0].specialty[0].coding[0]"),
        ("contained[0].code", """[{"coding": [{"system": "https://sisote.example/fhir/CodeSystem/role", "code": "unheard-of"}]}]""", "Consent.contained[0].code[0].coding[0]"),
        ("contained[0].healthcareService", """[{"identifier": {"system": "https://sisote.example/fhir/sid/system", "value": "unheard-of"}}]""", "Consent.contained[0].healthcareService[0].identifier"),
        ("contained[0].location", """[{"reference": "Location/1"}]""", "Consent.contained[0].location"),
        ("modifierExtension", """[{"url": "https://example.org/not", "valueBoolean": true}]""", "Consent.modifierExtension"),
        ("implicitRules", "\"https://example.org/rules\"", "Consent.implicitRules"),
        ("meta", """{"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}""", "Consent.meta.security"),
        ("text", """{"status": "additional", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>But not on Mondays.</div>"}""", "Consent.text.status"),
        ("verification", """[{"verified": false}]""", "Consent.verification"),
        ("status", "\"inactive\"", "Consent.status"),
        ("status", "\"entered-in-error\"", "Consent.status"),
        ("scope", """{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "research"}]}""", "Consent.scope.coding[0]"),
        ("scope", """{"text": "patient-privacy"}""", "Consent.scope.text"),
        ("category[1].coding[0].code", "\"unheard-of\"", "Consent.category[1].coding[0]"),
        ("policyRule.coding[0].code", "\"GDPR\"", "Consent.policyRule.coding[0]"),
        ("policy", """[{"uri": "https://profiles.ihe.net/ITI/PCF/Policy-all-normal"}]""", "Consent.policy[0].uri"),
        ("policy", """[{"uri": "https://sisote.example/fhir/CodeSystem/consent-form/GDPR"}]""", "Consent.policy[0]"),
        ("policyRule", null, "Consent.policyRule"),
        ("patient", """{"reference": "Patient/1"}""", "Consent.patient.reference"),
        ("patient.identifier.value", "\"010190-999X\"", "Consent.patient.identifier"),
        ("performer", """[{"reference": "Patient/1"}]""", "Consent.performer[0].reference"),
        ("performer", null, "Consent.performer"),
        ("dateTime", "\"2999-01-01\"", "Consent.dateTime"),
        ("identifier[0].system", "\"https://example.org/consents\"", "Consent.identifier[0].system"),
        ("identifier", null, "Consent.identifier"),
        ("organization", """[{"identifier": {"system": "https://sisote.example/fhir/sid/organisation", "value": "somebody-else"}}]""", "Consent.organization[0].identifier"),
        ("sourceReference", """{"reference": "DocumentReference/1"}""", "Consent.sourceReference"),
        ("sourceAttachment", null, "Consent.sourceAttachment"),
        ("sourceAttachment.language", "\"de\"", "Consent.sourceAttachment.language"),
        ("extension", null, "Consent.extension"),
        ("extension[0].extension[0].valueCode", "\"telepathy\"", "Consent.extension[0].extension[0].valueCode"),
        ("extension[0].extension[1].valueCode", "\"neighbour\"", "Consent.extension[0].extension[1].valueCode"),
        ("extension[0].extension[1].url", "\"unheard-of\"", "Consent.extension[0].extension[1]"),
        ("resourceType", "\"Contract\"", "Consent.resourceType"),
    ];

    private static ConsentFlow Secrecy => WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    [Fact]
    public async Task WhatIsNotUnderstoodIsRefusedWithItsPlaceAndNothingOfItIsOnRecord()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (who, giver) = (Some.Person(1), room.Giver(Secrecy));
        var size = await room.LogSizeAsync();

        foreach (var (at, json, place) in Spoilt)
        {
            var consent = FhirConsents.Of(Secrecy, Secrecy.Consent(who));
            Put(consent, at, json);
            using var answer = await giver.SendAsync(consent);
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{at} {json}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            Assert.True((await answer.IssuesAsync()).Contains(("consent-not-understood", place)), $"{at} {json}: {await answer.Content.ReadAsStringAsync()}");
            Assert.DoesNotContain(who.Reveal(), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(size, await room.LogSizeAsync());
        Assert.Empty((await room.StateAsync(who.Reveal())).State.Consents);
    }

    [Fact]
    public async Task AllFaultsAreSaidAtOnce()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var consent = FhirConsents.Of(Secrecy, Secrecy.Consent(Some.Person(1)));
        string[] places = ["status", "meta", "provision.securityLabel", "provision.dataPeriod", "contained[0].active", "verification"];
        foreach (var (at, json, _) in places.Select(static place => Spoilt.First(one => one.At == place)))
        {
            Put(consent, at, json);
        }

        using var answer = await room.Giver(Secrecy).SendAsync(consent);

        Assert.Equal(places.Select(static place => Spoilt.First(one => one.At == place).Place).Order(), (await answer.IssuesAsync()).Select(static issue => issue.Place).Order());
    }

    [Fact]
    public async Task ItemsThatNoRuleCarriesAreNamedOneByOne()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var consent = FhirConsents.Of(Secrecy, Secrecy.Consent(Some.Person(1)));
        var others = WholeLaw.Catalogue.Items.Keys.Where(static item => !WholeLaw.Catalogue.Rules.Values.Any(rule => rule.Items.Contains(item) && rule.Consents.Any(static asked => asked.Form == Secrecy.Form.Id))).Take(2).ToList();
        var classes = consent["provision"]!["class"]!.AsArray();
        var from = classes.Count;
        foreach (var other in others)
        {
            classes.Add(JsonNode.Parse(Item.Replace("CODE", other.Value, StringComparison.Ordinal)));
        }

        using var answer = await room.Giver(Secrecy).SendAsync(consent);

        Assert.Equal([("consent-not-in-law", $"Consent.provision.class[{from}]"), ("consent-not-in-law", $"Consent.provision.class[{from + 1}]")], await answer.IssuesAsync());
    }

    [Fact]
    public async Task WhatIsNoStrictJsonIsRefusedBeforeItIsRead()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var good = FhirConsents.Of(Secrecy, Secrecy.Consent(Some.Person(1))).ToJsonString();
        string[] bodies = ["", "{", good[..^1] + ", \"status\": \"active\"}", good + "{}", "// so\n" + good, good.Replace("\"permit\"", "\"permit\", \"x\": " + new string('[', 40) + new string(']', 40), StringComparison.Ordinal), good.Replace("form-1", new string('x', 70_000), StringComparison.Ordinal)];

        foreach (var body in bodies)
        {
            using var answer = await room.Giver(Secrecy).SendAsync(body);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode} {body[..Math.Min(body.Length, 80)]}");
            Assert.Equal("invalid-request", (await answer.IssuesAsync()).Single().Slug);
        }

        Assert.Empty((await room.StateAsync(Some.Person(1).Reveal())).State.Consents);
    }

    [Fact]
    public async Task AMemberThatIsNotKnownIsFoundWhereverItStands()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var reader = room.Services.GetRequiredService<ConsentReader>();
        var viewer = new Viewer.Organisation(new Recorder(Secrecy.From.Organisation!.Value, Secrecy.From.Professional!.Value, Secrecy.From.Role, null));
        var good = FhirConsents.Of(Secrecy, Secrecy.Consent(Some.Person(1)) with { To = room.Clock.GetUtcNow().AddDays(1) }).ToJsonString();
        Assert.Empty(Read(JsonNode.Parse(good)!).Faults);
        var objects = ObjectsIn(JsonNode.Parse(good)!).Count();

        Gen.Select(Gen.Int[0, objects - 1], Gen.OneOf("x", "extension", "modifierExtension", "_code", "id", "comment", "provision", "security label", Some.Aino)).Where(static one => one.Item2 != "id" || one.Item1 > 0).Sample((place, name) =>
        {
            var consent = JsonNode.Parse(good)!;
            var spoilt = ObjectsIn(consent).ElementAt(place);
            if (spoilt.ContainsKey(name))
            {
                return;
            }

            spoilt[name] = new JsonArray(new JsonObject { ["url"] = "https://example.org/not", ["valueBoolean"] = true });
            var reading = Read(consent);

            Assert.Null(reading.Consent);
            Assert.NotEmpty(reading.Faults);
            Assert.DoesNotContain(reading.Faults, static fault => (fault.Path + fault.Text).Contains(Some.Aino, StringComparison.Ordinal));
        });

        ConsentReading Read(JsonNode consent)
        {
            using var document = JsonDocument.Parse(consent.ToJsonString());
            return reader.Read(document.RootElement, viewer);
        }
    }

    private static IEnumerable<JsonObject> ObjectsIn(JsonNode node) => node switch
    {
        JsonObject one => one.Select(static member => member.Value).OfType<JsonNode>().SelectMany(ObjectsIn).Prepend(one),
        JsonArray list => list.OfType<JsonNode>().SelectMany(ObjectsIn),
        _ => [],
    };

    /// <summary>Puts JSON at a place such as <c>contained[0].code</c>; null takes away what is there.</summary>
    private static void Put(JsonObject consent, string at, string? json)
    {
        var steps = at.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        JsonNode node = consent;
        foreach (var step in steps[..^1])
        {
            node = step[0] == '[' ? node[int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        }

        if (json is null)
        {
            node.AsObject().Remove(steps[^1]);
        }
        else
        {
            node[steps[^1]] = JsonNode.Parse(json);
        }
    }
}
