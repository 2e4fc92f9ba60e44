// The outbox as the gateway sees it, in memory.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sisote.Doors.Json;
using Sisote.Doors.Outbox;

namespace Sisote.Tests.Gateway.World;

/// <summary>Keeps entries in the order in which they came and gives out the first of each way; a test can make it full or unreachable.</summary>
public sealed class FakeOutbox
{
    private readonly Lock gate = new();
    private readonly List<Row> rows = [];

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether it answers 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many answers to a hold are lost from now on, after the entry was taken in.</summary>
    public int LostHolds { get; set; }

    /// <summary>What happens before an entry is taken in.</summary>
    public Func<Task> BeforeHold { get; set; } = static () => Task.CompletedTask;

    /// <summary>Whether whoever wants to begin sending is told that the entry is not theirs.</summary>
    public bool IsBegunByNobody { get; set; }

    /// <summary>How often it was asked for entries to send.</summary>
    public int Leases { get; private set; }

    /// <summary>Everything that was ever held, as it was held.</summary>
    public List<HeldEntry> Held { get; } = [];

    /// <summary>The entries as they stand.</summary>
    public IReadOnlyList<OutboxEntry> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. rows.Select(static row => row.Shown)];
            }
        }
    }

    internal void Map(WebApplication app)
    {
        app.MapPost("/outbox/hold", async (HeldEntry entry) =>
        {
            await BeforeHold();
            var answer = Answer(() => IsOther(entry) ? new HoldAnswer(IsHeld: false, IsOther: true) : Hold(entry) ? new HoldAnswer(IsHeld: true, Find(entry.Id)!.Shown.State) : new HoldAnswer(IsHeld: false));
            return LostHolds-- > 0 ? Results.StatusCode(503) : answer;
        });
        app.MapPost("/outbox/arrived", (ArrivedEntry arrived) => Answer(() => new ArrivedAnswer(Arrive(arrived))));
        app.MapPost("/outbox/begin", (BeginSending begun) => Answer(() => new BeginAnswer(Begin(begun))));
        app.MapPost("/outbox/ahead", (AheadQuestion question) => Answer(() => new AheadAnswer(
            Open.Any(row => row.Shown.Id != question.Id && row.Entry.Client == question.Client && row.Entry.Sender == question.Sender && row.Entry.Target == question.Target),
            Open.FirstOrDefault(row => row.Shown.Id == question.Id)?.Shown.State,
            Open.Any(row => row.Shown.Id == question.Id && !row.Entry.Digest!.SequenceEqual(question.Digest!)))));
        app.MapPost("/outbox/lease", (LeaseQuestion question) => Answer(() => Lease(question)));
        app.MapPost("/outbox/settle", (SettledEntry settled) => Answer(() => new SettleAnswer(Settle(settled))));
        app.MapGet("/outbox/{id}", (string id) => IsDown ? Results.StatusCode(503) : Find(id) is { } row ? Results.Json(row.Shown, SisoteJson.Options) : Results.NotFound());
        app.MapPost("/outbox/{id}/cancel", (string id) => IsDown ? Results.StatusCode(503) : Cancel(id) ? Results.Ok() : Results.Conflict());
    }

    private IEnumerable<Row> Open => rows.Where(static row => row.Shown.EndedAt is null);

    private Row? Find(string id) => rows.FirstOrDefault(row => row.Shown.Id == id);

    private IResult Answer<T>(Func<T> answer)
    {
        lock (gate)
        {
            return IsDown ? Results.StatusCode(503) : Results.Json(answer(), SisoteJson.Options);
        }
    }

    private bool IsOther(HeldEntry entry) => Open.Any(row => row.Shown.Id == entry.Id && !row.Entry.Digest!.SequenceEqual(entry.Digest!));

    private bool Arrive(ArrivedEntry arrived)
    {
        if (rows.FirstOrDefault(row => row.Shown.Id == arrived.Id && row.Entry.Digest!.SequenceEqual(arrived.Digest)) is not { } row)
        {
            return false;
        }

        if (row.Shown.EndedAt is null || row is { Shown.State: OutboxState.Cancelled, IsTold: false })
        {
            row.Unclear++;
            row.Number++;
            row.Shown = row.Shown with { State = row.Shown.State == OutboxState.Sending ? OutboxState.Sending : OutboxState.Unknown, EndedAt = null };
            return true;
        }

        var isWrong = row.Shown.State is OutboxState.Refused or OutboxState.Cancelled or OutboxState.Expired;
        row.Shown = isWrong ? row.Shown with { State = arrived.State, Answer = arrived.Answer } : row.Shown;
        return isWrong;
    }

    private bool Hold(HeldEntry entry)
    {
        if (IsFull)
        {
            return false;
        }

        if (Open.FirstOrDefault(row => row.Shown.Id == entry.Id) is { } open)
        {
            open.Unclear += entry.IsUnclear ? 1 : 0;
            open.Shown = open.Shown with { State = open.Unclear > 0 && open.Shown.State == OutboxState.Waiting ? OutboxState.Unknown : open.Shown.State };
            return true;
        }

        rows.RemoveAll(row => row.Shown.Id == entry.Id);
        rows.Add(new Row(entry, new OutboxEntry
        {
            Id = entry.Id,
            Sender = entry.Sender,
            Target = entry.Target,
            State = entry.IsUnclear ? OutboxState.Unknown : OutboxState.Waiting,
            Attempts = entry.IsTried ? 1 : 0,
            HeldAt = TimeProvider.System.GetUtcNow(),
            DueAt = entry.DueAt,
        }) { Unclear = entry.IsUnclear ? 1 : 0 });
        Held.Add(entry);
        return true;
    }

    private LeaseAnswer Lease(LeaseQuestion question)
    {
        Leases++;
        var now = TimeProvider.System.GetUtcNow();
        var firsts = Open.GroupBy(static row => (row.Entry.Client, row.Entry.Sender, row.Entry.Target)).Select(static way => way.First()).Concat(rows.Where(static row => row is { Shown.State: OutboxState.Cancelled, IsTold: false }));
        var due = firsts.Where(row => row.Shown.DueAt <= now && row.LeasedUntil < now && !question.Without.Contains(row.Entry.Target) && (question.Only is not { } only || only == row.Entry.Target)).Take(question.Most).ToArray();
        return new LeaseAnswer { Entries = [.. due.Select(row => row.Lease(now.AddSeconds(question.Seconds)) with { IsOver = row.Shown.HeldAt.AddSeconds(question.LongestWait) < now || row.Unclear >= question.MostUnclear })], Queues = [.. Open.GroupBy(static row => row.Entry.Target).Select(static one => new OutboxQueue(one.Key, one.Count(), one.Min(static row => row.Shown.HeldAt)))] };
    }

    private bool Begin(BeginSending begun)
    {
        if (IsBegunByNobody || Find(begun.Id) is not { Shown.EndedAt: null } row || row.Number != begun.Lease)
        {
            return false;
        }

        row.Shown = row.Shown with { State = OutboxState.Sending };
        return true;
    }

    private bool Settle(SettledEntry settled)
    {
        if (Find(settled.Id) is not { } row || row.Number != settled.Lease)
        {
            return false;
        }

        row.LeasedUntil = default;
        row.Unclear += settled is { State: OutboxState.Unknown, IsTried: true } ? 1 : 0;
        row.IsTold = settled.DueAt is null;
        row.Shown = row.Shown with
        {
            State = settled.DueAt is null ? settled.State : row.Unclear > 0 ? OutboxState.Unknown : OutboxState.Waiting,
            DueAt = settled.DueAt,
            EndedAt = settled.DueAt is null ? TimeProvider.System.GetUtcNow() : null,
            Attempts = row.Shown.Attempts + (settled.IsTried ? 1 : 0),
            Answer = settled.Answer,
        };
        return true;
    }

    private bool Cancel(string id)
    {
        lock (gate)
        {
            if (Find(id) is not { Shown: { State: OutboxState.Waiting, EndedAt: null }, Unclear: 0 } row)
            {
                return false;
            }

            row.LeasedUntil = default;
            row.Shown = row.Shown with { State = OutboxState.Cancelled, EndedAt = TimeProvider.System.GetUtcNow(), DueAt = TimeProvider.System.GetUtcNow() };
            return true;
        }
    }

    private sealed class Row(HeldEntry entry, OutboxEntry shown)
    {
        internal HeldEntry Entry => entry;

        internal OutboxEntry Shown { get; set; } = shown;

        internal int Unclear { get; set; }

        internal long Number { get; set; }

        internal bool IsTold { get; set; }

        internal DateTimeOffset LeasedUntil { get; set; }

        internal LeasedEntry Lease(DateTimeOffset until)
        {
            Unclear += Shown.State == OutboxState.Sending ? 1 : 0;
            (Number, LeasedUntil) = (Number + 1, until);
            Shown = Shown.State == OutboxState.Sending ? Shown with { State = OutboxState.Unknown } : Shown;
            return new LeasedEntry { Id = entry.Id, Lease = Number, Target = entry.Target, State = Shown.State, Unclear = Unclear, HeldAt = Shown.HeldAt, Content = entry.Content };
        }
    }
}
