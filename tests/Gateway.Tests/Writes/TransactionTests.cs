// Several resources in one delivery: a decision and a record for each, all or nothing.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Writes;

public sealed class TransactionTests
{
    private const string Record = "fhir/pohjois-savo-record";

    [Fact]
    public async Task EveryEntryHasItsOwnDecisionAndRecordAllWrittenInOneCallBeforeAnythingIsSent()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var before = -1;
        world.Source.AfterNextChange = _ =>
        {
            before = world.Consent.Log.Count;
            return Task.CompletedTask;
        };

        var answer = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), Entries.Measure(), Entries.Goal()).ToJsonString());

        Assert.Equal(200, answer.Status);
        Assert.Equal(3, before);
        Assert.Equal([3, 3], world.Consent.AppendCalls);
        var (intents, outcomes) = (world.Consent.Log.Take(3).ToList(), world.Consent.Log.Skip(3).ToList());
        Assert.Equal(["exercise-entry", "exercise-measures", "exercise-goal-plan"], intents.Select(static item => Assert.Single(item.Entry.Items).Item.Value));
        Assert.All(intents, static item => Assert.Equal((LogEntryKind.WriteIntent, "sending"), (item.Entry.Kind, item.Entry.Outcome)));
        Assert.All(intents, static item => Assert.NotNull(item.Expect));
        Assert.Single(intents.Select(static item => item.Together).Distinct());
        Assert.Equal(intents.Select(static item => item.Entry.Id), outcomes.Select(static item => item.Entry.Relates));
        Assert.All(outcomes, static item => Assert.Equal("delivered", item.Entry.Outcome));
        Assert.Equal(["DocumentReference", "Observation", "Goal"], outcomes.Select(static item => Assert.Single(item.Entry.Resources).Type));
    }

    [Fact]
    public async Task TheAnswerHoldsTheReceiptsOfEveryEntry()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var answer = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), Entries.Measure()).ToJsonString());

        var responses = Some.Parse(answer.Body)["entry"]!.AsArray().Select(static entry => entry!["response"]!).ToList();
        Assert.Equal(["receipt-0 receipt-2", "receipt-1 receipt-3"], responses.Select(static response => string.Join(' ', response["outcome"]!["issue"]!.AsArray().Select(static issue => (string?)issue!["diagnostics"]))));
        Assert.All(responses, static response => Assert.Equal(("201 Created", "OperationOutcome"), ((string?)response["status"], (string?)response["outcome"]!["resourceType"])));
        Assert.Contains("Sisote-Receipt: receipt-0, receipt-2", answer.Headers, StringComparison.Ordinal);
        Assert.Matches("^Observation/[A-Za-z0-9.-]{64}$", (string?)responses[1]["location"]);
    }

    [Fact]
    public async Task OneEntryThatMayNotGoKeepsAllBackAndIsNamed()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Set(Some.Aino, static state => state with { Consents = [state.Consents[0]] });

        var answer = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), Entries.Measure(), Entries.Feedback()).ToJsonString());

        Assert.Equal(403, answer.Status);
        Assert.Equal("Bundle.entry[2].resource", (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]);
        Assert.Empty(world.Source.Seen);
        Assert.Equal([3], world.Consent.AppendCalls);
        Assert.Equal(["withheld", "withheld", "denied"], world.Consent.Log.Select(static item => item.Entry.Outcome));
        Assert.All(world.Consent.Log, static item => Assert.Equal(LogEntryKind.Refusal, item.Entry.Kind));
        Assert.DoesNotContain(world.Consent.Log.SelectMany(static item => item.Entry.Items), static item => item.Released);
    }

    [Fact]
    public async Task AnElementTooMuchInOneEntryKeepsAllBackAndIsNamed()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var measure = Entries.Measure();
        measure["note"] = new JsonArray(new JsonObject { ["text"] = "x" });

        var answer = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), measure).ToJsonString());

        Assert.Equal(422, answer.Status);
        Assert.Equal("Bundle.entry[1].resource.note", (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]);
        Assert.Empty(world.Source.Seen);
    }

    [Theory]
    [InlineData("""{"detail":{"description":"Swimming"}}""", "Bundle.entry[1].resource.activity[1].detail.status")]
    [InlineData("""{"detail":{"status":"scheduled","description":"Swimming","doNotPerform":true}}""", "Bundle.entry[1].resource.activity[1].detail.doNotPerform")]
    public async Task AnActivityThatWouldGetLostOnTheWayRefusesTheWholeDeliveryByName(string activity, string path)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var plan = Entries.Plan("Goal/1");
        plan.Remove("goal");
        plan["activity"] = new JsonArray(Some.Parse("""{"detail":{"status":"scheduled","description":"Walking"}}"""), Some.Parse(activity));

        var answer = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), plan).ToJsonString());

        Assert.Equal((422, path), (answer.Status, (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]));
        Assert.Empty(world.Source.Seen);
    }

    [Theory]
    [InlineData("measure", "component", """[{"valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]""", "Observation.component[0].code")]
    [InlineData("feedback", "payload", """[{"contentString":"Counselling has begun well."},{}]""", "Communication.payload[1]")]
    [InlineData("measure", "status", null, "Observation.status")]
    public async Task APartThatLacksWhatFhirDemandsIsNamedInsteadOfLeftOut(string kind, string element, string? value, string path)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var entry = kind == "measure" ? Entries.Measure() : Entries.Feedback();
        entry.Remove(element);
        if (value is not null)
        {
            entry[element] = JsonNode.Parse(value);
        }

        var answer = await world.PostAsync($"{Record}/{entry["resourceType"]}", entry.ToJsonString());

        Assert.Equal((422, path), (answer.Status, (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]));
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task AReferenceToAnotherClientsResourceRefusesTheEntryByNameInsteadOfGettingLost()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Set(Some.Onni, Some.Counselled);
        var (goal, othersGoal) = (Entries.Goal(), Entries.Goal(Some.Onni));
        (goal["id"], othersGoal["id"]) = ("goal-3", "goal-4");
        world.Source.Resources.AddRange([Some.Patient(Some.Onni, "p2"), goal, othersGoal]);
        var (own, other) = (await FindGoalAsync(world, Some.Aino), await FindGoalAsync(world, Some.Onni));
        world.Source.Seen.Clear();

        var whole = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), Entries.Plan(own)).ToJsonString());
        var foreign = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), Entries.Plan(other)).ToJsonString());

        Assert.Equal((422, "Bundle.entry[1].resource.goal[0]"), (foreign.Status, (string?)Some.Parse(foreign.Body)["issue"]![0]!["expression"]![0]));
        Assert.Equal(200, whole.Status);
        Assert.Equal("Goal/goal-3", (string?)JsonNode.Parse(Assert.Single(world.Source.Seen).Body)!["entry"]![1]!["resource"]!["goal"]![0]!["reference"]);
    }

    [Theory]
    [InlineData("""{"reference":"urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301","identifier":{"system":"urn:oid:1.2","value":"1"}}""", ".identifier")]
    [InlineData("""{"identifier":{"system":"urn:oid:1.2","value":"1","use":"old"}}""", ".identifier.use")]
    [InlineData("""{"identifier":{"system":"urn:oid:1.2","value":"1"},"type":"words-about-the-client"}""", ".type")]
    [InlineData("""{"identifier":{"system":"urn:oid:1.2","value":"1"},"type":"Goal"}""", null)]
    public async Task WhatAReferenceSaysGoesWithItOrRefusesIt(string reference, string? path)
    {
        await using var world = await GatewayWorld.OpenAsync();
        const string name = "urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301";
        var plan = Entries.Plan(name);
        plan["goal"]!.AsArray()[0] = JsonNode.Parse(reference);

        var answer = await world.PostAsync(Record, Entries.Transaction([Entries.Text(), plan, Entries.Goal()], static place => place == 2 ? name : null).ToJsonString());

        Assert.Equal(path is null ? 200 : 422, answer.Status);
        Assert.Equal(path is null ? null : $"Bundle.entry[1].resource.goal[0]{path}", path is null ? null : (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]);
        Assert.True(path is not null || (string?)JsonNode.Parse(world.Source.Seen[0].Body)!["entry"]![1]!["resource"]!["goal"]![0]!["type"] == "Goal");
    }

    [Theory]
    [InlineData("old")]
    [InlineData("temp")]
    public async Task AnIdentifierOfTheClientThatIsNotTheOneInUseIsNotSentAsIfItWere(string use)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var measure = Entries.Measure();
        measure["subject"]!["identifier"]!["use"] = use;

        var answer = await world.PostAsync($"{Record}/Observation", measure.ToJsonString());

        Assert.Equal((422, "Observation.subject.identifier.use"), (answer.Status, (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]));
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task AWithdrawalBetweenDecisionAndRecordLeavesNoIntentInTheLog()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.BeforeNextAppend = () => world.Consent.Set(Some.Aino, static state => state with { Consents = [state.Consents[0], state.Consents[1] with { Status = ConsentStatus.Withdrawn }] });

        var answer = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), Entries.Feedback()).ToJsonString());

        Assert.Equal(403, answer.Status);
        Assert.DoesNotContain(world.Consent.Log, static item => item.Entry.Kind == LogEntryKind.WriteIntent);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task ReferencesBetweenEntriesLeadToEachOtherUnderNewNames()
    {
        await using var world = await GatewayWorld.OpenAsync();
        const string name = "urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301";
        var bundle = Entries.Transaction([Entries.Text(), Entries.Plan(name), Entries.Goal()], static place => place == 2 ? name : null).ToJsonString();

        var answer = await world.PostAsync(Record, bundle);
        var nowhere = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), Entries.Plan("urn:uuid:00000000-0000-0000-0000-000000000000")).ToJsonString());

        Assert.Equal(200, answer.Status);
        var sent = JsonNode.Parse(Assert.Single(world.Source.Seen).Body)!["entry"]!;
        Assert.Equal((string?)sent[2]!["fullUrl"], (string?)sent[1]!["resource"]!["goal"]![0]!["reference"]);
        Assert.DoesNotContain("3f2504e0", world.Source.Seen[0].Body, StringComparison.Ordinal);
        Assert.Equal((422, "Bundle.entry[1].resource.goal[0]"), (nowhere.Status, (string?)Some.Parse(nowhere.Body)["issue"]![0]!["expression"]![0]));
    }

    [Theory]
    [InlineData("refused", 422)]
    [InlineData("dies", 503)]
    [InlineData("garbage", 503)]
    [InlineData("another number of entries", 503)]
    [InlineData("one entry failed", 503)]
    public async Task WhatIsNotClearlyDeliveredOrRefusedIsUnknownForEveryEntryAndTheSameKeyResolvesIt(string fault, int status)
    {
        await using var world = await GatewayWorld.OpenAsync(new Dictionary<string, string?> { ["Sisote:Gateway:Outbox:Waits"] = "false" });
        world.Source.Instead = context => FailAsync(context, fault);
        var bundle = Entries.Transaction(Entries.Text(), Entries.Measure()).ToJsonString();

        var first = await world.PostAsync(Record, bundle, key: "key-1");
        world.Source.Instead = null;
        var second = await world.PostAsync(Record, bundle, key: "key-1");
        var third = await world.PostAsync(Record, bundle, key: "key-1");

        Assert.Equal((status, 200, 200), (first.Status, second.Status, third.Status));
        var outcome = fault == "refused" ? "refused" : "unknown";
        Assert.Equal(["sending", "sending", outcome, outcome], world.Consent.Log.Take(4).Select(static item => item.Entry.Outcome));
        Assert.Single(world.Source.Seen.Select(static seen => seen.Headers["Idempotency-Key"] + seen.Body).Distinct());
        Assert.Equal(Places(second), Places(third));
    }

    [Fact]
    public async Task ALogThatFailsAfterTheDeliveryTellsTheSenderToSendAgain()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Source.AfterNextChange = _ =>
        {
            world.Consent.IsLogDown = true;
            return Task.CompletedTask;
        };
        var bundle = Entries.Transaction(Entries.Text(), Entries.Measure()).ToJsonString();

        var first = await world.PostAsync(Record, bundle, key: "key-1");
        world.Consent.IsLogDown = false;
        var second = await world.PostAsync(Record, bundle, key: "key-1");

        Assert.Equal((503, 200), (first.Status, second.Status));
        Assert.Equal("outcome-unknown", (string?)Some.Parse(first.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"]);
        Assert.Equal(["sending", "sending", "sending", "sending", "delivered", "delivered"], world.Consent.Log.Select(static item => item.Entry.Outcome));
        Assert.Single(world.Source.Seen.Select(static seen => seen.Headers["Idempotency-Key"]).Distinct());
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[]}""", "Bundle.type")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","total":1,"entry":[]}""", "Bundle.total")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[]}""", "Bundle.entry")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Goal"},"request":{"method":"PUT","url":"Goal/1"}}]}""", "Bundle.entry[0].request.method")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Goal"},"request":{"method":"POST","url":"Goal","ifNoneExist":"x"}}]}""", "Bundle.entry[0].request.ifNoneExist")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Goal"},"request":{"method":"POST","url":"Flag"}}]}""", "Bundle.entry[0].request.url")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"http://x/Goal/1","resource":{"resourceType":"Goal"},"request":{"method":"POST","url":"Goal"}}]}""", "Bundle.entry[0].fullUrl")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Goal/1"}}]}""", "Bundle.entry[0].resource")]
    public async Task ATransactionOfAnythingButCreatesIsRefusedByName(string bundle, string path)
    {
        await using var world = await GatewayWorld.OpenAsync();

        var answer = await world.PostAsync(Record, bundle);

        Assert.Equal((400, path), (answer.Status, (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]));
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task ATaskIsNeverCreated()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var task = Some.Task(Some.Aino, "requested");

        var alone = await world.PostAsync("fhir/kuopio-liikunta/Task", task.ToJsonString());
        var inside = await world.PostAsync("fhir/kuopio-liikunta", Entries.Transaction(task).ToJsonString());

        Assert.Equal((405, 422), (alone.Status, inside.Status));
        Assert.Empty(world.Source.Seen);
    }

    /// <summary>The one goal of a client in the record, as the counsellor's system refers to it.</summary>
    private static async Task<string> FindGoalAsync(GatewayWorld world, string hetu)
    {
        var found = await world.GetAsync($"{Record}/Goal?patient={await world.HandleOfAsync(hetu)}");
        return $"Goal/{Some.Parse(found.Body)["entry"]![0]!["resource"]!["id"]}";
    }

    private static List<string?> Places(RawAnswer answer) => [.. Some.Parse(answer.Body)["entry"]!.AsArray().Select(static entry => (string?)entry!["response"]!["location"])];

    private static async Task FailAsync(HttpContext context, string fault)
    {
        context.Response.ContentType = "application/fhir+json";
        switch (fault)
        {
            case "refused":
                context.Response.StatusCode = 422;
                break;
            case "dies":
                context.Abort();
                break;
            case "garbage":
                await context.Response.WriteAsync("{\"resourceType\":\"Bundle\"");
                break;
            case "another number of entries":
                await context.Response.WriteAsync("""{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created"}}]}""");
                break;
            default:
                await context.Response.WriteAsync("""{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created"}},{"response":{"status":"500 Broken"}}]}""");
                break;
        }
    }
}
