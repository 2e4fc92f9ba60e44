// Where entries are kept while they are written, and sent.
using System.Collections.Immutable;
using Sisote.Doors.Contexts;
using Sisote.Portal.Backends;
using Sisote.Portal.Keeping;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Entries;

/// <summary>Keeps, finds and sends a counsellor's entries. A text is removed only when the target has taken it or the counsellor throws it away.</summary>
internal sealed class EntryDesk(SealedStore store, ExchangeApi exchange, TimeProvider clock)
{
    /// <summary>Begins an entry; its id.</summary>
    public async Task<string> BeginAsync(string owner, Visit visit, string day, CancellationToken cancellation)
    {
        var id = SealedStore.NewId();
        await KeepAsync(owner, id, new EntryDraft { Visit = visit, Day = day, KeptAt = clock.GetUtcNow(), IdempotencyKey = SealedStore.NewId() }, cancellation);
        return id;
    }

    /// <summary>An entry, or null.</summary>
    public Task<EntryDraft?> FindAsync(string owner, string id, CancellationToken cancellation) => store.GetAsync<EntryDraft>(owner, EntryDraft.Kind, id, cancellation);

    /// <summary>The unfinished entries, the newest first.</summary>
    public async Task<IReadOnlyList<(string Id, EntryDraft Draft)>> UnfinishedAsync(string owner, CancellationToken cancellation) =>
        [.. (await store.ListAsync<EntryDraft>(owner, EntryDraft.Kind, cancellation)).Where(static each => each.Value.State != EntryState.Sent).OrderByDescending(static each => each.Value.KeptAt)];

    /// <summary>Keeps what was typed.</summary>
    public async Task<EntryDraft> KeepAsync(string owner, string id, EntryDraft draft, CancellationToken cancellation)
    {
        var kept = draft with { KeptAt = clock.GetUtcNow() };
        await store.PutAsync(owner, EntryDraft.Kind, id, kept, cancellation);
        return kept;
    }

    /// <summary>Throws an entry away.</summary>
    public void Discard(string owner, string id) => store.Remove(owner, EntryDraft.Kind, id);

    /// <summary>Sends an entry as planned; what became of it stands in the draft. Only when the target took it does the text go from here.</summary>
    public async Task<EntryDraft> SendAsync(string owner, string id, EntryDraft draft, CheckedEntry entry, EntryForm form, EntryPlan plan, ExchangeCaller caller)
    {
        var resources = EntryResources.Make(entry, form, plan.Mode, draft.Visit.Patient, clock.GetUtcNow());
        var body = resources.Length == 1 ? resources[0] : EntryResources.Bundle(resources);
        var context = Visiting.ContextOf(draft.Visit);
        context = context with { Entries = context.Entries.AddRange(plan.Mode.States.Select(static condition => KeyValuePair.Create<string, ContextValue>(condition.Value, new ContextValue.Flag(true)))) };
        var answer = await exchange.SendEntryAsync(caller, plan.Target.Id, body, context, draft.IdempotencyKey, CancellationToken.None);
        return await KeepAsync(owner, id, answer switch
        {
            Answer<Released>.Ok { Value: var released } => Done(draft, plan, released),
            Answer<Released>.Down => draft with { State = EntryState.Unreached, Mode = plan.Mode.Id },
            _ => draft with { State = EntryState.Refused, Mode = plan.Mode.Id, RefusedBecause = (answer as Answer<Released>.Refused)?.Slug },
        }, CancellationToken.None);
    }

    private EntryDraft Done(EntryDraft draft, EntryPlan plan, Released released) => draft with
    {
        State = EntryState.Sent,
        Mode = plan.Mode.Id,
        Text = string.Empty,
        Measures = ImmutableSortedDictionary<string, string>.Empty,
        Receipt = new EntryReceipt
        {
            At = clock.GetUtcNow(),
            Target = plan.Target.Id,
            Rule = plan.Rule.Id,
            Items = plan.Items,
            Handle = (released.Location ?? released.Body["entry"]?[0]?["response"]?["location"]?.ToString())?.Split('/')[^1],
            LogReceipt = released.Receipt,
            CorrelationId = released.CorrelationId,
        },
    };
}
