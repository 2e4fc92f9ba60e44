// Makes work items of what was asked for, each once, and ends those whose time is over.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;

namespace Sisote.Consent.Releases;

/// <summary>One open work item for each client, recipient and purpose; asking again adds nothing, and what was decided lately does not come back at once.</summary>
internal sealed class ReleaseRaising(Database database, LogWriter writer, ConsentOptions options, TimeProvider clock, ILogger<ReleaseRaising> log)
{
    private const string SeenName = "releases-seen";
    private const long KeepEvery = 10_000;

    private long kept; // looked at by the follower alone

    /// <summary>The last place in the log that work items were made of; null where there is none.</summary>
    public static async Task<long?> SeenAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT value FROM room_value WHERE name = @name", static row => (long?)row.GetInt64(0), cancellation, ("name", SeenName))).SingleOrDefault();

    /// <summary>Makes a work item, or adds to the open one; false where nothing was to be added.</summary>
    public async Task<bool> RaiseAsync(LogTransaction transaction, ReleaseAsk asked, long index)
    {
        var standing = await transaction.StandsForAsync(asked.Client, CancellationToken.None);
        var ask = asked with { Client = standing, Identity = standing == asked.Client ? null : asked.Client };
        if (await SeenAsync(transaction.Session, CancellationToken.None) >= index)
        {
            return false; // another replica was quicker
        }

        await KeepSeenAsync(transaction, index);
        var before = await ReleaseStore.LikeAsync(transaction.Session, ask, CancellationToken.None);
        var known = before.Where(row => row.IsOpenAt(transaction.Now) || Rests(row, transaction.Now)).SelectMany(static row => row.Items).Select(static item => item.Item).ToHashSet();
        var items = ask.Items.Where(item => !known.Contains(item.Item)).Select(item => new ReleaseItem(item.Item, item.Rule, item.Decisions, ReleaseRow.Open, index)).ToImmutableArray();
        return !items.IsEmpty && await RaiseAsync(transaction, ask, before.LastOrDefault(row => row.IsOpenAt(transaction.Now)), items);
    }

    /// <summary>Writes down from time to time how far the log was looked at, so that a start need not look at all of it again.</summary>
    public async Task KeepSeenAsync(long index)
    {
        if (index - kept >= KeepEvery)
        {
            await writer.WriteAsync(async transaction =>
            {
                await KeepSeenAsync(transaction, Math.Max(index, await SeenAsync(transaction.Session, CancellationToken.None) ?? -1));
                return true;
            });
            kept = index;
        }
    }

    /// <summary>Ends what nobody decided in time.</summary>
    public async Task LapseAsync(CancellationToken cancellation)
    {
        List<ReleaseRow> over;
        await using (var session = await database.ReadAsync(cancellation))
        {
            over = await ReleaseStore.LapsingAsync(session, clock.GetUtcNow(), cancellation);
        }

        foreach (var row in over)
        {
            await writer.WriteAsync(transaction => LapseAsync(transaction, row.Id));
        }
    }

    private static Task KeepSeenAsync(LogTransaction transaction, long index) => transaction.Session.ExecuteAsync(
        "INSERT INTO room_value (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value", CancellationToken.None, ("name", SeenName), ("value", index));

    private async Task<bool> RaiseAsync(LogTransaction transaction, ReleaseAsk ask, ReleaseRow? open, ImmutableArray<ReleaseItem> items)
    {
        if (open is null && await ReleaseStore.CountOpenAsync(transaction.Session, ask, CancellationToken.None) >= options.ReleasesPerRecipient)
        {
            Log.ReleasesFull(log, ask.From.Organisation.Value, ask.To.Organisation.Value, options.ReleasesPerRecipient);
            return false;
        }

        var row = open ?? Begin(ask, transaction.Now);
        await (open is null
            ? ReleaseStore.AddAsync(transaction.Session, row with { Items = items }, CancellationToken.None)
            : ReleaseStore.AddItemsAsync(transaction.Session, row.Id, items, CancellationToken.None));
        await ReleaseEntries.AddAsync(transaction, row with { Items = items }, null, ask.CorrelationId);
        return true;
    }

    private ReleaseRow Begin(ReleaseAsk ask, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Client = ask.Client,
        Identity = ask.Identity,
        From = ask.From,
        To = ask.To,
        AskedBy = ask.By,
        Purpose = ask.Purpose,
        Direction = ask.Direction,
        State = ReleaseRow.Open,
        AskedAt = now,
        LapsesAt = now + options.ReleaseTerm,
    };

    /// <summary>What was decided lately, either way: who asks again and again makes no new work of it. A professional can still record a decision at any time.</summary>
    private bool Rests(ReleaseRow row, DateTimeOffset now) => row is { State: ReleaseRow.Released or ReleaseRow.Declined, DecidedAt: { } at } && now < at + options.ReleaseRest;

    private static async Task<bool> LapseAsync(LogTransaction transaction, string id)
    {
        if (await ReleaseStore.FindAsync(transaction.Session, id, CancellationToken.None) is not { State: ReleaseRow.Open } row || transaction.Now < row.LapsesAt)
        {
            return false;
        }

        var lapsed = row with { State = ReleaseRow.Lapsed, DecidedAt = transaction.Now, Items = [.. row.Items.Select(static item => item with { State = ReleaseRow.Lapsed })] };
        await ReleaseStore.EndAsync(transaction.Session, lapsed, CancellationToken.None);
        await ReleaseEntries.AddAsync(transaction, lapsed, null, Guid.CreateVersion7().ToString("N"));
        return true;
    }
}
