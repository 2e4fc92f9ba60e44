// Subscriptions as the gateway sees them kept, in memory.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sisote.Doors.Json;
using Sisote.Doors.Subscriptions;

namespace Sisote.Tests.Gateway.World;

/// <summary>Keeps them in the order in which they came, and gives out what is due.</summary>
public sealed class FakeSubscriptions
{
    private readonly Lock gate = new();
    private readonly List<Row> rows = [];

    /// <summary>How many a system may have.</summary>
    public int Most { get; set; } = 10;

    /// <summary>Whether it answers 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often something was leased.</summary>
    public int Leased { get; private set; }

    /// <summary>How often was asked for what is due.</summary>
    public int Asked { get; private set; }

    /// <summary>All that is kept, as one text.</summary>
    public string Kept
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', rows.Select(static row => System.Text.Json.JsonSerializer.Serialize((row.New, row.Standing), SisoteJson.Options) + System.Text.Encoding.Latin1.GetString(row.New.Content)));
            }
        }
    }

    /// <summary>How the only one stands.</summary>
    public SubscriptionStanding Only
    {
        get
        {
            lock (gate)
            {
                return rows.Single().Standing;
            }
        }
    }

    internal void Map(WebApplication app)
    {
        app.MapPost("/subscriptions/keep", (NewSubscription kept) => Answer(() => Keep(kept)));
        app.MapPost("/subscriptions/find", (SubscriptionQuestion question) => Answer(() => new SubscriptionList([.. rows.Where(row => row.New.Subscriber == question.Subscriber && row.New.Source == question.Source && (question.Id ?? row.New.Id) == row.New.Id).Select(Show)])));
        app.MapPost("/subscriptions/end", (EndSubscription end) => Answer(() => new EndAnswer(rows.RemoveAll(row => row.New.Id == end.Id && row.New.Subscriber == end.Subscriber && row.New.Source == end.Source) == 1)));
        app.MapPost("/subscriptions/lease", (SubscriptionsWanted wanted) => Answer(() => Lease(wanted)));
        app.MapPost("/subscriptions/settle", (SettledSubscription settled) => Answer(() => new SettledAnswer(Settle(settled))));
    }

    private IResult Answer<T>(Func<T> answer)
    {
        lock (gate)
        {
            return IsDown ? Results.StatusCode(503) : Results.Json(answer(), SisoteJson.Options);
        }
    }

    private KeepAnswer Keep(NewSubscription kept)
    {
        if (rows.Count >= Most)
        {
            return new KeepAnswer(IsKept: false);
        }

        rows.Add(new Row(kept));
        return new KeepAnswer(IsKept: true);
    }

    private static SubscriptionShown Show(Row row) => new() { Id = row.New.Id, State = row.Standing.State, Content = row.New.Content, Events = row.Standing.Events, EndsAt = row.New.EndsAt };

    private SubscriptionsLeased Lease(SubscriptionsWanted wanted)
    {
        var now = TimeProvider.System.GetUtcNow();
        var due = rows.Where(row => row.Standing.State != SubscriptionState.Off && row.LeasedUntil < now
            && (row.Standing.DueAt <= now || row.New.EndsAt <= now)).Take(wanted.Most).ToArray();
        (Asked, Leased) = (Asked + 1, Leased + due.Length);
        return new SubscriptionsLeased([.. due.Select(row => row.Lease(now, now.AddSeconds(wanted.Seconds)))]);
    }

    private bool Settle(SettledSubscription settled)
    {
        if (rows.Find(row => row.New.Id == settled.Id && row.Number == settled.Lease && row.Standing.State != SubscriptionState.Off) is not { } row)
        {
            return false;
        }

        row.Standing = settled.Standing;
        row.LeasedUntil = settled.KeepsLease ? row.LeasedUntil : default;
        return true;
    }

    private sealed class Row(NewSubscription kept)
    {
        internal NewSubscription New => kept;

        internal SubscriptionStanding Standing { get; set; } = new() { State = SubscriptionState.Requested, DueAt = TimeProvider.System.GetUtcNow(), Events = 0, Delivered = 0, IsTold = false, Failures = 0 };

        internal long Number { get; private set; }

        internal DateTimeOffset LeasedUntil { get; set; }

        internal LeasedSubscription Lease(DateTimeOffset now, DateTimeOffset until)
        {
            (Number, LeasedUntil) = (Number + 1, until);
            return new LeasedSubscription { Id = kept.Id, Lease = Number, Subscriber = kept.Subscriber, IsOver = kept.EndsAt <= now, Content = kept.Content, Standing = Standing };
        }
    }
}
