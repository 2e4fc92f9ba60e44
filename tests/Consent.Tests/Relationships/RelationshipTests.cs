// A professional's work list: own organisation only, and what each step does.
using System.Net;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Relationships;

public sealed class RelationshipTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AcceptingAReferralMakesItActiveAndTheAcceptorsOwn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var before = await ReferAsync(room, "referral-1");
        var counsellor = Counsellor(room);

        var listed = (await ListAsync(counsellor)).Relationships.Single();
        using var accepted = await counsellor.PostAsync("/relationships/referral-1/accept", null);
        var changed = await accepted.ReadAsync<RelationshipChanged>();

        Assert.Equal((RelationshipStatus.Requested, (OrganisationId?)Some.County), (listed.Status, listed.FromOrganisation));
        Assert.Equal((RelationshipStatus.Active, (ProfessionalId?)ProfessionalId.Parse("ohjaaja-salmi")), (changed.Relationship.Status, changed.Relationship.Professional));
        Assert.True(DisclosureLog.Receipts.Receipt.TryParse(changed.Receipt, out var receipt) && receipt.Index == changed.Index);
        var state = (await room.StateAsync(Some.Aino)).State;
        Assert.Equal((before.Revision + 1, RelationshipStatus.Active), (state.Revision, state.Relationships.Single().Status));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APersonOfAnotherOrganisationSeesNothingAndChangesNothing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await ReferAsync(room, "referral-1");
        var stranger = room.Person(PersonKind.Professional, "kallan-kulkijat", "vetaja-1", "association-worker");

        Assert.Empty((await ListAsync(stranger)).Relationships);
        foreach (var verb in new[] { "accept", "reject", "end" })
        {
            using var foreign = await stranger.PostAsync("/relationships/referral-1/" + verb, null);
            using var absent = await stranger.PostAsync("/relationships/referral-9/" + verb, null);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
            Assert.Equal(await absent.BodyAsync(), await foreign.BodyAsync());
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheReferrerCannotAcceptItsOwnReferralButMayEndIt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await ReferAsync(room, "referral-1");
        var doctor = room.Person(PersonKind.Professional, "pohjois-savo", "dr-harju", "health-professional");

        using var accepted = await doctor.PostAsync("/relationships/referral-1/accept", null);
        using var ended = await doctor.PostAsync("/relationships/referral-1/end", null);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (accepted.StatusCode, ended.StatusCode));
        Assert.Equal(RelationshipStatus.Ended, (await ListAsync(doctor)).Relationships.Single().Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARejectedReferralCannotBeAccepted(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await ReferAsync(room, "referral-1");

        using var rejected = await Counsellor(room).PostAsync("/relationships/referral-1/reject", null);
        using var accepted = await Counsellor(room).PostAsync("/relationships/referral-1/accept", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (rejected.StatusCode, accepted.StatusCode));
        Assert.Equal("wrong-state", await accepted.SlugAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EndingARelationshipMakesDecisionsOnItStale(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await ReferAsync(room, "referral-1");
        using var accepted = await Counsellor(room).PostAsync("/relationships/referral-1/accept", null);
        var state = (await room.StateAsync(Some.Aino)).State;

        using var ended = await Counsellor(room).PostAsync("/relationships/referral-1/end", null);
        var result = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        Assert.Equal((HttpStatusCode.OK, AppendStatus.Stale), (ended.StatusCode, result.Status));
    }

    [Fact]
    public async Task ARelationshipPastItsEndReadsEnded()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await ReferAsync(room, "referral-1");

        room.Clock.Advance(TimeSpan.FromDays(91));

        Assert.Equal(RelationshipStatus.Ended, (await ListAsync(Counsellor(room))).Relationships.Single().Status);
        using var accepted = await Counsellor(room).PostAsync("/relationships/referral-1/accept", null);
        Assert.Equal(HttpStatusCode.Conflict, accepted.StatusCode);
    }

    [Fact]
    public async Task TheListIsNarrowedByKind()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await ReferAsync(room, "referral-1");

        Assert.Single((await ListAsync(Counsellor(room), "?kind=referral")).Relationships);
        Assert.Empty((await ListAsync(Counsellor(room), "?kind=enrolment")).Relationships);
        Assert.Empty((await ListAsync(Counsellor(room), "?kind=%25")).Relationships);
    }

    private static HttpClient Counsellor(OpenRoom room) => room.Person(PersonKind.Professional, "kuopio");

    private static async Task<RelationshipList> ListAsync(HttpClient who, string query = "") => await (await who.GetAsync("/relationships" + query)).ReadAsync<RelationshipList>();

    /// <summary>A doctor's referral of Aino as the gateway records it; the state after it.</summary>
    private static async Task<ConsentState> ReferAsync(OpenRoom room, string id)
    {
        var state = (await room.StateAsync(Some.Aino)).State;
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(Some.Referral(state, room.Clock.GetUtcNow(), id))).Status);
        return (await room.StateAsync(Some.Aino)).State;
    }
}
