// A referral that moves on because its recipient's own system said so.
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Relationships;

public sealed class MovedByAnEntryTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AReferralAcceptedThroughASystemIsTheSameAsOneAcceptedAtThePortal(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var before = await ReferAsync(room);

        await room.AppendAsync(Outcome(before, room, "accept"));
        var state = (await room.StateAsync(Some.Aino)).State;
        using var again = await room.Person(PersonKind.Professional, "kuopio").PostAsync("/relationships/referral-1/accept", null);

        Assert.Equal((before.Revision + 1, RelationshipStatus.Active), (state.Revision, state.Relationships.Single().Status));
        Assert.Equal(ProfessionalId.Parse("ohjaaja-salmi"), state.Relationships.Single().Professional);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Theory]
    [InlineData("reject", RelationshipStatus.Rejected)]
    [InlineData("end", RelationshipStatus.Ended)]
    public async Task ARejectedOrCompletedReferralEnds(string step, RelationshipStatus status)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var before = await ReferAsync(room);

        await room.AppendAsync(Outcome(before, room, step));

        Assert.Equal(status, (await room.StateAsync(Some.Aino)).State.Relationships.Single().Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhereThePortalWasQuickerWhatItDidStandsAndTheOutcomeIsRecordedAllTheSame(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var before = await ReferAsync(room);
        using var rejected = await room.Person(PersonKind.Professional, "kuopio").PostAsync("/relationships/referral-1/reject", null);
        var size = await room.LogSizeAsync();

        var result = await room.AppendAsync(Outcome(before, room, "accept"));

        Assert.Equal(AppendStatus.Committed, result.Status);
        Assert.Equal(size + 1, await room.LogSizeAsync());
        Assert.Equal(RelationshipStatus.Rejected, (await room.StateAsync(Some.Aino)).State.Relationships.Single().Status);
    }

    [Fact]
    public async Task AnEntryOfAnotherClientMovesNothing()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await ReferAsync(room);
        var onni = (await room.StateAsync(Some.Onni)).State;

        await room.AppendAsync(Outcome(onni, room, "accept"));

        Assert.Equal(RelationshipStatus.Requested, (await room.StateAsync(Some.Aino)).State.Relationships.Single().Status);
    }

    [Fact]
    public async Task OnlyADeliveredEntryAndOnlyASideOfItMovesARelationship()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var state = await ReferAsync(room);
        var good = Outcome(state, room, "accept");
        AppendItem[] wrong =
        [
            good with { Moves = good.Moves! with { Organisation = Some.Club } },
            good with { Moves = good.Moves! with { Step = "delete" } },
            good with { Moves = good.Moves! with { Id = "with space" } },
            good with { Entry = Some.Refusal(state.Client, room.Clock.GetUtcNow()) },
        ];

        foreach (var item in wrong)
        {
            Assert.Equal((AppendStatus.Malformed, "moves"), ((await room.AppendAsync(item)).Status, (await room.AppendAsync(item)).Field));
        }

        Assert.Equal(RelationshipStatus.Requested, (await room.StateAsync(Some.Aino)).State.Relationships.Single().Status);
    }

    private static async Task<ConsentState> ReferAsync(OpenRoom room)
    {
        await room.AppendAsync(Some.Referral((await room.StateAsync(Some.Aino)).State, room.Clock.GetUtcNow(), "referral-1"));
        return (await room.StateAsync(Some.Aino)).State;
    }

    private static AppendItem Outcome(ConsentState state, OpenRoom room, string step) => new()
    {
        Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()) with { Kind = LogEntryKind.WriteOutcome, Outcome = "delivered", Relates = Some.Id() },
        Moves = new MovedRelationship { Id = "referral-1", Step = step, Organisation = Some.Municipality, Professional = ProfessionalId.Parse("ohjaaja-salmi") },
    };
}
