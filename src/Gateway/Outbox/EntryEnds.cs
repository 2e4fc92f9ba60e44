// Ends entries that are not sent any more.
using Sisote.Doors.Consent;
using Sisote.Doors.Outbox;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Outbox;

/// <summary>Records what became of an entry as the outcome of the intents with which it came, and only then lets it end.</summary>
internal sealed class EntryEnds(Records records, AppendQueue queue)
{
    /// <summary>It may not be sent any more, by the decision as it is made now. The sender does not hear why.</summary>
    internal Task<AttemptOutcome> RefuseAsync(LeasedEntry entry, HeldContent content) => EndAsync(entry, content, OutboxState.Refused, Records.Rejected, Refusal.EntryNotPermitted);

    /// <summary>It waited too long.</summary>
    internal Task<AttemptOutcome> ExpireAsync(LeasedEntry entry, HeldContent content) => EndAsync(entry, content, OutboxState.Expired, Records.Expired, Refusal.EntryExpired);

    /// <summary>It was taken back.</summary>
    internal Task<AttemptOutcome> CancelAsync(LeasedEntry entry, HeldContent content) => EndAsync(entry, content, OutboxState.Cancelled, Records.Cancelled, Refusal.EntryCancelled);

    /// <summary>The answer for the sender.</summary>
    internal static KeptAnswer AnswerOf(Refusal refusal, IEnumerable<string>? receipts = null) => new(refusal.Status, OutcomeWriter.Make(refusal), [.. receipts ?? []], null);

    /// <summary>INVARIANT: what may have arrived never ends as if it had not.</summary>
    private async Task<AttemptOutcome> EndAsync(LeasedEntry entry, HeldContent content, OutboxState state, string outcome, Refusal refusal)
    {
        var isUnclear = entry.Unclear > 0;
        var items = content.Intents.Select(intent => new AppendItem { Entry = records.Outcome(intent, isUnclear ? Records.Unknown : outcome, []) });
        return await queue.AppendTogetherAsync([.. items]) is [{ Status: AppendStatus.Committed }, ..] recorded
            ? new AttemptOutcome.Ended(isUnclear ? OutboxState.Unknown : state, AnswerOf(isUnclear ? Refusal.OutcomeUnknown : refusal, recorded.Select(static one => one.Receipt).OfType<string>()))
            : new AttemptOutcome.NotTried();
    }
}
