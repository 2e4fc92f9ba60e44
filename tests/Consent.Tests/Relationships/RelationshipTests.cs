// A professional's work list: own organisation only, and what each step does.
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Relationships;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
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
    public async Task AnOldRelationshipIsFoundBehindThousandsThatAreNotTheAskersOwn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var database = room.Services.GetRequiredService<Database>();
        var now = room.Clock.GetUtcNow();
        await using (var writing = await database.WriteAsync(CancellationToken.None))
        {
            for (var number = 0; number < 2_100; number++)
            {
                await RelationshipStore.AddAsync(writing, new KeptRelationship(ClientId.Parse(new string('1', 32)), new Relationship
                {
                    Id = $"case-{number:0000}",
                    Kind = "same-case",
                    Status = RelationshipStatus.Active,
                    ToOrganisation = Some.County,
                    From = now.AddMinutes(number / 3), // the same moment three times
                }), CancellationToken.None);
            }

            await writing.CommitAsync(CancellationToken.None);
        }

        await using var reading = await database.ReadAsync(CancellationToken.None);
        var seen = new List<string>();
        var own = await RelationshipStore.OfOrganisationAsync(reading, Some.County, null, rows =>
        {
            seen.AddRange(rows.Select(static row => row.Relationship.Id));
            return Task.FromResult(rows.Where(static row => row.Relationship.Id == "case-0000"));
        }, CancellationToken.None);
        var all = await RelationshipStore.OfOrganisationAsync(reading, Some.County, "same-case", static rows => Task.FromResult<IEnumerable<KeptRelationship>>(rows), CancellationToken.None);

        Assert.Equal("case-0000", Assert.Single(own).Relationship.Id);
        Assert.Equal(Enumerable.Range(0, 2_100).Reverse().Select(static number => $"case-{number:0000}"), seen);
        Assert.Equal(seen.Take(RelationshipStore.MostListed), all.Select(static row => row.Relationship.Id));
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

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AReferralIsTheBusinessOfTheRolesThatTheLawRestsOnItForAndOfNoOthersInTheHouse(DatabaseKind kind)
    {
        var house = Some.Deployment();
        house = house with
        {
            Systems =
            [
                .. house.Systems,
                house.Systems[0] with { Id = SystemId.Parse("county-welfare"), Sector = SectorId.Parse("student-welfare"), ActsAs = RoleId.Parse("kuraattori") },
                house.Systems[1] with { Id = SystemId.Parse("town-outreach"), Sector = SectorId.Parse("youth-outreach"), ActsAs = RoleId.Parse("outreach-worker") },
            ],
        };
        await using var room = await OpenRoom.OpenAsync(kind, postgres, (WholeLaw.Catalogue, house));
        var state = (await room.StateAsync(Some.Aino)).State;
        var referral = Some.Referral(state, room.Clock.GetUtcNow(), "referral-1");
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(referral with { Expect = referral.Expect! with { Catalogue = WholeLaw.Catalogue.Version } })).Status);

        foreach (var stranger in new[] { room.Person(PersonKind.Professional, "kuopio", "etsiva-1", "outreach-worker"), room.Person(PersonKind.Professional, "pohjois-savo", "kur-virta", "kuraattori") })
        {
            Assert.Empty((await ListAsync(stranger)).Relationships);
            foreach (var verb in new[] { "accept", "reject", "end" })
            {
                using var foreign = await stranger.PostAsync("/relationships/referral-1/" + verb, null);
                using var absent = await stranger.PostAsync("/relationships/referral-9/" + verb, null);
                Assert.Equal((HttpStatusCode.NotFound, await absent.BodyAsync()), (foreign.StatusCode, await foreign.BodyAsync()));
            }
        }

        Assert.Single((await ListAsync(Counsellor(room))).Relationships);
        Assert.Single((await ListAsync(room.Person(PersonKind.Professional, "pohjois-savo", "dr-harju", "health-professional"))).Relationships);
        using var accepted = await Counsellor(room).PostAsync("/relationships/referral-1/accept", null);
        using var ended = await room.Person(PersonKind.Professional, "pohjois-savo", "dr-harju", "health-professional").PostAsync("/relationships/referral-1/end", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (accepted.StatusCode, ended.StatusCode));
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
