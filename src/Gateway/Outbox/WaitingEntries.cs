// Looks after one leased entry.
using Sisote.Doors.Outbox;
using Sisote.Gateway.Answers;

namespace Sisote.Gateway.Outbox;

/// <summary>Ends what was taken back or waited too long, sends the rest, and settles the lease either way.</summary>
internal sealed class WaitingEntries(OutboxLeases leases, FurtherAttempt attempts, EntryEnds ends, OutboxPatience patience)
{
    /// <summary>Looks after an entry; false where its target takes nothing now.</summary>
    internal async Task<bool> LookAfterAsync(LeasedEntry entry)
    {
        if (leases.Open(entry) is not { } content)
        {
            await LeaveSealedAsync(entry);
            return true;
        }

        var outcome = entry.State == OutboxState.Cancelled ? await ends.CancelAsync(entry, content)
            : entry.IsOver ? await ends.ExpireAsync(entry, content)
            : await attempts.SendAsync(entry, content);
        switch (outcome)
        {
            case AttemptOutcome.Ended ended:
                await leases.EndAsync(entry, ended.State, ended.Answer);
                if (ended.State == OutboxState.Delivered)
                {
                    patience.Answered(entry.Target);
                }

                return true;
            case AttemptOutcome.NotTaken:
                await leases.WaitAsync(entry, OutboxState.Waiting, isTried: true, patience.NotTaken(entry.Target));
                return false;
            case AttemptOutcome.Unclear:
                patience.NotTaken(entry.Target); // it may be the target's fault or the entry's: the next one that is due will tell
                await leases.WaitAsync(entry, OutboxState.Unknown, isTried: true, patience.After(entry.Unclear + 1));
                return false;
            default:
                await leases.ReleaseAsync(entry);
                return true;
        }
    }

    /// <summary>Gives an entry back that was not sent.</summary>
    internal Task ReleaseAsync(LeasedEntry entry) => leases.ReleaseAsync(entry);

    /// <summary>What cannot be read stays for whoever has the right key, as long as entries may wait.</summary>
    private async Task LeaveSealedAsync(LeasedEntry entry)
    {
        if (entry.State != OutboxState.Cancelled && !entry.IsOver)
        {
            await leases.WaitAsync(entry, OutboxState.Waiting, isTried: false, patience.After(int.MaxValue));
            return;
        }

        var state = entry.State == OutboxState.Cancelled ? OutboxState.Cancelled : entry.Unclear > 0 ? OutboxState.Unknown : OutboxState.Expired;
        await leases.EndAsync(entry, state, EntryEnds.AnswerOf(state switch { OutboxState.Cancelled => Refusal.EntryCancelled, OutboxState.Unknown => Refusal.OutcomeUnknown, _ => Refusal.EntryExpired }));
    }
}
