// The gateway's door to the log: what commits, what is stale, what is refused.
using Sisote.Doors.Consent;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Keeping;

public sealed class AppendTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task ADisclosureOnTheCurrentStateIsCommittedWithAReceipt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;

        var result = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        Assert.Equal(AppendStatus.Committed, result.Status);
        Assert.True(DisclosureLog.Receipts.Receipt.TryParse(result.Receipt, out var receipt));
        Assert.Equal(result.Index, receipt.Index);
    }
}
