// What registers of connected systems prove: taken over as a whole, only what changed leaves a trace.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Relationships;

public sealed class RegisterTests(PostgresFixture postgres)
{
    private static readonly SystemId Source = SystemId.Parse("kuopio-liikunta");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsNewBeginsAndWhatIsMissingEndsEachWithARevisionAndALogEntry(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);

        var first = await TellAsync(room, Register(Row("a"), Row("b", Some.Onni)));
        var before = await room.LogSizeAsync();
        var second = await TellAsync(room, Register(Row("a")));

        Assert.Equal((2, 0, 0, 0, 0, 1), (first.Begun, first.Changed, first.Ended, second.Begun, second.Changed, second.Ended));
        Assert.Equal(before + 1, await room.LogSizeAsync());
        var (aino, onni) = ((await room.StateAsync(Some.Aino)).State, (await room.StateAsync(Some.Onni)).State);
        Assert.Equal((1, RelationshipStatus.Active, "kuopio-liikunta:a"), (aino.Revision, aino.Relationships.Single().Status, aino.Relationships.Single().Id));
        Assert.Equal((2, RelationshipStatus.Ended), (onni.Revision, onni.Relationships.Single().Status));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheSameAgainChangesNothingAndLeavesNoTrace(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var register = Register(Row("a") with { To = room.Clock.GetUtcNow().AddDays(30) }) with { SchoolForms = [Form("basic")] };
        await TellAsync(room, register);
        var (revision, size) = ((await room.StateAsync(Some.Aino)).State.Revision, await room.LogSizeAsync());
        room.Clock.Advance(TimeSpan.FromHours(1));

        var again = await TellAsync(room, register);

        Assert.Equal(new RelationshipsRecorded { Begun = 0, Changed = 0, Ended = 0, SchoolForms = 0 }, again);
        Assert.Equal((revision, size), ((await room.StateAsync(Some.Aino)).State.Revision, await room.LogSizeAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AChangedRowIsChangedAndOneThatComesBackBeginsAnew(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await TellAsync(room, Register(Row("a")));

        var changed = await TellAsync(room, Register(Row("a") with { Professional = ProfessionalId.Parse("ohjaaja-niemi") }));
        await TellAsync(room, Register());
        var back = await TellAsync(room, Register(Row("a")));

        Assert.Equal((1, 1), (changed.Changed, back.Begun));
        var relationship = Assert.Single((await room.StateAsync(Some.Aino)).State.Relationships);
        Assert.Equal((RelationshipStatus.Active, (ProfessionalId?)null, (DateTimeOffset?)null), (relationship.Status, relationship.Professional, relationship.To));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OtherSourcesOtherKindsAndReferralsStay(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        await room.AppendAsync(Some.Referral(state, room.Clock.GetUtcNow(), "a"));
        await TellAsync(room, Register(Row("a")));
        var county = Row("a") with { ToOrganisation = Some.County };
        await TellAsync(room, Register(county) with { Source = SystemId.Parse("pohjois-savo-record") });

        await TellAsync(room, new RecordRelationships { Source = Source, Kinds = ["teaching"], Rows = [] });
        Assert.Equal(3, (await room.StateAsync(Some.Aino)).State.Relationships.Count(static one => one.Status != RelationshipStatus.Ended));
        await TellAsync(room, Register());

        var left = (await room.StateAsync(Some.Aino)).State.Relationships.Where(static one => one.Status != RelationshipStatus.Ended).Select(static one => one.Id);
        Assert.Equal(["a", "pohjois-savo-record:a"], left.Order(StringComparer.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AFormOfSchoolLeavesTheSafetyProhibitionAsItIsAndFactsLeaveTheFormOfSchool(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await FactsAsync(room, new ToldFacts { SafetyProhibition = true, Deceased = false, CompulsoryAge = true });

        var told = await TellAsync(room, Register(Row("a")) with { SchoolForms = [Form("basic")] });
        await FactsAsync(room, new ToldFacts { SafetyProhibition = true, GuardianBar = true });

        var facts = (await room.StateAsync(Some.Aino)).State.Facts;
        Assert.Equal((1, "basic", true, true), (told.SchoolForms, facts.SchoolForm, facts.SafetyProhibition, facts.GuardianBar));
    }

    [Fact]
    public async Task WhatARegisterProvesNoProfessionalEnds()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await TellAsync(room, Register(Row("a")));

        using var ended = await room.Person(PersonKind.Professional, "kuopio").PostAsync("/relationships/kuopio-liikunta:a/end", null);

        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
        Assert.Equal(RelationshipStatus.Active, (await room.StateAsync(Some.Aino)).State.Relationships.Single().Status);
    }

    [Fact]
    public async Task ARegisterThatIsNotWellFormedOrSpeaksForOthersIsRefusedAsAWhole()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        RecordRelationships[] wrong =
        [
            Register(Row("a")) with { Source = SystemId.Parse("unknown-system") },
            Register(Row("a")) with { Kinds = [] },
            Register(Row("a") with { ToOrganisation = Some.Club }),
            Register(Row("a") with { Identifier = "010190-999X" }),
            Register(Row("a") with { Kind = "referral" }),
            Register(Row("a:b")),
            Register(Row("a"), Row("a", Some.Onni)),
            Register(Row("a")) with { SchoolForms = [Form("anything")] },
        ];
        foreach (var register in wrong)
        {
            using var answer = await PostAsync(room, register);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.StatusCode, await answer.SlugAsync()));
        }

        Assert.Equal(0, (await room.StateAsync(Some.Aino)).State.Revision);
    }

    private static RecordRelationships Register(params RegisteredRelationship[] rows) => new() { Source = Source, Kinds = ["enrolment"], Rows = [.. rows] };

    private static RegisteredRelationship Row(string id, string identifier = Some.Aino) => new() { Identifier = identifier, Id = id, Kind = "enrolment", ToOrganisation = Some.Municipality };

    private static RegisteredSchoolForm Form(string form) => new() { Identifier = Some.Aino, SchoolForm = form };

    private static Task<HttpResponseMessage> PostAsync(OpenRoom room, RecordRelationships register) =>
        room.SystemCaller("sisote-adapters").PostAsJsonAsync("/clients/relationships", register, SisoteJson.Options);

    private static async Task<RelationshipsRecorded> TellAsync(OpenRoom room, RecordRelationships register)
    {
        using var answer = await PostAsync(room, register);
        return await answer.ReadAsync<RelationshipsRecorded>();
    }

    private static async Task FactsAsync(OpenRoom room, ToldFacts facts)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = Some.Aino, Facts = facts }, SisoteJson.Options);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
