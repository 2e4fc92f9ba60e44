// Whom a withdrawal concerns: those who got something, and nobody else.
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Consents.SomeSending;

namespace Sisote.Tests.Consent.Consents;

public sealed class WithdrawalReceiptTests(PostgresFixture postgres)
{
    private static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AWithdrawalTellsNobodyWhoGotNothingAndNamesAnEntryOnItsWayOnce(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Flow, who);
        var state = (await room.StateAsync(who.Reveal())).State;
        foreach (var outcome in new[] { "refused", "cancelled", "expired" })
        {
            var ended = Sending(room, Flow, state);
            await room.AppendAsync([ended, OutcomeOf(ended, outcome)]);
        }

        var first = Sending(room, Flow, state);
        var again = first with { Entry = first.Entry with { Id = Some.Id() } };
        await room.AppendAsync([first, OutcomeOf(first, "waiting")]);
        await room.AppendAsync([again, OutcomeOf(again, "waiting")]);

        using var answer = await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null);

        var withdrawal = await answer.ReadAsync<WithdrawalAnswer>();
        Assert.Empty(withdrawal.Holders);
        Assert.Equal(Flow.To.Organisation, withdrawal.Waiting.Single().Recipient.Organisation);
        Assert.Empty(await NoticesAsync(room.Person(PersonKind.Professional, Flow.To.Organisation!.Value.Value, "receiver", Flow.To.Role.Value)));
    }

    [Fact]
    public async Task AnEntryThatWasTriedThriceAndArrivedIsOneReceiptOnAWithdrawal()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Flow, who);
        var first = Sending(room, Flow, (await room.StateAsync(who.Reveal())).State);
        foreach (var outcome in new[] { "waiting", "unknown", "delivered" })
        {
            var attempt = first with { Entry = first.Entry with { Id = Some.Id() } };
            await room.AppendAsync([attempt, OutcomeOf(attempt, outcome)]);
        }

        using var answer = await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null);

        var withdrawal = await answer.ReadAsync<WithdrawalAnswer>();
        Assert.Equal((0, 1), (withdrawal.Waiting.Length, withdrawal.Holders.Single().Count));
    }

    private static async Task<IReadOnlyList<ConsentNotice>> NoticesAsync(HttpClient caller)
    {
        using var answer = await caller.GetAsync("/notices");
        return (await answer.ReadAsync<ConsentNotices>()).Notices;
    }
}
