// Takes entries out of the outbox, and gives them back.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.Doors.Outbox;

namespace Sisote.Gateway.Outbox;

/// <summary>Leases entries whose time has come, and settles what became of them. Of a target that took nothing when it was asked last only one entry is taken.</summary>
internal sealed class OutboxLeases(OutboxApi outbox, OutboxSeal seal, OutboxPatience patience, OutboxFigures figures, ILogger<OutboxLeases> log)
{
    private const int Most = 50;

    /// <summary>The entries; empty where nothing is due, or where the outbox cannot be asked.</summary>
    internal async Task<ImmutableArray<LeasedEntry>> TakeAsync()
    {
        var (failing, rested) = (patience.Failing, patience.Rested);
        var taken = await AskAsync(patience.Ask(Most) with { Without = failing });
        foreach (var target in rested)
        {
            taken = taken.AddRange(await AskAsync(patience.Ask(1) with { Only = target }));
        }

        return taken;
    }

    /// <summary>What is kept of an entry; null where it was sealed with another key, or changed.</summary>
    internal HeldContent? Open(LeasedEntry entry)
    {
        try
        {
            return seal.OpenContent(entry.Content, entry.Id);
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            Log.EntrySealed(log, entry.Id, fault.GetType().Name);
            return null;
        }
    }

    /// <summary>Says that it is sent now; false where it may not be, because it was taken back, or somebody else has it, or nobody can be asked.</summary>
    internal async Task<bool> BeginAsync(LeasedEntry entry)
    {
        var begun = new BeginSending { Id = entry.Id, Lease = entry.Lease, Seconds = (int)patience.LeaseTime.TotalSeconds };
        return (await outbox.BeginAsync(begun) ?? await outbox.BeginAsync(begun)) is { IsBegun: true };
    }

    /// <summary>It has ended; its content goes.</summary>
    internal async Task EndAsync(LeasedEntry entry, OutboxState state, KeptAnswer answer)
    {
        var isTried = state is OutboxState.Delivered or OutboxState.Refused;
        if (await SettleAsync(new SettledEntry { Id = entry.Id, Lease = entry.Lease, State = state, IsTried = isTried, Answer = seal.Seal(answer, entry.Id) }))
        {
            figures.Ended(state);
            Log.EntryEnded(log, entry.Id, entry.Target.Value, state.ToString());
        }
    }

    /// <summary>It goes on waiting.</summary>
    internal Task WaitAsync(LeasedEntry entry, OutboxState state, bool isTried, DateTimeOffset dueAt) =>
        SettleAsync(new SettledEntry { Id = entry.Id, Lease = entry.Lease, State = state, IsTried = isTried, DueAt = dueAt });

    /// <summary>It was not sent: somebody may take it soon.</summary>
    internal Task ReleaseAsync(LeasedEntry entry) =>
        entry.State == OutboxState.Cancelled ? Task.CompletedTask : WaitAsync(entry, OutboxState.Waiting, isTried: false, patience.After(1)); // what the log is still to hear comes back with the end of the lease

    private async Task<ImmutableArray<LeasedEntry>> AskAsync(LeaseQuestion question)
    {
        if (await outbox.LeaseAsync(question) is not { } answer)
        {
            return [];
        }

        figures.Set(answer.Queues);
        return answer.Entries;
    }

    private async Task<bool> SettleAsync(SettledEntry settled)
    {
        var answer = await outbox.SettleAsync(settled) ?? await outbox.SettleAsync(settled); // else the lease ends by itself, and the entry is taken for unclear
        if (answer is { IsSettled: false })
        {
            Log.LeaseLost(log, settled.Id);
        }

        return answer is { IsSettled: true };
    }
}
