// The life of a referral in the counselling product, as FHIR tasks, against the real product simulator.
using Hl7.Fhir.Model;
using Sisote.Policy.Ids;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.ExerciseCounselling;

public sealed class ReferralTaskTests
{
    private const string Crm = "kuopio-liikunta";

    [Fact]
    public async Task AReferralIsATaskThatGoesFromRequestedToCompletedAndComesBackInTheProductsOwnWords()
    {
        await using var house = await SectorHouse.StartAsync();
        var task = await ReferAsync(house);

        var accepted = await StepAsync(house, task, "accepted", "step-1");
        var begun = await StepAsync(house, await ReadAsync(house, task.Id!), "in-progress", "step-2");
        var done = await StepAsync(house, await ReadAsync(house, task.Id!), "completed", "step-3", feedback: "Kävi kuusi kertaa.");

        Assert.Equal((200, 200, 200), (accepted.Status, begun.Status, done.Status));
        Assert.Equal(("requested", "key-1"), (Said(task), task.Identifier.Single().Value));
        var after = await ReadAsync(house, task.Id!);
        Assert.Equal("completed", Said(after));
        Assert.Equal("Kävi kuusi kertaa.", Assert.IsType<FhirString>(Assert.Single(after.Output).Value).Value);
        Assert.Equal($"W/\"{after.Meta!.VersionId}\"", done.Tag);
        var native = (await house.AskNativeAsync("exercise", HttpMethod.Get, $"api/v1/lahetteet/{task.Id}")).Body;
        Assert.Contains("\"tila\":\"paattynyt\"", native, StringComparison.Ordinal);
        Assert.Contains("\"ohjaaja\":\"dr-harju\"", native, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARejectionCarriesItsCodedReasonAndNoOther()
    {
        await using var house = await SectorHouse.StartAsync();
        var task = await ReferAsync(house);

        var unknown = await StepAsync(house, task, "rejected", "step-1", reason: "F32.1");
        var rejected = await StepAsync(house, task, "rejected", "step-2", reason: "not-in-target-group");

        Assert.Equal((422, 200), (unknown.Status, rejected.Status));
        Assert.DoesNotContain("F32", unknown.Body, StringComparison.Ordinal);
        Assert.Equal("not-in-target-group", (await ReadAsync(house, task.Id!)).StatusReason!.Coding.Single().Code);
    }

    [Fact]
    public async Task TheSameStepAgainAnswersAsBeforeAndAnOldVersionDoesNot()
    {
        await using var house = await SectorHouse.StartAsync();
        var task = await ReferAsync(house);

        var first = await StepAsync(house, task, "accepted", "step-1");
        var again = await StepAsync(house, task, "accepted", "step-1");
        var stale = await StepAsync(house, task, "rejected", "step-2", reason: "other");
        var otherUnderTheKey = await StepAsync(house, task, "rejected", "step-1", reason: "other");

        Assert.Equal((200, first.Tag), (again.Status, again.Tag));
        Assert.Equal(412, stale.Status);
        Assert.Equal(409, otherUnderTheKey.Status);
        Assert.Equal("accepted", Said(await ReadAsync(house, task.Id!)));
    }

    [Fact]
    public async Task WhatTheProductDoesNotKnowOrAllowChangesNothing()
    {
        await using var house = await SectorHouse.StartAsync();
        var task = await ReferAsync(house);

        var skipped = await StepAsync(house, task, "completed", "step-1");
        var unknown = await StepAsync(house, task, "cancelled", "step-2", reason: "other");
        var othersClient = await house.ChangeAsync(Crm, task.Id!, Tag(task), Step("accepted", SectorHouse.Eino), "step-3");
        var nowhere = await house.ChangeAsync(Crm, "l-nothere", Tag(task), Step("accepted", SectorHouse.Aino), "step-4");
        var withoutVersion = await house.ChangeAsync(Crm, task.Id!, "*", Step("accepted", SectorHouse.Aino), "step-5");

        Assert.Equal([409, 422, 404, 404, 400], new[] { skipped.Status, unknown.Status, othersClient.Status, nowhere.Status, withoutVersion.Status });
        Assert.Equal(Tag(task), Tag(await ReadAsync(house, task.Id!)));
    }

    [Fact]
    public async Task AProductThatBreaksOverAReferralOrAnswersGarbageLeavesItUnknown()
    {
        foreach (var (status, body) in new[] { (500, "broken"), (201, "<html>"), (200, "{}") })
        {
            await using var hostile = await HostileSystem.StartAsync(status, body);
            await using var house = await SectorHouse.StartAsync((systems, _) => systems.SetItem(0, systems[0] with
            {
                Adapter = systems[0].Adapter! with { Settings = systems[0].Adapter!.Settings.SetItem("address", hostile.Address.AbsoluteUri) },
            }));

            var answer = await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino));

            Assert.Equal(504, answer.Status);
            Assert.Contains("adapter-outcome-unknown", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ASystemWithoutTasksHasNoneToChange()
    {
        await using var house = await SectorHouse.StartAsync();

        Assert.Equal(404, (await house.ChangeAsync("kuopio-koulu", "t-1", "W/\"v1\"", Step("accepted", SectorHouse.Aino), "step-1")).Status);
    }

    private static async Task<FhirTask> ReferAsync(SectorHouse house)
    {
        await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino));
        return Assert.IsType<FhirTask>(Assert.Single((await house.SearchClientAsync(Crm, "Task", SectorHouse.Aino)).Found));
    }

    private static async Task<FhirTask> ReadAsync(SectorHouse house, string id) => Assert.IsType<FhirTask>((await house.ReadAsync(Crm, "Task", id)).Found);

    private static Task<(int Status, string? Tag, string Body)> StepAsync(SectorHouse house, FhirTask task, string status, string key, string? reason = null, string? feedback = null) =>
        house.ChangeAsync(Crm, task.Id!, Tag(task), Step(status, SectorHouse.Aino, reason, feedback), key);

    private static FhirTask Step(string status, string hetu, string? reason = null, string? feedback = null) => new()
    {
        StatusElement = new Code<FhirTask.TaskStatus> { JsonValue = status },
        Intent = FhirTask.TaskIntent.Order,
        For = new ResourceReference { Identifier = new Identifier(Hetu.System, hetu) },
        StatusReason = reason is null ? null : new CodeableConcept("https://sisote.example/fhir/CodeSystem/referral-reason", reason),
        Output = feedback is null ? [] : [new FhirTask.OutputComponent { Type = new CodeableConcept("https://sisote.example/fhir/CodeSystem/task-output", "feedback"), Value = new FhirString(feedback) }],
    };

    private static string? Said(FhirTask task) => task.StatusElement?.JsonValue as string;

    private static string Tag(FhirTask task) => $"W/\"{task.Meta!.VersionId}\"";
}
