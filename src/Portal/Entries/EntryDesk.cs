// Where entries are kept while they are written, and sent.
using System.Collections.Immutable;
using Sisote.Doors.Contexts;
using Sisote.Portal.Backends;
using Sisote.Portal.Keeping;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Entries;

/// <summary>Keeps, finds and sends a counsellor's entries. A text is removed only when the target has taken it or the counsellor throws it away.</summary>
internal sealed class EntryDesk(SealedStore store, ExchangeApi exchange, WaitingEntries waiting, TimeProvider clock)
{
    /// <summary>How long the text of an entry is kept that waits at the gateway: longer than it may wait there by far, so that its writer sees how it ended.</summary>
    private static readonly TimeSpan WaitingLifetime = TimeSpan.FromDays(14);

    /// <summary>Begins an entry; its id.</summary>
    public async Task<string> BeginAsync(string owner, Visit visit, string day, CancellationToken cancellation)
    {
        var id = SealedStore.NewId();
        await KeepAsync(owner, id, new EntryDraft { Visit = visit, Day = day, KeptAt = clock.GetUtcNow(), IdempotencyKey = SealedStore.NewId() }, cancellation);
        return id;
    }

    /// <summary>An entry, or null.</summary>
    public Task<EntryDraft?> FindAsync(string owner, string id, CancellationToken cancellation) => store.GetAsync<EntryDraft>(owner, EntryDraft.Kind, id, cancellation);

    /// <summary>The entries that are not done with, the newest first; where they wait, as they stand now.</summary>
    public async Task<IReadOnlyList<(string Id, EntryDraft Draft)>> UnfinishedAsync(string owner, ExchangeCaller caller, CancellationToken cancellation)
    {
        var kept = await store.ListAsync<EntryDraft>(owner, EntryDraft.Kind, cancellation);
        var looked = await Task.WhenAll(kept.Select(async each => (each.Id, Draft: each.Value.State == EntryState.Waiting ? await LookAsync(owner, each.Id, each.Value, caller, cancellation) : each.Value)));
        return [.. looked.Where(static each => each.Draft.State != EntryState.Sent).OrderByDescending(static each => each.Draft.KeptAt)];
    }

    /// <summary>Keeps what was typed.</summary>
    public async Task<EntryDraft> KeepAsync(string owner, string id, EntryDraft draft, CancellationToken cancellation)
    {
        var kept = draft with { KeptAt = clock.GetUtcNow() };
        await store.PutAsync(owner, EntryDraft.Kind, id, kept, cancellation, draft.State == EntryState.Waiting ? WaitingLifetime : SealedStore.Lifetime);
        return kept;
    }

    /// <summary>Throws an entry away.</summary>
    public void Discard(string owner, string id) => store.Remove(owner, EntryDraft.Kind, id);

    /// <summary>Sends an entry as planned; what became of it stands in the draft. Only when the target took it does the text go from here.</summary>
    public async Task<EntryDraft> SendAsync(string owner, string id, EntryDraft draft, CheckedEntry entry, EntryForm form, EntryPlan plan, ExchangeCaller caller)
    {
        var first = draft.FirstSent is { } before && before.Key == draft.IdempotencyKey ? before : new EntryFirstSent(draft.IdempotencyKey, clock.GetUtcNow());
        draft = draft with { FirstSent = first };
        var resources = EntryResources.Make(entry, form, plan.Mode, draft.Visit.Patient, first.At);
        var body = resources.Length == 1 ? resources[0] : EntryResources.Bundle(resources);
        var context = Visiting.ContextOf(draft.Visit);
        context = context with { Entries = context.Entries.AddRange(plan.Mode.States.Select(static condition => KeyValuePair.Create<string, ContextValue>(condition.Value, new ContextValue.Flag(true)))) };
        var answer = await exchange.SendEntryAsync(caller, plan.Target.Id, body, context, draft.IdempotencyKey, CancellationToken.None);
        return await KeepAsync(owner, id, answer switch
        {
            Answer<Released>.Ok { Value: { Waiting: { } held } released } => draft with { State = EntryState.Waiting, Mode = plan.Mode.Id, Waits = new EntryWaiting(held, "waiting", ReceiptOf(plan, released)) },
            Answer<Released>.Ok { Value: var released } => Done(draft with { Mode = plan.Mode.Id }, ReceiptOf(plan, released)),
            Answer<Released>.Down => draft with { State = EntryState.Unreached, Mode = plan.Mode.Id },
            _ => draft with { State = EntryState.Refused, Mode = plan.Mode.Id, RefusedBecause = (answer as Answer<Released>.Refused)?.Slug },
        }, CancellationToken.None);
    }

    /// <summary>Looks where a waiting entry stands now; when it was delivered, the text goes from here, else it is the counsellor's again.</summary>
    public async Task<EntryDraft> LookAsync(string owner, string id, EntryDraft draft, ExchangeCaller caller, CancellationToken cancellation) =>
        draft.Waits is { } waits ? await TakeOverAsync(owner, id, draft, waits, await waiting.LookAsync(caller, waits.Id, cancellation)) : draft;

    /// <summary>Takes a waiting entry back, where it is not too late for that.</summary>
    public async Task<EntryDraft> TakeBackAsync(string owner, string id, EntryDraft draft, ExchangeCaller caller, CancellationToken cancellation) =>
        draft.Waits is { } waits ? await TakeOverAsync(owner, id, draft, waits, await waiting.CancelAsync(caller, waits.Id, cancellation)) : draft;

    private async Task<EntryDraft> TakeOverAsync(string owner, string id, EntryDraft draft, EntryWaiting waits, EntryStanding? standing)
    {
        var after = standing switch
        {
            null => draft,
            { IsOpen: true, State: var state } when state == waits.State => draft,
            { IsOpen: true, State: var state } => draft with { Waits = waits with { State = state } },
            { Delivered: { } released } => Done(draft, waits.Receipt with { At = clock.GetUtcNow(), Handle = HandleIn(released), LogReceipt = released.Receipt ?? waits.Receipt.LogReceipt }),
            { State: "cancelled" } => draft with { State = EntryState.Writing, Waits = null, IdempotencyKey = SealedStore.NewId() },
            { State: "unknown" } => draft with { State = EntryState.Unreached, Waits = null }, // it may have arrived: the same key again makes no second entry
            { State: var state } => draft with { State = EntryState.Refused, Waits = null, RefusedBecause = "entry-" + state },
        };
        return ReferenceEquals(after, draft) ? draft : await KeepAsync(owner, id, after, CancellationToken.None);
    }

    private static EntryDraft Done(EntryDraft draft, EntryReceipt receipt) => draft with
    {
        State = EntryState.Sent,
        Text = string.Empty,
        Measures = ImmutableSortedDictionary<string, string>.Empty,
        Waits = null,
        Receipt = receipt,
    };

    private EntryReceipt ReceiptOf(EntryPlan plan, Released released) => new()
    {
        At = clock.GetUtcNow(),
        Target = plan.Target.Id,
        Rule = plan.Rule.Id,
        Items = plan.Items,
        Handle = HandleIn(released),
        LogReceipt = released.Receipt,
        CorrelationId = released.CorrelationId,
    };

    private static string? HandleIn(Released released) => (released.Location ?? released.Body["entry"]?[0]?["response"]?["location"]?.ToString())?.Split('/')[^1];
}
