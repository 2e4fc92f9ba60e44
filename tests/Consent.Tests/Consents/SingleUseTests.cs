// Consents that one notice uses up, and notices that wait.
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Consents.SomeSending;

namespace Sisote.Tests.Consent.Consents;

public sealed class SingleUseTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AConsentForOneNoticeIsUsedByItAndGivenBackWhereTheTargetRefused(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, who) = (FlowOf("YOUTH-EXPLICIT"), Some.Person(1));
        await room.PutOnRecordAsync(flow, who);
        var state = (await room.StateAsync(who.Reveal())).State;
        var (first, second) = (Sending(room, flow, state), Sending(room, flow, state));

        var results = await room.AppendAsync([first, second]);
        Assert.Equal([AppendStatus.Committed, AppendStatus.Stale], results.Select(static result => result.Status));
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Expired, look.Missing));

        await room.AppendAsync(OutcomeOf(first, "refused"));
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Null(look.Missing));

        var again = Sending(room, flow, (await room.StateAsync(who.Reveal())).State);
        await room.AppendAsync(again);
        await room.AppendAsync(OutcomeOf(again, "unknown"));
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
        Assert.Equal("used", (await GiverTests.RemindersAsync(room, who)).Single().Cause);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AConsentForOneNoticeStandsAgainWheneverNothingOfTheNoticeArrived(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, who) = (FlowOf("YOUTH-EXPLICIT"), Some.Person(1));
        await room.PutOnRecordAsync(flow, who);

        foreach (var outcome in new[] { "waiting", "cancelled", "expired", "refused" })
        {
            var notice = Sending(room, flow, (await room.StateAsync(who.Reveal())).State);
            Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(notice)).Status);
            Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
            await room.AppendAsync(OutcomeOf(notice, outcome));
            Assert.All(await room.LookAsync(flow, who), look => Assert.True(look.Missing is null, outcome));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ANoticeThatEndsLaterDoesNotGiveBackWhatAnotherNoticeUsed(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, who) = (FlowOf("YOUTH-EXPLICIT"), Some.Person(1));
        await room.PutOnRecordAsync(flow, who);
        var waiting = Sending(room, flow, (await room.StateAsync(who.Reveal())).State);
        await room.AppendAsync(waiting);
        await room.AppendAsync(OutcomeOf(waiting, "waiting"));
        var other = Sending(room, flow, (await room.StateAsync(who.Reveal())).State);
        await room.AppendAsync(other);
        await room.AppendAsync(OutcomeOf(other, "delivered"));

        await room.AppendAsync(OutcomeOf(waiting, "refused"));

        Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
    }

    private static ConsentFlow FlowOf(string form) => WholeLaw.Flows.Single(flow => flow.Form.Id.Value == form);
}
