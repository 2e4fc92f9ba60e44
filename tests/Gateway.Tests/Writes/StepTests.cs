// The steps of a referral, taken by the counsellor's own system without the portal.
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Adapters;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Writes;

public sealed class StepTests
{
    private const string Sports = "fhir/kuopio-liikunta";
    private const string Accept = """[{"op":"replace","path":"/status","value":"accepted"}]""";
    private const string Begin = """[{"op":"replace","path":"/status","value":"in-progress"}]""";

    private const string Reject = """
        [{"op":"replace","path":"/status","value":"rejected"},
         {"op":"add","path":"/statusReason","value":{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/referral-reason","code":"no-capacity"}]} }]
        """;

    private const string Complete = """
        [{"op":"replace","path":"/status","value":"completed"},
         {"op":"add","path":"/output","value":[{"type":{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/task-output","code":"feedback"}]},"valueString":"Six visits."}]}]
        """;

    [Fact]
    public async Task ACounsellorsSystemAcceptsAReferralDecidedAndRecordedBeforeItIsSent()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);
        world.Consent.Log.Clear();
        var before = -1;
        world.Source.AfterNextChange = _ =>
        {
            before = world.Consent.Log.Count;
            return Task.CompletedTask;
        };

        var answer = await world.PatchAsync(address, Accept, tag);

        Assert.Equal((200, string.Empty, 1), (answer.Status, answer.Body, before));
        Assert.Equal([LogEntryKind.WriteIntent, LogEntryKind.WriteOutcome], world.Consent.Log.Select(static item => item.Entry.Kind));
        Assert.Equal(("EX-07", "referral-status"), (world.Consent.Log[0].Entry.Items.Single().Rule?.Value, world.Consent.Log[0].Entry.Items.Single().Item.Value));
        var moves = world.Consent.Log[1].Moves;
        Assert.Equal(("ref-1", "accept", "kuopio", "ohjaaja-salmi"), (moves?.Id, moves?.Step, moves?.Organisation.Value, moves?.Professional.Value));
        var sent = world.Source.Changes.Single();
        Assert.Equal(("PATCH", "/kuopio-liikunta/Task/task-1", "W/\"v1\""), (sent.Method, sent.Target, sent.Headers["If-Match"]));
        Assert.Equal("EX-07", SenderInfo.FromHeader(sent.Headers[SenderInfo.Header])?.Rule.Value);
        Assert.Equal(Some.Aino, (string?)Some.Parse(sent.Body)["for"]!["identifier"]!["value"]);
        Assert.Contains("Sisote-Receipt", answer.Headers, StringComparison.Ordinal);
        Assert.NotEqual(tag, TagOf(answer));
    }

    [Fact]
    public async Task BothSidesSeeTheNewStateOnTheirNextRead()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);
        var handle = Handle(await world.SearchAsync($"{Sports}/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}", world.DoctorToken()));

        var before = await world.GetAsync($"{Sports}/Task?patient={handle}", world.DoctorToken());
        var rejected = await world.PatchAsync(address, Reject, tag);
        var here = await world.GetAsync(address);
        var there = await world.GetAsync($"{Sports}/Task?patient={handle}", world.DoctorToken());

        Assert.Equal(200, rejected.Status);
        Assert.Equal("requested", (string?)Only(before)["status"]);
        Assert.Equal(("rejected", "no-capacity"), ((string?)Some.Parse(here.Body)["status"], (string?)Some.Parse(here.Body)["statusReason"]!["coding"]![0]!["code"]));
        Assert.Equal(("rejected", "no-capacity"), ((string?)Only(there)["status"], (string?)Only(there)["statusReason"]!["coding"]![0]!["code"]));
        Assert.DoesNotContain("marker", here.Everything + there.Everything, StringComparison.Ordinal);
        Assert.Equal(TagOf(rejected), TagOf(here));
    }

    [Fact]
    public async Task TheReferrerSeesNothingWithoutTheClientsConsentToFeedback()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var handle = Handle(await world.SearchAsync($"{Sports}/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}", world.DoctorToken()));
        world.Consent.Set(Some.Aino, static state => state with { Consents = [state.Consents[0], Some.ConsentBack("person-identity", "exercise-measures")] });

        var answer = await world.GetAsync($"{Sports}/Task?patient={handle}", world.DoctorToken());

        Assert.Equal(200, answer.Status);
        Assert.Null(Some.Parse(answer.Body)["entry"]);
    }

    [Fact]
    public async Task TheWholeLoopGoesFromRequestedToCompletedWithFeedbackAndEndsTheRelationship()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);

        var accepted = await world.PatchAsync(address, Accept, tag);
        Follow(world, RelationshipStatus.Active);
        var begun = await world.PatchAsync(address, Begin, TagOf(accepted));
        var completed = await world.PatchAsync(address, Complete, TagOf(begun));

        Assert.Equal((200, 200, 200), (accepted.Status, begun.Status, completed.Status));
        Assert.Equal(["accept", null, "end"], world.Consent.Log.Where(static item => item.Entry.Kind == LogEntryKind.WriteOutcome).Select(static item => item.Moves?.Step));
        Assert.Equal(["referral-status", "service-feedback"], world.Consent.Log[^2].Entry.Items.Select(static item => item.Item.Value).Order());
        Assert.Equal("Six visits.", (string?)world.Source.Resources.Single(static resource => (string?)resource["resourceType"] == "Task")["output"]![0]!["valueString"]);
    }

    [Theory]
    [InlineData("requested", "in-progress", false)]
    [InlineData("requested", "completed", false)]
    [InlineData("accepted", "rejected", true)]
    [InlineData("completed", "in-progress", false)]
    [InlineData("rejected", "accepted", false)]
    [InlineData("accepted", "cancelled", true)] // only the one who referred cancels
    public async Task AStepThatTheStateMachineDoesNotKnowIsRefusedByName(string from, string to, bool withReason)
    {
        await using var world = await OpenAsync(from, RelationshipStatus.Active);
        var (address, tag) = await FindAsync(world);
        var reason = withReason ? ""","value":{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/referral-reason","code":"other"}]} }""" : string.Empty;
        var patch = $$"""[{"op":"replace","path":"/status","value":"{{to}}"}{{(withReason ? ",{\"op\":\"add\",\"path\":\"/statusReason\"" + reason : string.Empty)}}]""";

        var answer = await world.PatchAsync(address, patch, tag);

        Assert.Equal((409, "Task.status", "step-not-possible"), (answer.Status, PathOf(answer), SlugOf(answer)));
        Assert.Contains($"`{from}` to `{to}`", (string?)Some.Parse(answer.Body)["issue"]![0]!["details"]!["text"], StringComparison.Ordinal);
        Assert.Empty(world.Source.Changes);
        Assert.Equal((LogEntryKind.Refusal, "step-not-possible"), (world.Consent.Log[^1].Entry.Kind, world.Consent.Log[^1].Entry.Outcome));
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/status","value":"accepted"},{"op":"replace","path":"/owner","value":{"display":"x"}}]""", 422, "Task.owner")]
    [InlineData("""[{"op":"replace","path":"/status","value":"accepted"},{"op":"add","path":"/note/-","value":{"text":"x"}}]""", 422, "Task.note")]
    [InlineData("""[{"op":"replace","path":"/for/reference","value":"Patient/x"}]""", 422, "Task.for.reference")]
    [InlineData("""[{"op":"replace","path":"/output/0/valueString","value":"x"}]""", 422, "Task.output[0].valueString")]
    [InlineData("""[{"op":"replace","path":"/status","value":"rejected"},{"op":"add","path":"/statusReason","value":{"text":"words"}}]""", 422, "Task.statusReason.text")]
    [InlineData("""[{"op":"replace","path":"/status","value":"completed"},{"op":"add","path":"/output","value":[{"type":{"coding":[{"system":"http://x","code":"y"}]},"valueReference":{"reference":"Observation/1"}}]}]""", 422, "Task.output[0].valueReference")]
    [InlineData("""[{"op":"replace","path":"/status","value":"rejected"}]""", 422, "Task.statusReason")]
    [InlineData("""[{"op":"replace","path":"/status","value":"accepted"},{"op":"add","path":"/statusReason","value":{"coding":[{"system":"http://x","code":"y"}]}}]""", 422, "Task.statusReason")]
    [InlineData("""[{"op":"replace","path":"/status","value":"accepted"},{"op":"add","path":"/output","value":[]}]""", 422, "Task.output")]
    [InlineData("""[{"op":"replace","path":"/status","value":"ready"}]""", 422, "Task.status")]
    [InlineData("""[{"op":"add","path":"/statusReason","value":{}}]""", 422, "Task.status")]
    [InlineData("""[{"op":"remove","path":"/status"}]""", 400, null)]
    [InlineData("""[{"op":"test","path":"/status","value":"requested"}]""", 400, null)]
    [InlineData("""[{"op":"replace","path":"/status","value":"accepted"},{"op":"replace","path":"/status","value":"rejected"}]""", 400, null)]
    [InlineData("""[{"op":"replace","path":"/status","value":"accepted","from":"/x"}]""", 400, null)]
    [InlineData("""{"status":"accepted"}""", 400, null)]
    [InlineData("[]", 400, null)]
    public async Task WhatIsNoStepIsRefusedByNameAndNothingIsSent(string patch, int status, string? path)
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);

        var answer = await world.PatchAsync(address, patch, tag);

        Assert.Equal((status, path), (answer.Status, PathOf(answer)));
        Assert.Empty(world.Source.Changes);
    }

    [Fact]
    public async Task WhatASourceCallsTheStateOfATaskIsNotRepeatedToTheCaller()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);
        world.Source.Resources[^1]["status"] = "marker words of the source";

        var foreign = await world.PatchAsync(address, Accept, tag);
        world.Source.Resources[^1]["status"] = "completed";
        var known = await world.PatchAsync(address, Accept, tag);

        Assert.Equal((409, "step-not-possible"), (foreign.Status, SlugOf(foreign)));
        Assert.DoesNotContain("marker", foreign.Everything, StringComparison.Ordinal);
        Assert.Contains("from `completed` to `accepted`", (string?)Some.Parse(known.Body)["issue"]![0]!["details"]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FeedbackThatDoesNotSayWhatItIsRefusesTheStepInsteadOfGettingLost()
    {
        await using var world = await OpenAsync("in-progress", RelationshipStatus.Active);
        var (address, tag) = await FindAsync(world);

        var answer = await world.PatchAsync(address, """[{"op":"replace","path":"/status","value":"completed"},{"op":"add","path":"/output","value":[{"valueString":"Six visits, went well."}]}]""", tag);

        Assert.Equal((422, "entry-incomplete", "Task.output[0].type"), (answer.Status, SlugOf(answer), PathOf(answer)));
        Assert.Empty(world.Source.Changes);
    }

    [Fact]
    public async Task AStepStartsFromAVersionThatThisCallerReadOfThisTask()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        world.Source.Resources.Add(Some.Task(Some.Aino, "requested", "ref-2", "task-2"));
        var (address, tag) = await FindAsync(world);
        var (other, otherTag) = await FindAsync(world, 1);

        var without = await world.PatchAsync(address, Accept, null);
        var upstreams = await world.PatchAsync(address, Accept, "W/\"v1\"");
        var ofAnother = await world.PatchAsync(address, Accept, otherTag);
        var star = await world.PatchAsync(address, Accept, "*");
        var first = await world.PatchAsync(other, Accept, otherTag);
        var stale = await world.PatchAsync(other, Reject, otherTag);

        Assert.Equal([428, 412, 412, 400, 200, 412], new[] { without.Status, upstreams.Status, ofAnother.Status, star.Status, first.Status, stale.Status });
        Assert.Equal("version-stale", SlugOf(stale));
        Assert.Equal("refused", world.Consent.Log[^1].Entry.Outcome);
        Assert.NotNull(tag);
    }

    [Fact]
    public async Task ASourceThatDiesAfterTheStepLeavesItUnknownAndTheSameStepResolvesIt()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);
        world.Source.AfterNextChange = static context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var unknown = await world.PatchAsync(address, Accept, tag);
        var outcome = world.Consent.Log[^1];
        var again = await world.PatchAsync(address, Accept, tag);

        Assert.Equal((503, "outcome-unknown", "unknown"), (unknown.Status, SlugOf(unknown), outcome.Entry.Outcome));
        Assert.Null(outcome.Moves);
        Assert.Equal(200, again.Status);
        Assert.Equal(("delivered", "accept"), (world.Consent.Log[^1].Entry.Outcome, world.Consent.Log[^1].Moves?.Step));
        Assert.Single(world.Source.Changes.Select(static seen => seen.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task WhereThePortalWasFirstTheStepFollowsItOrIsRefused()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Active);
        var (address, tag) = await FindAsync(world);

        var accepted = await world.PatchAsync(address, Accept, tag);
        Follow(world, RelationshipStatus.Rejected);
        var begun = await world.PatchAsync(address, Begin, TagOf(accepted));

        Assert.Equal(200, accepted.Status);
        Assert.Null(world.Consent.Log.Last(static item => item.Entry.Outcome == "delivered").Moves);
        Assert.Equal((409, "step-not-possible"), (begun.Status, SlugOf(begun)));
    }

    [Fact]
    public async Task ATaskThatCallsItselfTheDeliveryOfARelationshipThatARegisterTellsMovesNothing()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        world.Source.Resources.RemoveAll(static resource => (string?)resource["resourceType"] == "Task");
        world.Source.Resources.Add(Some.Task(Some.Aino, "requested", "kuopio-liikunta:7"));
        world.Consent.Set(Some.Aino, static state => state with { Relationships = [.. state.Relationships, state.Relationships[0] with { Id = "kuopio-liikunta:7" }] });
        var (address, tag) = await FindAsync(world);

        var answer = await world.PatchAsync(address, Accept, tag);

        Assert.Equal(200, answer.Status);
        Assert.Null(world.Consent.Log[^1].Moves);
    }

    [Fact]
    public async Task ACounsellorTakesNoStepForAColleaguesClient()
    {
        await using var world = await OpenAsync("accepted", RelationshipStatus.Active, "ohjaaja-niemi");
        var (address, tag) = await FindAsync(world);

        var answer = await world.PatchAsync(address, Begin, tag);

        Assert.Equal(403, answer.Status);
        Assert.Empty(world.Source.Changes);
    }

    [Fact]
    public async Task AnotherRecipientsHandleIsNone()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);

        var neighbour = await world.PatchAsync(address, Accept, tag, world.Token("siilinjarvi-portal", organisation: "siilinjarvi"));
        var referrer = await world.PatchAsync(address, Accept, tag, world.DoctorToken());
        var nobody = await world.PatchAsync($"{Sports}/Task/{new string('A', 64)}", Accept, tag);

        Assert.Equal((404, 404, 404), (neighbour.Status, referrer.Status, nobody.Status));
        Assert.Empty(world.Source.Changes);
    }

    [Fact]
    public async Task ADenyStaysADeny()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);
        world.Consent.Set(Some.Aino, static state => state with { Facts = state.Facts with { Deceased = true } });

        var answer = await world.PatchAsync(address, Accept, tag);

        Assert.Equal((404, "not-found"), (answer.Status, SlugOf(answer))); // as if the task were not there
        Assert.Empty(world.Source.Changes);
        Assert.Equal("denied", world.Consent.Log[^1].Entry.Outcome);
    }

    [Fact]
    public async Task NoStepIsTakenWhileTheLogCannotBeWritten()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);
        world.Consent.IsLogDown = true;

        var answer = await world.PatchAsync(address, Accept, tag);

        Assert.Equal(503, answer.Status);
        Assert.Empty(world.Source.Changes);
    }

    [Fact]
    public async Task OnlyTasksArePatchedAndOnlyByJsonPatch()
    {
        await using var world = await OpenAsync("requested", RelationshipStatus.Requested);
        var (address, tag) = await FindAsync(world);
        using var merge = new HttpRequestMessage(HttpMethod.Patch, new Uri(world.Address, address)) { Content = new StringContent("""{"status":"accepted"}""", System.Text.Encoding.UTF8, "application/merge-patch+json") };
        merge.Headers.TryAddWithoutValidation("If-Match", tag);
        using var put = new HttpRequestMessage(HttpMethod.Put, new Uri(world.Address, address)) { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/fhir+json") };

        Assert.Equal(415, (await world.SendAsync(merge)).Status);
        Assert.Equal(405, (await world.SendAsync(put)).Status);
        Assert.Equal(405, (await world.PatchAsync($"{Sports}/Flag/{new string('A', 64)}", Accept, tag)).Status);
        Assert.Contains("\"patch\"", (await world.GetAsync($"{Sports}/metadata")).Body, StringComparison.Ordinal);
    }

    private static async Task<GatewayWorld> OpenAsync(string status, RelationshipStatus relationship, string? professional = null)
    {
        var world = await GatewayWorld.OpenAsync();
        world.Source.Resources.Add(Some.Task(Some.Aino, status));
        world.Consent.Set(Some.Aino, state => state with
        {
            Relationships = [state.Relationships[0] with { Status = relationship, Professional = professional is null ? null : ProfessionalId.Parse(professional) }],
            Consents = [state.Consents[0], Some.ConsentBack("person-identity", "referral-status", "service-feedback")],
        });
        return world;
    }

    private static void Follow(GatewayWorld world, RelationshipStatus status) =>
        world.Consent.Set(Some.Aino, state => state with { Relationships = [state.Relationships[0] with { Status = status }] });

    /// <summary>A task of the own work list: its address and ETag.</summary>
    private static async Task<(string Address, string Tag)> FindAsync(GatewayWorld world, int place = 0)
    {
        var list = Some.Parse((await world.GetAsync($"{Sports}/Task")).Body);
        var address = string.Create(CultureInfo.InvariantCulture, $"{Sports}/Task/{list["entry"]![place]!["resource"]!["id"]}");
        return (address, TagOf(await world.GetAsync(address)));
    }

    private static string TagOf(RawAnswer answer) => answer.Headers.Split('\n').Single(static line => line.StartsWith("ETag:", StringComparison.Ordinal))["ETag:".Length..].Trim();

    private static System.Text.Json.Nodes.JsonNode Only(RawAnswer answer) => Some.Parse(answer.Body)["entry"]!.AsArray().Single()!["resource"]!;

    private static string Handle(RawAnswer answer) => (string)Only(answer)["id"]!;

    private static string? PathOf(RawAnswer answer) => (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]?[0];

    private static string? SlugOf(RawAnswer answer) => (string?)Some.Parse(answer.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"];
}
