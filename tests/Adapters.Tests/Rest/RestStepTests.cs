// The life of a referral in a product that is connected by a mapping file alone.
using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Policy.Ids;
using Sisote.Tests.Adapters.Mapping;
using Sisote.Tests.Testing;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Rest;

public sealed class RestStepTests
{
    private const string System = "neuvonta";
    private static readonly (string Old, string New) ByHeaders = ("      versionField: versio\n      keyField: tunniste\n      recognisesKey: true\n", "      versionHeader: If-Match\n      keyHeader: Idempotency-Key\n");

    [Fact]
    public async Task AReferralGoesFromRequestedToCompletedInTheProductsOwnWordsAndComesBack()
    {
        await using var house = await OpenAsync();
        var task = await house.ReadAsync();

        var accepted = await house.StepAsync(task, "accepted", "step-1");
        var begun = await house.StepAsync(await house.ReadAsync(), "in-progress", "step-2");
        var done = await house.StepAsync(await house.ReadAsync(), "completed", "step-3", feedback: "Kävi kuusi kertaa.");

        FacadeContract.Holds(task, SectorHouse.Aino);
        Assert.Equal((200, 200, 200), (accepted.Status, begun.Status, done.Status));
        Assert.Equal(("requested", "key-l-1"), (Said(task), task.Identifier.Single().Value));
        var after = await house.ReadAsync();
        Assert.Equal(("completed", "Kävi kuusi kertaa.", "W/\"4\""), (Said(after), Assert.IsType<FhirString>(Assert.Single(after.Output).Value).Value, done.Tag));
        Assert.Equal(done.Tag, Tag(after));
        Assert.Equal(
            ["""{"tila":"hyvaksytty","kasittelija":"dr-harju","tunniste":"step-1","versio":1}""", """{"tila":"kaynnissa","kasittelija":"dr-harju","tunniste":"step-2","versio":2}"""],
            house.Product.Steps.Take(2).Select(static one => one.Step.ToJsonString()));
    }

    [Fact]
    public async Task AReferralThatCameAsAnEntryIsATaskOfItsDeliveryAndIsAccepted()
    {
        await using var house = await OpenAsync();
        house.Product.Referrals.Clear();
        var request = SomeReferral.Request(SectorHouse.Aino);
        request.Occurrence = null;

        var sent = await house.House.CreateAsync(System, "key-1", request);
        var task = await house.ReadAsync();
        var accepted = await house.StepAsync(task, "accepted", "step-1");

        Assert.Equal((201, "/neuvonta/ServiceRequest/l-1"), (sent.Status, Assert.Single(sent.Places)));
        Assert.Equal(("requested", "key-1", 200), (Said(task), task.Identifier.Single().Value, accepted.Status));
        FacadeContract.Holds(Assert.Single((await house.House.SearchClientAsync(System, "ServiceRequest", SectorHouse.Aino)).Found), SectorHouse.Aino, "exercise-referral");
    }

    [Fact]
    public async Task ARejectionCarriesItsCodedReasonAndNoOther()
    {
        await using var house = await OpenAsync();
        var task = await house.ReadAsync();

        var unknown = await house.StepAsync(task, "rejected", "step-1", reason: "F32.1");
        var without = await house.StepAsync(task, "rejected", "step-2");
        var tooMuch = await house.StepAsync(task, "accepted", "step-3", reason: "no-capacity");
        Assert.Empty(house.Product.Steps);
        var rejected = await house.StepAsync(task, "rejected", "step-4", reason: "no-capacity");

        Assert.Equal((422, 422, 422, 200), (unknown.Status, without.Status, tooMuch.Status, rejected.Status));
        Assert.DoesNotContain("F32", unknown.Body, StringComparison.Ordinal);
        Assert.Contains("Task.statusReason", unknown.Body, StringComparison.Ordinal);
        Assert.Equal("no-capacity", (await house.ReadAsync()).StatusReason!.Coding.Single().Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheSameStepAgainAnswersAsBeforeAndAnOldVersionDoesNot(bool byHeaders)
    {
        await using var house = await OpenAsync(byHeaders ? [ByHeaders] : []);
        var task = await house.ReadAsync();

        var first = await house.StepAsync(task, "accepted", "step-1");
        await house.StepAsync(await house.ReadAsync(), "in-progress", "step-2");
        var again = await house.StepAsync(task, "accepted", "step-1");
        var stale = await house.StepAsync(task, "rejected", "step-3", reason: "other");

        Assert.Equal((200, "W/\"2\""), (first.Status, first.Tag));
        Assert.Equal((200, first.Tag), (again.Status, again.Tag));
        Assert.Equal(412, stale.Status);
        Assert.Equal("in-progress", Said(await house.ReadAsync()));
        Assert.Equal(byHeaders ? "\"1\"" : string.Empty, house.Product.Steps.First().Version);
    }

    [Fact]
    public async Task WhatIsNoStepOfThisClientsTaskIsNotSent()
    {
        await using var house = await OpenAsync();
        var task = await house.ReadAsync();

        var skipped = await house.StepAsync(task, "completed", "step-1");
        var unknown = await house.StepAsync(task, "on-hold", "step-2", reason: "other"); // a step of the guide that the product's table does not have
        var invented = await house.StepAsync(task, "ready", "step-3");
        var othersClient = await house.StepAsync(task, "accepted", "step-4", hetu: SectorHouse.Eino);
        var nowhere = await house.House.ChangeAsync(System, "l-9", Tag(task), Step("accepted", SectorHouse.Aino), "step-5");

        Assert.Equal([409, 422, 422, 404, 404], new[] { skipped.Status, unknown.Status, invented.Status, othersClient.Status, nowhere.Status });
        Assert.Empty(house.Product.Steps);
    }

    [Theory]
    [InlineData("tila", "\"jonossa\"")]
    [InlineData("tila", "null")]
    [InlineData("versio", "null")]
    [InlineData("versio", "\"kahdeksantoista merkkiä\"")]
    [InlineData("uusi_kentta", "\"x\"")]
    public async Task ARecordThatCannotBeToldExactlyIsUnavailableAndTakesNoStep(string field, string value)
    {
        await using var house = await OpenAsync();
        var task = await house.ReadAsync();

        house.Product.Referrals[0][field] = JsonNode.Parse(value);
        var step = await house.StepAsync(task, "accepted", "step-1");

        Assert.Equal((503, 503), (step.Status, (await house.House.SearchClientAsync(System, "Task", SectorHouse.Aino)).Status));
        Assert.Empty(house.Product.Steps);
    }

    [Fact]
    public async Task AnAnswerAboutAnotherReferralOrWithoutItsVersionLeavesTheStepUnknown()
    {
        foreach (var says in new[] { """{"tunnus":"l-2","versio":2}""", """{"tunnus":"l-1"}""", "[]" })
        {
            await using var house = await OpenAsync();
            house.Product.Says = _ => JsonNode.Parse(says)!;

            var step = await house.StepAsync(await house.ReadAsync(), "accepted", "step-1");

            Assert.Equal(504, step.Status);
        }
    }

    /// <summary>A fault, and what may be said of a step that met it.</summary>
    public static TheoryData<LineFault, int[]> Faults => new()
    {
        { LineFault.CutBefore, [504] },
        { LineFault.AnswerLost, [504] },
        { LineFault.Slow, [504] },
        { LineFault.HalfAnswer, [504] },
        { LineFault.Garbage, [504] },
        { LineFault.Duplicate, [200] },
        { LineFault.AnswerTwice, [200] },
        { LineFault.WrongCharacters, [504] },
        { LineFault.Busy, [503] },
        { LineFault.Broken, [504] },
        { LineFault.BrokenAfter, [504] },
        { LineFault.OutOfOrder, [504] },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task AStepOverABrokenLineIsTakenOnce(LineFault fault, int[] said)
    {
        await using var house = await OpenAsync();
        var task = await house.ReadAsync();
        await house.House.SearchClientAsync(System, "Patient", SectorHouse.Eino); // the earlier answer is about somebody else
        var before = house.Line.Messages;

        house.Line.Next = () => house.Line.Messages - before >= 3 ? fault : LineFault.None; // the record and its client, before the step itself
        var first = await house.StepAsync(task, "accepted", "step-1");
        house.Line.Next = static () => LineFault.None;
        var second = await house.StepAsync(task, "accepted", "step-1");

        Assert.Contains(first.Status, said);
        Assert.Equal((200, "W/\"2\""), (second.Status, second.Tag));
        Assert.Equal(2, (int)house.Product.Referrals[0]["versio"]!);
    }

    [Theory]
    [InlineData("      version: versio\n", "", "version")]
    [InlineData("      versionField: versio\n", "", "versionField")]
    [InlineData("      keyField: tunniste\n", "", "keyField")]
    [InlineData("      recognisesKey: true\n", "", "recognisesKey")]
    [InlineData("lahetteet/{id}/kasittely", "lahetteet/kasittely", "{id}")]
    [InlineData("lahetteet/{id}/kasittely", "/lahetteet/{id}", "below the setting")]
    [InlineData("status: {from: tila, table: taskStates, required: true}", "status: {from: tila, required: true}", "table")]
    [InlineData("status: {from: tila, table: taskStates, required: true}", "status: {constant: requested}", "table")]
    [InlineData("id: {from: tunnus}", "id: {from: tunnus, form: hash}", "own `id`")]
    [InlineData("one: \"lahetteet/{id}\", ", "", "read.one")]
    [InlineData("{kasittelija: professional}", "{kasittelija: somebody}", "somebody")]
    [InlineData("withheld: [kasittelija, ohje]", "withheld: [kasittelija, ohje, versio]", "versio")]
    [InlineData("      versionField: versio\n", "      versionField: versio\n      patch: true\n", "patch")]
    public void AMappingThatCannotMoveAReferralOnSaysSoBeforeAnythingIsAsked(string old, string instead, string said)
    {
        var trial = MappingSamples.Trial("referrals.yaml", (old, instead));

        Assert.Contains(trial.Faults, fault => $"{fault}".Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void ATrialShowsAStepAsItWouldBeSentAndARecordWithItsUnmappedFields()
    {
        var trial = MappingSamples.Trial("referrals.yaml");
        const string Task = """{"resourceType":"Task","status":"STATUS","intent":"order","for":{"identifier":{"system":"urn:oid:1.2.246.21","value":"120385-911F"}},"statusReason":{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/referral-reason","code":"no-capacity"}]}}""";

        var step = trial.ToNative(Encoding.UTF8.GetBytes(Task.Replace("STATUS", "rejected", StringComparison.Ordinal)), "lahete");
        var unknown = trial.ToNative(Encoding.UTF8.GetBytes(Task.Replace("STATUS", "on-hold", StringComparison.Ordinal)), "lahete");
        var record = trial.ToFhir("lahete", """{"tulokset":[{"tunnus":"l-1","asiakas":"a-1","tila":"saapunut","versio":1,"arvio":"x"}]}""");

        Assert.Equal("""{"tila":"palautettu","syy":"ei_tilaa","kasittelija":"sample-professional","tunniste":"sample-key"}""", Assert.Single(Assert.Single(step.Records).Made).ToJsonString());
        Assert.Equal(["Task.status", "Task.statusReason"], step.Fields.Where(static way => way.Path is "tila" or "syy").SelectMany(static way => way.Ways));
        Assert.True(unknown.IsRefused);
        Assert.Contains("arvio: neither mapped nor withheld", Assert.Single(record.Records).Faults);
        Assert.Equal(["Task.meta.versionId"], record.Fields.Single(static way => way.Path == "versio").Ways);
        Assert.Empty(record.Fields.Single(static way => way.Path == "arvio").Ways);
    }

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

    private static async Task<Counselling> OpenAsync(params (string Old, string New)[] changes)
    {
        var product = new ReferralProduct();
        await product.StartAsync();
        var line = FaultyLine.Http(product.Address.Port, RestHouse.Patience);
        var text = changes.Aggregate(MappingSamples.Text("referrals.yaml"), static (text, change) => text.Replace(change.Old, change.New, StringComparison.Ordinal));
        var house = await SectorHouse.StartAsync((_, folder) =>
        {
            File.WriteAllText(Path.Combine(folder, "referrals.yaml"), text);
            File.WriteAllText(Path.Combine(folder, "key"), "k");
            return [SectorHouse.Entry(System, "rest", "kuopio", ("address", $"http://127.0.0.1:{line.Port}/api"), ("mapping", "referrals.yaml"), ("apiKeyFile", "key"), ("timeoutSeconds", "2"))];
        });
        return new Counselling(house, product, line);
    }

    private sealed record Counselling(SectorHouse House, ReferralProduct Product, FaultyLine Line) : IAsyncDisposable
    {
        public async Task<FhirTask> ReadAsync() => Assert.IsType<FhirTask>(Assert.Single((await House.SearchClientAsync(System, "Task", SectorHouse.Aino)).Found));

        public Task<(int Status, string? Tag, string Body)> StepAsync(FhirTask task, string status, string key, string? reason = null, string? feedback = null, string hetu = SectorHouse.Aino) =>
            House.ChangeAsync(System, task.Id!, Tag(task), Step(status, hetu, reason, feedback), key);

        public async ValueTask DisposeAsync()
        {
            await House.DisposeAsync();
            await Line.DisposeAsync();
            await Product.DisposeAsync();
        }
    }
}
