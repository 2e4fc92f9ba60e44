// A child whose identifier was corrected, or whose records are sealed anew, stays protected and in the same hands.
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Clients.Keys;
using Sisote.Consent.Minors;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Minors;

public sealed class ChangedIdentityTests(PostgresFixture postgres)
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task ABarHoldsThroughAMergeAndOnBothSidesOfItsUndoing(DatabaseKind database)
    {
        await using var room = await OpenRoom.OpenAsync(database, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var corrected = Family.Minor(room, 14);
        await family.FactsAsync(new ToldFacts { GuardianBars = ["social"] });
        var bar = family.Bar("student-welfare", "painava syy");
        using (var recorded = await family.Assessor("student-welfare", "kuraattori").PostAsJsonAsync("/minors/bars", bar, SisoteJson.Options))
        {
            recorded.EnsureSuccessStatusCode();
        }

        await MergeAsync(room, "merge", new MergeClients { Prior = family.Child.Reveal(), Surviving = corrected.Reveal() });
        Assert.Equal(["social", "student-welfare"], await BarsAsync(room, corrected));

        // What is recorded under the old identifier is the person's all the same, and raises the revision that decisions are held against.
        var before = (await room.StateAsync(corrected.Reveal())).State.Revision;
        using (var capacity = await family.Assessor().PostAsJsonAsync("/minors/capacity", family.Capacity("2"), SisoteJson.Options))
        {
            capacity.EnsureSuccessStatusCode();
        }

        var state = (await room.StateAsync(corrected.Reveal())).State;
        Assert.Equal((before + 1, "2"), (state.Revision, Assert.Single(state.Facts.Capacity).Code));

        await MergeAsync(room, "unmerge", new UnmergeClients { Prior = family.Child.Reveal() });
        Assert.Equal(["social", "student-welfare"], await BarsAsync(room, family.Child));
        Assert.Equal(["social", "student-welfare"], await BarsAsync(room, corrected));
    }

    [Fact]
    public async Task GuardiansFollowTheChildAndWhomTheRegisterNamesNoMoreIsGoneUnderEveryIdentity()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        var corrected = family with { Child = Family.Minor(room, 8) };
        await family.GivenAsync();
        await MergeAsync(room, "merge", new MergeClients { Prior = family.Child.Reveal(), Surviving = corrected.Child.Reveal() });
        await corrected.FactsAsync(new ToldFacts { SafetyProhibition = false });

        Assert.True(await corrected.SeesAsync(family.Mother));
        using (var given = await corrected.GiveAsync(family.Mother, corrected.Consent()))
        {
            Assert.Equal(ConsentStatus.Draft, (await given.ReadAsync<ChildConsentAnswer>()).Consent.Status);
        }

        var name = await corrected.NameForAsync(family.Father);
        await corrected.TellAsync(Family.Guardian(family.Mother, "sole"));

        Assert.False(await corrected.SeesAsync(family.Father, name));
        Assert.True(await corrected.SeesAsync(family.Mother));
        using var alone = await corrected.GiveAsync(family.Mother, corrected.Consent());
        Assert.Equal(ConsentStatus.Active, (await alone.ReadAsync<ChildConsentAnswer>()).Consent.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACourtsLimitAndJointCustodyHoldThroughAMergeWhicheverIdentityTheyWereToldOf(bool toldOfTheOldOne)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (old, corrected) = await TwoAsync(room);
        var (strict, loose) = toldOfTheOldOne ? (old, corrected) : (corrected, old);
        await strict.TellAsync(Family.Guardian(old.Mother, "joint", null, "health"), Family.Guardian(old.Father));
        await loose.TellAsync(Family.Guardian(old.Mother, "sole"), Family.Guardian(old.Father, "sole"));
        Assert.True(await loose.SeesAsync(old.Mother, await NameOfAsync(loose)));

        await MergeAsync(room, "merge", new MergeClients { Prior = old.Child.Reveal(), Surviving = corrected.Child.Reveal() });

        Assert.Equal((false, true), (await corrected.SeesAsync(old.Mother), await corrected.SeesAsync(old.Father)));
        using (var given = await corrected.GiveAsync(old.Mother, corrected.Consent()))
        {
            Assert.Equal(System.Net.HttpStatusCode.NotFound, given.StatusCode);
        }

        // The next telling of the register says what holds, also where it says the same as before of one of the two.
        await corrected.TellAsync(Family.Guardian(old.Mother, "sole"), Family.Guardian(old.Father, "sole"));
        Assert.True(await corrected.SeesAsync(old.Mother));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OfOneGuardianToldTwiceInOneMessageNeitherIdentityOpensWhatTheOtherCloses(bool strictFirst)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 9);
        var other = Family.Grown();
        await family.TellAsync(Family.Guardian(family.Mother), Family.Guardian(other));
        await MergeAsync(room, "merge", new MergeClients { Prior = other.Reveal(), Surviving = family.Mother.Reveal() });
        ToldGuardian[] both = [Family.Guardian(other, "joint", null, "health"), Family.Guardian(family.Mother, "sole")];
        using var told = await family.TellAsync(strictFirst ? both : [both[1], both[0]]);
        told.EnsureSuccessStatusCode();

        Assert.False(await family.SeesAsync(family.Mother));
    }

    [Fact]
    public async Task JointCustodyUnderOneIdentityAsksTheOtherGuardianAfterAMerge()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (old, corrected) = await TwoAsync(room);
        await old.TellAsync(Family.Guardian(old.Mother), Family.Guardian(old.Father));
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await corrected.TellAsync(Family.Guardian(old.Mother, "sole"), Family.Guardian(old.Father, "sole"));
        await MergeAsync(room, "merge", new MergeClients { Prior = old.Child.Reveal(), Surviving = corrected.Child.Reveal() });

        using var given = await corrected.GiveAsync(old.Mother, corrected.Consent());
        Assert.Equal(ConsentStatus.Draft, (await given.ReadAsync<ChildConsentAnswer>()).Consent.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnEndThatWasToldLaterHoldsThroughAMergeAndAnEarlierOneDoesNot(bool endedLast)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (old, corrected) = await TwoAsync(room);
        await old.TellAsync(old.Mother);
        var name = await NameOfAsync(corrected);
        foreach (var ends in new[] { !endedLast, endedLast })
        {
            room.Clock.Advance(TimeSpan.FromMinutes(1));
            await (ends ? old.TellAsync(old.Father) : corrected.TellAsync(Family.Guardian(old.Mother, "sole")));
        }

        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await MergeAsync(room, "merge", new MergeClients { Prior = old.Child.Reveal(), Surviving = corrected.Child.Reveal() });

        Assert.Equal(!endedLast, await corrected.SeesAsync(old.Mother, name));
        await corrected.TellAsync(Family.Guardian(old.Mother, "sole"));
        Assert.True(await corrected.SeesAsync(old.Mother));
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task RecordsOfMinorsAndNamesOfChildrenComeUnderANewKey(DatabaseKind database)
    {
        await using var room = await OpenRoom.OpenAsync(database, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        using (var recorded = await family.Assessor("student-welfare", "kuraattori").PostAsJsonAsync("/minors/bars", family.Bar("student-welfare", "painava syy"), SisoteJson.Options))
        {
            recorded.EnsureSuccessStatusCode();
        }

        using (var rotated = await room.Operator.PostAsync("/keys/rotate", null))
        {
            rotated.EnsureSuccessStatusCode();
        }

        Assert.True(await room.Services.GetRequiredService<Resealing>().RunAsync(int.MaxValue, CancellationToken.None));
        room.Clock.Advance(TimeSpan.FromMinutes(4));
        using var retired = await room.Operator.PostAsync("/keys/1/retire", null);
        retired.EnsureSuccessStatusCode();
        await room.ReopenAsync();

        Assert.Equal(["student-welfare"], await BarsAsync(room, family.Child));
        using var children = await room.Client(family.Mother.Reveal()).GetAsync("/me/children");
        Assert.Equal("Kaarna", Assert.Single((await children.ReadAsync<MyChildren>()).Children).Name);
    }

    /// <summary>One child under two identities that nobody knows to be one yet, of the same guardians; something was given of both.</summary>
    private static async Task<(Family Old, Family Corrected)> TwoAsync(OpenRoom room)
    {
        var old = await Family.OfAsync(room, 8);
        var corrected = old with { Child = Family.Minor(room, 8) };
        await corrected.TellAsync(old.Mother, old.Father);
        await corrected.FactsAsync(new ToldFacts { SafetyProhibition = false });
        await old.GivenAsync();
        await corrected.GivenAsync();
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        return (old, corrected);
    }

    /// <summary>The name that the mother has for this identity of the child.</summary>
    private static async Task<string> NameOfAsync(Family family)
    {
        var services = family.Room.Services;
        var door = services.GetRequiredService<GuardianDoor>();
        await using var session = await services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        var key = (await family.Room.StateAsync(family.Child.Reveal())).State.Client;
        return (await door.ChildrenAsync(session, door.KeyOf(family.Mother), family.Room.Clock.GetUtcNow(), CancellationToken.None)).Where(one => one.Child == key).Select(one => door.NameOf(one.Guardianship)).Single();
    }

    private static async Task<IReadOnlyList<string>> BarsAsync(OpenRoom room, Hetu who) => (await room.StateAsync(who.Reveal())).State.Facts.GuardianBars ?? [];

    private static async Task MergeAsync<T>(OpenRoom room, string what, T command)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/" + what, command, SisoteJson.Options);
        await answer.ReadAsync<ClientsMerged>();
    }
}
