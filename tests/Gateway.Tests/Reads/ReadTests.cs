// What a counsellor gets from a patient record, and what stays there.
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

public sealed class ReadTests
{
    private const string Record = "fhir/pohjois-savo-record";

    [Fact]
    public async Task APersonIsFoundByIdentifierInTheBodyAndKnownByAHandleFromThenOn()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var found = await world.SearchAsync($"{Record}/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}");

        Assert.Equal(200, found.Status);
        Assert.DoesNotContain(Some.Aino, found.Everything, StringComparison.Ordinal);
        var patient = Some.Parse(found.Body)["entry"]![0]!["resource"]!;
        Assert.Equal(64, ((string)patient["id"]!).Length);
        Assert.Equal("1990-01-01", (string?)patient["birthDate"]);
        Assert.Equal("SUBSETTED", (string?)patient["meta"]!["tag"]![0]!["code"]);
        Assert.Null(patient["address"]);
        Assert.Contains("Sisote-Receipt: receipt-0", found.Headers, StringComparison.Ordinal);
        Assert.Contains("no-store", found.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyLimitsGoalsAndMeasuresLeaveTheRecordAndNoMarkerOfAnythingElse()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);

        var flags = await world.GetAsync($"{Record}/Flag?patient={handle}");
        var measures = await world.GetAsync($"{Record}/Observation?patient={handle}");
        var conditions = await world.GetAsync($"{Record}/Condition?patient={handle}");
        var flag = Some.Parse(flags.Body)["entry"]![0]!;
        var one = await world.GetAsync(((string)flag["fullUrl"]!)["http://gateway.test/".Length..]);

        Assert.Equal(Some.RestrictionCode, (string?)flag["resource"]!["code"]!["coding"]![0]!["code"]);
        Assert.True(JsonNode.DeepEquals(flag["resource"], Some.Parse(one.Body)));
        Assert.Equal($"Patient/{handle}", (string?)flag["resource"]!["subject"]!["reference"]);
        Assert.Equal("min/wk", (string?)Some.Parse(measures.Body)["entry"]![0]!["resource"]!["valueQuantity"]!["code"]);
        Assert.Null(Some.Parse(conditions.Body)["entry"]);
        foreach (var answer in new[] { flags, measures, conditions, one })
        {
            Assert.Equal(200, answer.Status);
            Assert.DoesNotContain("marker", answer.Everything, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("upstream", answer.Everything, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("127.0.0.1", answer.Everything, StringComparison.Ordinal);
            Assert.DoesNotContain("4711", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhatLeavesIsOnRecordWithItsRuleAndWhatStayedWithItsReason()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);

        await world.GetAsync($"{Record}/Flag?patient={handle}");

        var entry = world.Consent.Log[^1].Entry;
        Assert.Equal(LogEntryKind.Disclosure, entry.Kind);
        Assert.Equal("released", entry.Outcome);
        var released = Assert.Single(entry.Items, static item => item.Released);
        Assert.Equal("exercise-restriction", released.Item.Value);
        Assert.Equal("EX-02", released.Rule?.Value);
        Assert.All(entry.Items.Where(static item => !item.Released), static item => Assert.NotNull(item.Reason));
        Assert.Equal("Flag", Assert.Single(entry.Resources).Type);
        Assert.Equal("ohjaaja-salmi", entry.To?.Professional?.Value);
        Assert.NotNull(world.Consent.Log[^1].Expect);
    }

    [Fact]
    public async Task AbsentDeniedAndWithdrawnLookTheSameByteForByte()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var flagHandle = (string)Some.Parse((await world.GetAsync($"{Record}/Flag?patient={handle}")).Body)["entry"]![0]!["resource"]!["id"]!;
        var kept = world.Source.Resources.ToArray();

        world.Source.Resources.Clear();
        var absent = await AnswersAsync();
        world.Source.Resources.AddRange(kept);
        world.Consent.Set(Some.Aino, static state => state with { Consents = [state.Consents[0] with { Status = ConsentStatus.Withdrawn }] });
        var withdrawn = await AnswersAsync();
        world.Consent.Set(Some.Aino, static state => state with { Consents = [] });
        var never = await AnswersAsync();
        world.Consent.Set(Some.Aino, static state => Some.Counselled(state) with { Relationships = [] });
        var noReferral = await AnswersAsync();

        Assert.Equal([200, 404, 200], absent.Select(static answer => answer.Status));
        foreach (var other in new[] { withdrawn, never, noReferral })
        {
            Assert.Equal(absent.Select(static answer => answer.Comparable), other.Select(static answer => answer.Comparable));
        }

        Assert.Equal(LogEntryKind.Refusal, world.Consent.Log[^1].Entry.Kind);
        async Task<RawAnswer[]> AnswersAsync() =>
        [
            await world.GetAsync($"{Record}/Flag?patient={handle}"),
            await world.GetAsync($"{Record}/Flag/{flagHandle}"),
            await world.SearchAsync($"{Record}/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}"),
        ];
    }

    [Fact]
    public async Task ADeniedQuestionReachesTheSourceAsAQuestionAboutNobody()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var denied = await world.SearchAsync($"{Record}/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Onni}");

        Assert.Null(Some.Parse(denied.Body)["entry"]);
        var seen = Assert.Single(world.Source.Seen);
        Assert.DoesNotContain(Some.Onni, Uri.UnescapeDataString(seen.Body), StringComparison.Ordinal);
        Assert.Contains("010100+999N", Uri.UnescapeDataString(seen.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSourceHearsOnlyWhatTheGatewayWrote()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, $"{Record}/Flag?patient={handle}"));
        request.Headers.Add("Cookie", "marker-cookie=1");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("X-Forwarded-For", "marker-forwarded");

        await world.SendAsync(request);

        var seen = world.Source.Seen[^1];
        Assert.Equal(("POST", "/pohjois-savo-record/Flag/_search"), (seen.Method, seen.Target));
        Assert.Equal(["Accept", "Authorization", "Content-Length", "Content-Type", "Host"], seen.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("category=https://sisote.example/fhir/CodeSystem/category|exercise-restriction", Uri.UnescapeDataString(seen.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWithdrawalWhileTheSourceAnswersStopsTheRelease()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Consent.BeforeNextAppend = () => world.Consent.Set(Some.Aino, static state => state with { Consents = [] });

        var answer = await world.GetAsync($"{Record}/Flag?patient={handle}");

        Assert.Equal(200, answer.Status);
        Assert.Null(Some.Parse(answer.Body)["entry"]);
        Assert.DoesNotContain("Sisote-Receipt", answer.Headers, StringComparison.Ordinal);
        Assert.Equal("denied", world.Consent.Log[^1].Entry.Outcome);
        Assert.Equal(2, world.Consent.Log.Count);
    }

    [Fact]
    public async Task AChangeThatDoesNotConcernTheItemOnlyMakesTheGatewayDecideAgain()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Consent.BeforeNextAppend = () => world.Consent.Set(Some.Aino, static state => state);

        var answer = await world.GetAsync($"{Record}/Flag?patient={handle}");

        Assert.NotNull(Some.Parse(answer.Body)["entry"]);
        Assert.Equal(world.Consent.StateOf(Some.Aino).Revision, world.Consent.Log[^1].Entry.ClientRevision);
    }

    [Fact]
    public async Task AHandleOfAnotherRecipientOrAChangedOneIsNobodysHandle()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var changed = (handle[0] == 'A' ? "B" : "A") + handle[1..];

        var own = await world.GetAsync($"{Record}/Flag?patient={handle}");
        var others = await world.GetAsync($"{Record}/Flag?patient={handle}", world.Token("siilinjarvi-portal", organisation: "siilinjarvi"));
        var tampered = await world.GetAsync($"{Record}/Flag?patient={changed}");
        var read = await world.GetAsync($"{Record}/Flag/{changed}");

        Assert.NotNull(Some.Parse(own.Body)["entry"]);
        Assert.Null(Some.Parse(others.Body)["entry"]);
        Assert.Null(Some.Parse(tampered.Body)["entry"]);
        Assert.Equal(404, read.Status);
    }

    [Fact]
    public async Task ALabelOnTheSourcesPatientMasksTheAddressEvenIfNobodyHadRecordedIt()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Source.Resources[0]["meta"] = JsonNode.Parse("""{"security":[{"system":"https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs","code":"TURVAKIELTO"}]}""");
        var portal = world.Token();

        var labelled = await world.SearchAsync("fhir/kuopio-liikunta/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}", portal);
        world.Source.Resources[0].Remove("meta");
        var plain = await world.SearchAsync("fhir/kuopio-liikunta/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}", portal);

        Assert.Contains("marker-city", plain.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("marker-city", labelled.Body, StringComparison.Ordinal);
        Assert.Equal("SUBSETTED", (string?)Some.Parse(labelled.Body)["entry"]![0]!["resource"]!["meta"]!["tag"]![0]!["code"]);
    }

    [Theory]
    [InlineData("PSY")]
    [InlineData("V")]
    [InlineData("R")]
    [InlineData("a-label-nobody-knows")]
    public async Task AResourceUnderASensitiveOrUnknownLabelStays(string label)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Source.Resources[1]["meta"] = JsonNode.Parse($$"""{"security":[{"code":"{{label}}"}]}""");

        var answer = await world.GetAsync($"{Record}/Flag?patient={handle}");

        Assert.Null(Some.Parse(answer.Body)["entry"]);
    }

    [Fact]
    public async Task AnotherClientsResourceInTheAnswerStays()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var body = $$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{Some.Restriction(Some.Onni).ToJsonString()}}}]}""";
        world.Source.Instead = context =>
        {
            context.Response.ContentType = "application/fhir+json";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, body);
        };

        var answer = await world.GetAsync($"{Record}/Flag?patient={handle}");

        Assert.Null(Some.Parse(answer.Body)["entry"]);
    }

    [Fact]
    public async Task TheOwnRegisterIsListedClientByClientAndRecordedAsUse()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Source.Resources.AddRange([Some.Referral(Some.Aino), Some.Referral(Some.Onni, "sr-2")]);

        var list = await world.GetAsync("fhir/kuopio-liikunta/ServiceRequest");
        var others = await world.GetAsync($"{Record}/ServiceRequest");

        Assert.Equal(["match", "match", "outcome"], Some.Parse(list.Body)["entry"]!.AsArray().Select(static entry => (string?)entry!["search"]!["mode"]).Order());
        var uses = world.Consent.Log.Where(static item => item.Entry.Kind == LogEntryKind.Use).ToArray();
        Assert.Equal(2, uses.Select(static item => item.Entry.Client).Distinct().Count());
        Assert.Equal(400, others.Status);
    }

    [Fact]
    public async Task ACountCountsOnlyWhatMayLeaveSoThatNoGapTellsOfWhatStayed()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var hidden = Some.Restriction(Some.Aino, "flag-0");
        hidden["meta"]!["security"]![0]!["code"] = "PSY";
        world.Source.Resources.Insert(0, hidden);
        world.Source.Resources.Add(Some.Restriction(Some.Aino, "flag-2"));

        var one = await world.GetAsync($"{Record}/Flag?patient={handle}&_count=1");
        var many = await world.GetAsync($"{Record}/Flag?patient={handle}&_count=3");

        Assert.Single(Some.Parse(one.Body)["entry"]!.AsArray());
        Assert.Equal(2, Some.Parse(many.Body)["entry"]!.AsArray().Count);
        Assert.All(world.Source.Seen, static seen => Assert.DoesNotContain("_count", seen.Body, StringComparison.Ordinal));
        Assert.Equal([1, 2], world.Consent.Log.TakeLast(2).Select(static item => item.Entry.Resources.Length));
    }

    [Fact]
    public async Task AListOfTheOwnRegisterIsNoLongerThanItsCount()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Source.Resources.AddRange([Some.Referral(Some.Aino), Some.Referral(Some.Onni, "sr-2")]);

        var list = await world.GetAsync("fhir/kuopio-liikunta/ServiceRequest?_count=1");

        Assert.Single(Some.Parse(list.Body)["entry"]!.AsArray());
        Assert.Single(world.Consent.Log);
    }

    [Fact]
    public async Task NothingLeavesWhileTheLogCannotBeWritten()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Consent.IsLogDown = true;

        var answer = await world.GetAsync($"{Record}/Flag?patient={handle}");

        Assert.Equal(503, answer.Status);
        Assert.Contains("log-unavailable", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.RestrictionCode, answer.Everything, StringComparison.Ordinal);
        Assert.Contains("Retry-After", answer.Headers, StringComparison.Ordinal);
    }
}
