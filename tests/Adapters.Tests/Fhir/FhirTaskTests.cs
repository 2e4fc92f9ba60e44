// The life of a referral on a FHIR server.
using Hl7.Fhir.Model;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirTaskTests
{
    private static readonly (string From, string To)[] Steps =
    [
        ("requested", "accepted"), ("requested", "rejected"), ("accepted", "in-progress"), ("accepted", "on-hold"), ("accepted", "cancelled"), ("in-progress", "completed"),
        ("in-progress", "on-hold"), ("in-progress", "failed"), ("in-progress", "cancelled"), ("on-hold", "in-progress"), ("on-hold", "failed"), ("on-hold", "cancelled"),
    ];

    [Fact]
    public async Task AReferralGoesItsWayToTheEndAndTheRestOfTheTaskStays()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var house = await record.HouseAsync();
        var task = await ReferAsync(house);

        var accepted = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-1");
        var begun = await StepAsync(house, task.Id!, accepted.Tag!, "in-progress", "step-2");
        var done = await StepAsync(house, task.Id!, begun.Tag!, "completed", "step-3", feedback: "Meni hyvin.");

        Assert.Equal([200, 200, 200], new[] { accepted.Status, begun.Status, done.Status });
        var now = Assert.IsType<FhirTask>((await house.ReadAsync(FhirRecord.Id, "Task", task.Id!)).Found);
        Assert.Equal((FhirTask.TaskStatus.Completed, done.Tag, "Meni hyvin."), (now.Status, Tag(now), ((FhirString)now.Output[0].Value!).Value));
        var native = Assert.Single(await record.NativeAsync("Task"));
        Assert.Equal("Pohjois-Savon hyvinvointialue", (string?)native["requester"]!["display"]);
        Assert.Equal("key-1", Assert.Single(now.Identifier).Value);
    }

    [Fact]
    public async Task TheSameStepAgainIsTakenOnceAndAnotherVersionIsStale()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var house = await record.HouseAsync();
        var task = await ReferAsync(house);

        var first = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-1");
        var again = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-1");
        var late = await StepAsync(house, task.Id!, Tag(task), "rejected", "step-2", reason: "no-capacity");
        var next = await StepAsync(house, task.Id!, first.Tag!, "in-progress", "step-3");
        var muchLater = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-1");
        var fromThere = await StepAsync(house, task.Id!, muchLater.Tag!, "on-hold", "step-4", reason: "other");

        Assert.Equal((first.Status, first.Tag), (again.Status, again.Tag));
        Assert.Equal([412, 200, 200, 412], new[] { late.Status, next.Status, muchLater.Status, fromThere.Status });
        Assert.Equal("in-progress", (string?)Assert.Single(await record.NativeAsync("Task"))["status"]);
        Assert.Equal("3", (string?)(await record.NativeAsync("Task"))[0]["meta"]!["versionId"]);
    }

    [Fact]
    public async Task ATaskThatTheSystemsOwnUserChangedIsReadAgainFirst()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var house = await record.HouseAsync();
        var task = await ReferAsync(house);
        var native = Assert.Single(await record.NativeAsync("Task"));
        native["status"] = "accepted";
        await record.PutAsync(native);

        Assert.Equal(412, (await StepAsync(house, task.Id!, Tag(task), "accepted", "step-1")).Status);
        Assert.Equal(200, (await StepAsync(house, task.Id!, Tag((FhirTask)(await house.ReadAsync(FhirRecord.Id, "Task", task.Id!)).Found!), "in-progress", "step-2")).Status);
    }

    [Fact]
    public async Task EveryStepThatTheGuideHasNotIsRefusedAndEveryOtherIsTaken()
    {
        var statuses = Steps.SelectMany(static step => new[] { step.From, step.To }).Distinct().ToList();
        var seeds = statuses.SelectMany(from => statuses.Select(to => (From: from, To: to))).ToList();
        await using var record = await FhirRecord.StartAsync([FhirRecord.Person("p1", SectorHouse.Aino), .. seeds.Select(static pair => Seed($"{pair.From}.{pair.To}", pair.From))]);
        await using var house = await record.HouseAsync();
        var native = (await record.NativeAsync("Task")).Select(static task => (string)task["id"]!).ToList();
        var tasks = (await house.SearchClientAsync(FhirRecord.Id, "Task", SectorHouse.Aino)).Found.Cast<FhirTask>().ToList();
        Assert.Equal(seeds.Count, tasks.Count);

        foreach (var (task, place) in tasks.Select(static (task, place) => (task, place)))
        {
            var (from, to) = seeds[place];
            var answer = await StepAsync(house, task.Id!, Tag(task), to, $"step-{place}", to is "rejected" or "on-hold" or "cancelled" or "failed" ? "other" : null);
            Assert.True(Steps.Contains((from, to)) ? answer.Status == 200 : answer.Status is 409 or 422, $"{from} to {to}: {answer.Status}");
        }

        Assert.Equal(Steps.Length, (await record.NativeAsync("Task")).Count(static task => (string?)task["meta"]!["versionId"] == "2"));
        Assert.NotEmpty(native);
    }

    [Fact]
    public async Task AStepOfAnotherClientsTaskOrWithoutItsReasonIsNone()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p2", SectorHouse.Eino));
        await using var house = await record.HouseAsync();
        var task = await ReferAsync(house);

        var other = await house.ChangeAsync(FhirRecord.Id, task.Id!, Tag(task), Step("accepted", SectorHouse.Eino), "step-1");
        var nowhere = await house.ChangeAsync(FhirRecord.Id, "aaaaaaaaaaaaaaa", Tag(task), Step("accepted", SectorHouse.Aino), "step-2");
        var silent = await StepAsync(house, task.Id!, Tag(task), "rejected", "step-3");
        var talkative = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-4", reason: "other");
        var early = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-5", feedback: "Jo nyt.");

        Assert.Equal([404, 404, 422, 422, 422], new[] { other.Status, nowhere.Status, silent.Status, talkative.Status, early.Status });
        Assert.Equal("1", (string?)(await record.NativeAsync("Task"))[0]["meta"]!["versionId"]);
    }

    [Theory]
    [InlineData(LineFault.AnswerLost, 200)]
    [InlineData(LineFault.HalfAnswer, 200)]
    [InlineData(LineFault.CutBefore, 504)]
    [InlineData(LineFault.Garbage, 504)]
    [InlineData(LineFault.Duplicate, 200)]
    public async Task AStepOverABrokenLineIsTakenOnce(LineFault fault, int said)
    {
        await using var record = await FhirRecord.StartAsync();
        await using var line = FaultyLine.Http(record.Port, TimeSpan.FromSeconds(2));
        await using var house = await record.HouseAsync(("address", $"http://127.0.0.1:{line.Port}/fhir"), ("timeoutSeconds", "2"));
        var task = await ReferAsync(house);
        var before = line.Messages;
        line.Next = () => line.Messages == before + 4 ? fault : LineFault.None; // read the task, its client twice, then put

        var first = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-1");
        var again = await StepAsync(house, task.Id!, Tag(task), "accepted", "step-1");

        Assert.Equal((said, 200), (first.Status, again.Status));
        Assert.Equal("2", (string?)Assert.Single(await record.NativeAsync("Task"))["meta"]!["versionId"]);
    }

    internal static Task<(int Status, string? Tag, string Body)> StepAsync(SectorHouse house, string id, string tag, string status, string key, string? reason = null, string? feedback = null) =>
        house.ChangeAsync(FhirRecord.Id, id, tag, Step(status, SectorHouse.Aino, reason, feedback), key);

    internal static string Tag(FhirTask task) => $"W/\"{task.Meta!.VersionId}\"";

    internal static FhirTask Step(string status, string hetu, string? reason = null, string? feedback = null) => new()
    {
        StatusElement = new Code<FhirTask.TaskStatus> { JsonValue = status },
        Intent = FhirTask.TaskIntent.Order,
        For = new ResourceReference { Identifier = new Identifier(Hetu.System, hetu) },
        StatusReason = reason is null ? null : new CodeableConcept("https://sisote.example/fhir/CodeSystem/referral-reason", reason),
        Output = feedback is null ? [] : [new FhirTask.OutputComponent { Type = new CodeableConcept("https://sisote.example/fhir/CodeSystem/task-output", "feedback"), Value = new FhirString(feedback) }],
    };

    private static async Task<FhirTask> ReferAsync(SectorHouse house)
    {
        Assert.Equal(200, (await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino))).Status);
        return Assert.IsType<FhirTask>(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, "Task", SectorHouse.Aino)).Found));
    }

    private static System.Text.Json.Nodes.JsonObject Seed(string id, string status) => new()
    {
        ["resourceType"] = "Task",
        ["id"] = id,
        ["status"] = status,
        ["intent"] = "order",
        ["for"] = new System.Text.Json.Nodes.JsonObject { ["reference"] = "Patient/p1" },
    };
}
