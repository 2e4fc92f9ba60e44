// What may be sent into another system, and what the sender hears.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Adapters;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Writes;

public sealed class WriteTests
{
    private const string Record = "fhir/pohjois-savo-record";
    private const string Sports = "fhir/kuopio-liikunta";

    [Fact]
    public async Task AnEntryGoesIntoTheRecordOnceItsIntentIsOnRecord()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var before = -1;
        world.Source.Instead = context =>
        {
            before = world.Consent.Log.Count;
            context.Response.StatusCode = 201;
            context.Response.Headers.Location = "Observation/new-1/_history/marker";
            return context.Response.WriteAsync("marker-upstream-body");
        };

        var answer = await world.PostAsync($"{Record}/Observation", Measure(), key: "key-1");

        Assert.Equal(201, answer.Status);
        Assert.Equal(1, before);
        Assert.Equal([LogEntryKind.WriteIntent, LogEntryKind.WriteOutcome], world.Consent.Log.Select(static item => item.Entry.Kind));
        Assert.Equal(("delivered", world.Consent.Log[0].Entry.Id), (world.Consent.Log[1].Entry.Outcome, world.Consent.Log[1].Entry.Relates));
        Assert.NotNull(world.Consent.Log[0].Expect);
        Assert.Equal("EX-03", world.Consent.Log[0].Entry.Items[0].Rule?.Value);
        Assert.DoesNotContain("marker", answer.Everything, StringComparison.Ordinal);
        Assert.Matches("Location: http://gateway.test/fhir/pohjois-savo-record/Observation/[A-Za-z0-9.-]{64}", answer.Headers);
        Assert.Equal(["receipt-0", "receipt-1"], Some.Parse(answer.Body)["issue"]!.AsArray().Select(static issue => (string?)issue!["diagnostics"]));
        var seen = world.Source.Seen[0];
        Assert.Equal("EX-03", SenderInfo.FromHeader(seen.Headers[SenderInfo.Header])?.Rule.Value);
        Assert.DoesNotContain("key-1", string.Join('\n', seen.Headers.Values), StringComparison.Ordinal);
        Assert.Equal(Some.Aino, (string?)JsonNode.Parse(seen.Body)!["subject"]!["identifier"]!["value"]);
    }

    [Fact]
    public async Task TheSameKeyReachesTheTargetAsTheSameName()
    {
        await using var world = await GatewayWorld.OpenAsync();

        await world.PostAsync($"{Record}/Observation", Measure(), key: "key-1");
        await world.PostAsync($"{Record}/Observation", Measure(), key: "key-1");
        await world.PostAsync($"{Record}/Observation", Measure(), key: "key-2");

        var names = world.Source.Seen.Select(static seen => seen.Headers["Idempotency-Key"]).ToArray();
        Assert.Equal(names[0], names[1]);
        Assert.NotEqual(names[0], names[2]);
    }

    [Fact]
    public async Task AKeyThatItsSenderUsesAgainForAnotherClientIsAnotherEntry()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Set(Some.Onni, Some.Counselled);

        var first = await world.PostAsync($"{Record}/Observation", Measure(), key: "key-1");
        var second = await world.PostAsync($"{Record}/Observation", Measure().Replace(Some.Aino, Some.Onni, StringComparison.Ordinal), key: "key-1");

        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.Equal(2, world.Source.Seen.Select(static seen => seen.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [Theory]
    [InlineData("note", """[{"text":"x"}]""", "Observation.note")]
    [InlineData("text", """{"status":"generated","div":"<div/>"}""", "Observation.text")]
    [InlineData("valueString", "\"x\"", "Observation.valueString")]
    [InlineData("extension", """[{"url":"http://x"}]""", "Observation.extension")]
    [InlineData("_status", """{"id":"x"}""", "Observation._status")]
    [InlineData("status", "\"free words here\"", "Observation.status")]
    [InlineData("unknownElement", "1", "Observation.unknownElement")]
    [InlineData("meta", """{"profile":["http://x"]}""", "Observation.meta")]
    [InlineData("code", """{"coding":[{"system":"http://loinc.org","code":"82290-8","display":"x"}]}""", "Observation.code.coding[0].display")]
    [InlineData("valueQuantity", """{"value":1,"unit":"minutes","system":"http://unitsofmeasure.org","code":"min/wk"}""", "Observation.valueQuantity.unit")]
    [InlineData("performer", """[{"reference":"Practitioner/1"}]""", "Observation.performer[0]")]
    [InlineData("performer", """[{"identifier":{"system":"urn:oid:1.2","value":"words about the client"}}]""", "Observation.performer[0]")]
    [InlineData("performer", """[{"identifier":{"system":"urn:oid:1.2","value":"010190-901R"}}]""", "Observation.performer[0]")]
    [InlineData("performer", """[{"identifier":{"system":"some words","value":"1"}}]""", "Observation.performer[0]")]
    [InlineData("effectiveDateTime", "\"+358401234567\"", "Observation.effectiveDateTime")]
    [InlineData("effectiveDateTime", "\"2026-02-03T10:00\"", "Observation.effectiveDateTime")]
    public async Task AnElementThatBelongsToNoItemRefusesTheWholeEntryByName(string name, string value, string path)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var measure = Some.Parse(Measure());
        measure[name] = JsonNode.Parse(value);

        var answer = await world.PostAsync($"{Record}/Observation", measure.ToJsonString());

        Assert.Equal(422, answer.Status);
        Assert.Equal(path, (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]);
        Assert.Empty(world.Source.Seen);
        Assert.Equal(LogEntryKind.Refusal, Assert.Single(world.Consent.Log).Entry.Kind);
    }

    [Fact]
    public async Task AMissingAgreementIsNamedAndTheModeThatWorksWithoutItIsOffered()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Set(Some.Aino, static state => state with { Agreements = [Some.Agreement("director-instructions", "EX-03"), Some.Agreement("cooperation", "EX-01")] });

        var answer = await world.PostAsync($"{Record}/DocumentReference", Entry(Some.Aino));
        var stranger = await world.PostAsync($"{Record}/DocumentReference", Entry(Some.Onni));

        Assert.Equal(403, answer.Status);
        var issues = Some.Parse(answer.Body)["issue"]!;
        Assert.Equal("agreement-missing", (string?)issues[0]!["details"]!["coding"]![0]!["code"]);
        Assert.Contains("on-behalf", (string?)issues[0]!["details"]!["text"], StringComparison.Ordinal);
        Assert.Equal(("alternative-available", "EX-04"), ((string?)issues[1]!["details"]!["coding"]![0]!["code"], (string?)issues[1]!["details"]!["text"]));
        Assert.Equal(403, stranger.Status);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task ARefusalForTheClientsReasonsTellsNothingAboutConsents()
    {
        await using var world = await GatewayWorld.OpenAsync();

        world.Consent.Set(Some.Aino, static state => state with { Consents = [state.Consents[0], state.Consents[1] with { Status = ConsentStatus.Withdrawn }] });
        var withdrawn = await world.PostAsync($"{Record}/Communication", Feedback());
        world.Consent.Set(Some.Aino, static state => state with { Consents = [] });
        var never = await world.PostAsync($"{Record}/Communication", Feedback());
        world.Consent.Set(Some.Aino, static state => Some.Counselled(state) with { Relationships = [] });
        var noReferral = await world.PostAsync($"{Record}/Communication", Feedback());
        world.Consent.Set(Some.Aino, Some.Counselled);
        var permitted = await world.PostAsync($"{Record}/Communication", Feedback());

        Assert.Equal(201, permitted.Status);
        Assert.Equal(403, withdrawn.Status);
        Assert.Equal(withdrawn.Comparable, never.Comparable);
        Assert.Equal(withdrawn.Comparable, noReferral.Comparable);
        Assert.Single(world.Source.Seen);
    }

    [Fact]
    public async Task AReferralBundleIsDeliveredAsOneAndBeginsARelationshipToAccept()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var answer = await world.PostAsync(Sports, ReferralBundle(), world.DoctorToken());

        Assert.Equal(200, answer.Status);
        Assert.Equal("transaction-response", (string?)Some.Parse(answer.Body)["type"]);
        var sent = JsonNode.Parse(Assert.Single(world.Source.Seen).Body)!;
        Assert.Equal(("POST", "/kuopio-liikunta"), (world.Source.Seen[0].Method, world.Source.Seen[0].Target));
        Assert.Equal(Some.Aino, (string?)sent["entry"]![0]!["resource"]!["identifier"]![0]!["value"]);
        Assert.Equal(Some.Aino, (string?)sent["entry"]![1]!["resource"]!["subject"]!["identifier"]!["value"]);
        Assert.DoesNotContain("3f2504e0", world.Source.Seen[0].Body, StringComparison.Ordinal);
        var begins = world.Consent.Log[^1].Begins;
        Assert.Equal("delivered", world.Consent.Log[^1].Entry.Outcome);
        Assert.Equal(("referral", RelationshipStatus.Requested, "pohjois-savo", "kuopio"), (begins?.Kind, begins?.Status, begins?.FromOrganisation?.Value, begins?.ToOrganisation?.Value));
        Assert.Equal(Some.Aino, world.Consent.Log[0].ClientIdentifier);
    }

    [Theory]
    [InlineData("yyyy-MM-dd")]
    [InlineData("yyyy-MM")]
    [InlineData("yyyy")]
    public async Task AReferralRunsToTheLastMomentOfTheDayMonthOrYearInFinlandThatItsSenderNamed(string precision)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var last = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(40);
        var end = precision switch
        {
            "yyyy" => new DateTime(last.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
            "yyyy-MM" => new DateTime(last.Year, last.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1),
            _ => DateTime.SpecifyKind(last.Date.AddDays(1), DateTimeKind.Unspecified),
        };
        var exact = new DateTimeOffset(end, TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki").GetUtcOffset(end)).AddTicks(-1);
        var latest = TimeProvider.System.GetUtcNow().AddMonths(12);

        await world.PostAsync(Sports, ReferralUntil(last.ToString(precision, System.Globalization.CultureInfo.InvariantCulture)), world.DoctorToken());

        var begins = world.Consent.Log[^1].Begins!;
        Assert.True(exact < latest ? begins.To == exact : begins.To >= latest, $"{begins.To:O} for {exact:O}");
    }

    [Theory]
    [InlineData("2026-02-31")]
    [InlineData("2026-13")]
    [InlineData("12:00:00")]
    public async Task AReferralWhoseEndIsNoDateIsRefusedInsteadOfRunningForAYear(string end)
    {
        await using var world = await GatewayWorld.OpenAsync();

        var answer = await world.PostAsync(Sports, ReferralUntil(end), world.DoctorToken());

        Assert.Equal((422, "date-unclear", "Bundle.entry[1].resource.occurrencePeriod.end"), (
            answer.Status, (string?)Some.Parse(answer.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"], (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]));
        Assert.Empty(world.Source.Seen);
    }

    [Theory]
    [InlineData(422, 422, "refused")]
    [InlineData(503, 202, "waiting")]
    [InlineData(500, 202, "unknown")]
    public async Task WhatTheTargetSaidIsRecordedAndToldInOurOwnWords(int upstream, int status, string outcome)
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Source.Instead = context =>
        {
            context.Response.StatusCode = upstream;
            return context.Response.WriteAsync("""{"resourceType":"OperationOutcome","issue":[{"diagnostics":"marker-upstream"}]}""");
        };

        var answer = await world.PostAsync($"{Record}/Observation", Measure());

        Assert.Equal(status, answer.Status);
        Assert.Equal(outcome, world.Consent.Log[^1].Entry.Outcome);
        Assert.DoesNotContain("marker", answer.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsSentWhileTheLogCannotBeWritten()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.IsLogDown = true;

        var answer = await world.PostAsync($"{Record}/Observation", Measure());

        Assert.Equal(503, answer.Status);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task AnEntryAboutTwoPeopleOrNobodyIsNotSent()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var two = ReferralBundle().Replace(Some.Aino, Some.Onni, StringComparison.Ordinal).Replace("\"subject\":{\"reference\":\"urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301\"}", $$"""
            "subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{Some.Aino}}"} }
            """, StringComparison.Ordinal);
        var nobody = Some.Parse(Measure());
        nobody["subject"] = JsonNode.Parse("""{"reference":"Patient/somebody"}""");

        var first = await world.PostAsync(Sports, two, world.DoctorToken());
        var second = await world.PostAsync($"{Record}/Observation", nobody.ToJsonString());

        Assert.Equal([422, 422], [first.Status, second.Status]);
        Assert.Empty(world.Source.Seen);
    }

    private static string Measure() => $$"""
        {"resourceType":"Observation","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"activity"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"82290-8"}]},"subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{Some.Aino}}"} },
         "effectiveDateTime":"2026-02-03","valueQuantity":{"value":150,"unit":"min/wk","system":"http://unitsofmeasure.org","code":"min/wk"} }
        """;

    private static string Entry(string hetu) => $$"""
        {"resourceType":"DocumentReference","status":"current","category":[{"coding":[{"system":"{{Some.Category}}","code":"exercise-counselling-entry"}]}],
         "subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"} },"content":[{"attachment":{"contentType":"text/plain","data":"S8OkdmVseQ=="} }]}
        """;

    private static string Feedback() => $$"""
        {"resourceType":"Communication","status":"completed","category":[{"coding":[{"system":"{{Some.Category}}","code":"service-feedback"}]}],
         "subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{Some.Aino}}"} },"payload":[{"contentString":"Counselling has begun well."}]}
        """;

    private static string ReferralUntil(string end) =>
        ReferralBundle().Replace("\"authoredOn\"", $"\"occurrencePeriod\":{{\"end\":\"{end}\"}},\"authoredOn\"", StringComparison.Ordinal);

    private static string ReferralBundle() => $$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"fullUrl":"urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301","request":{"method":"POST","url":"Patient"},
           "resource":{"resourceType":"Patient","identifier":[{"system":"urn:oid:1.2.246.21","value":"{{Some.Aino}}"}],"name":[{"family":"Aaltonen","given":["Aino"]}]} },
          {"request":{"method":"POST","url":"ServiceRequest"},
           "resource":{"resourceType":"ServiceRequest","status":"active","intent":"order","category":[{"coding":[{"system":"{{Some.Category}}","code":"exercise-referral"}]}],
            "subject":{"reference":"urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301"},"authoredOn":"2026-01-05","patientInstruction":"Call us"} }]}
        """;
}
