// Where checkpoints of watched logs are judged, kept and cosigned.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Consent.Witnessing;

/// <summary>The witness. INVARIANT: nothing is cosigned that does not continue what is kept, and nothing is answered before it is durable.</summary>
internal sealed class WitnessDesk(WitnessKey key, WitnessingPlan plan, WatchedStore store, AlarmStore alarms, TimeProvider clock)
{
    private const int MostTries = 5;

    /// <summary>How soon the same tree is cosigned again without writing: nothing new is to be remembered, and anybody may ask.</summary>
    private static readonly TimeSpan WrittenLately = TimeSpan.FromMinutes(1);

    /// <summary>Answers a log that asks for a cosignature.</summary>
    public async Task<WitnessAnswer> AddAsync(string body, CancellationToken cancellation)
    {
        if (!AddCheckpoint.TryParse(body, out var request))
        {
            return new WitnessAnswer.Malformed();
        }

        if (plan.Watches.GetValueOrDefault(request.Checkpoint.Origin) is not { } log)
        {
            return new WitnessAnswer.Unknown();
        }

        for (var tries = 1; ; tries++)
        {
            var seen = await store.FindAsync(log.Key.Name, cancellation);
            var verdict = WitnessJudge.Judge(request, log.Key, seen?.Note, clock.GetUtcNow());
            if (verdict is not WitnessVerdict.Continues)
            {
                return await RefuseAsync(verdict, cancellation);
            }

            if (seen is not null && seen.Checkpoint == request.Checkpoint && clock.GetUtcNow() - seen.CosignedAt < WrittenLately)
            {
                return new WitnessAnswer.Cosigned(key.Require().Cosign(request.Checkpoint, clock.GetUtcNow()).ToString());
            }

            if (await AcceptAsync(seen, request.Checkpoint, request.Note, cancellation) is { } line)
            {
                return new WitnessAnswer.Cosigned(line.ToString());
            }

            if (tries == MostTries)
            {
                return new WitnessAnswer.AnotherSize(seen?.Checkpoint.Size ?? 0);
            }
        }
    }

    /// <summary>Keeps a checkpoint that was found to continue what was seen, and cosigns it; null where something else was kept meanwhile.</summary>
    public async Task<NoteSignature?> AcceptAsync(WatchedHead? judged, Checkpoint checkpoint, Note note, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var line = key.Require().Cosign(checkpoint, now);
        var log = plan.Watches[checkpoint.Origin].Key;
        var ofLog = note.Signatures.Where(signature => signature.Name == log.Name && signature.KeyId == log.KeyId);
        var next = new WatchedHead(checkpoint, note with { Signatures = [.. ofLog, line] }, now);
        return await store.TrySetAsync(judged, next, cancellation) ? line : null;
    }

    /// <summary>Only what the log's own signatures prove raises an alarm here: this door is open to anybody.</summary>
    private async Task<WitnessAnswer> RefuseAsync(WitnessVerdict verdict, CancellationToken cancellation)
    {
        var evidence = verdict switch
        {
            WitnessVerdict.AnotherSize another => another.Evidence,
            WitnessVerdict.DoesNotContinue broken => broken.Evidence,
            _ => null,
        };
        if (evidence is { } found)
        {
            await alarms.RaiseAsync(found, cancellation);
        }

        return verdict switch
        {
            WitnessVerdict.NotSigned => new WitnessAnswer.NotSigned(),
            WitnessVerdict.Backwards => new WitnessAnswer.Malformed(),
            WitnessVerdict.AnotherSize another => new WitnessAnswer.AnotherSize(another.KnownSize),
            WitnessVerdict.DoesNotContinue => new WitnessAnswer.DoesNotContinue(),
            _ => throw new InvalidOperationException("A verdict without an answer."),
        };
    }
}
