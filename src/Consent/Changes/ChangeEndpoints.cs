// The door of followers.
using System.Globalization;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Changes;

/// <summary><c>GET /changes</c></summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder app) => app.MapGet("/changes", FollowAsync).RequireAuthorization(Admission.Followers);

    private static async Task<IResult> FollowAsync(HttpContext context, ChangeReader reader, CancellationToken cancellation)
    {
        long? after = null;
        var wait = 0L;
        foreach (var (name, values) in context.Request.Query)
        {
            if (values.Count != 1 || !long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || name is not ("after" or "wait"))
            {
                return Problems.InvalidRequest(name is "after" or "wait" ? name : "query", "`after` and `wait` are numbers, each at most once.");
            }

            (after, wait) = name == "after" ? (number, wait) : (after, number);
        }

        var feed = after is { } behind ? await reader.FindAsync(behind, TimeSpan.FromSeconds(Math.Min(wait, ChangeReader.LongestWait)), cancellation) : await reader.BeginAsync(cancellation);
        return feed is null ? Problems.ChangesGone() : TypedResults.Ok(feed);
    }
}

/// <summary>Reads changes, and waits for them.</summary>
internal sealed class ChangeReader(Database database, ChangeBell bell, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>The most seconds that an answer is held back.</summary>
    public const int LongestWait = 25;

    private const int Most = 1000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1); // what other replicas wrote rings no bell here

    /// <summary>Where a follower begins.</summary>
    public async Task<ChangeFeed> BeginAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return new ChangeFeed { Events = [], Next = await ChangeStore.NewestAsync(session, cancellation) };
    }

    /// <summary>Changes behind a number, waiting for the first, but not beyond the end of the room; null where the follower must begin anew.</summary>
    public async Task<ChangeFeed?> FindAsync(long after, TimeSpan wait, CancellationToken cancellation)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            var ring = bell.Next; // taken before looking, so that nothing is missed between looking and waiting
            var found = await ReadAsync(after, cancellation);
            var left = wait - clock.GetElapsedTime(began);
            if (found is not { IsEmpty: true } || left <= TimeSpan.Zero || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return found is { } events ? new ChangeFeed { Events = events, Next = events.IsEmpty ? after : events[^1].Number } : null;
            }

            using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
            await Task.WhenAny(ring, Task.Delay(left < Look ? left : Look, clock, turn.Token));
            await turn.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<System.Collections.Immutable.ImmutableArray<ChangeEvent>?> ReadAsync(long after, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await ChangeStore.FindAsync(session, after, Most, cancellation);
    }
}
