// Asks all witnesses to cosign the newest checkpoint.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Consent.Witnessing;

/// <summary>One round is one checkpoint for all witnesses, so that their cosignatures meet on it. Appends never wait for any of this.</summary>
internal sealed class CosigningRound(Database database, WitnessingPlan plan, CosignatureStore store, IHttpClientFactory http, WitnessTools tools)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string HttpName = "witness";

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Also where nothing is new: a database that was put back to an older state believes that its checkpoint is cosigned, and only the witnesses know better.</summary>
    private static readonly TimeSpan AskAnyway = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (int Failures, DateTimeOffset Next, DateTimeOffset Asked)> pauses = new(StringComparer.Ordinal);

    /// <summary>Runs one round. Not to be run twice at the same time.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var (note, checkpoint, due) = await PrepareAsync(cancellation);
        if (due.Count == 0)
        {
            return;
        }

        var codes = await Task.WhenAll(due.Select(witness => AskAsync(witness.Witness, note, checkpoint, witness.Size, cancellation)));
        foreach (var (witness, code) in due.Zip(codes))
        {
            Pause(witness.Witness.Key.Name, code == "cosigned");
            if (code != witness.Outcome)
            {
                Tell(witness.Witness.Key.Name, code);
            }
        }

        await store.TidyAsync(checkpoint.Size, cancellation);
    }

    /// <summary>The newest checkpoint, and the witnesses that have not cosigned it and are not resting.</summary>
    private async Task<(Note Note, Checkpoint Checkpoint, List<(AskedWitness Witness, long Size, string? Outcome)> Due)> PrepareAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var edge = await LogEdge.ReadAsync(session, cancellation);
        var note = Note.TryParse(edge.Checkpoint, out var parsed) && Checkpoint.TryParse(parsed.Text, out var checkpoint) ? parsed : throw new InvalidDataException("The checkpoint is malformed.");
        var cosigned = await session.QueryAsync("SELECT witness FROM log_cosignature WHERE checkpoint = @checkpoint", static row => row.GetString(0), cancellation, ("checkpoint", edge.Checkpoint));
        var known = (await CosignatureStore.ListAsync(session, cancellation)).ToDictionary(static status => status.Name, StringComparer.Ordinal);
        var due = plan.Asks
            .Where(asked => checkpoint.Size > 0 && IsDue(asked.Key.Name, cosigned))
            .Select(asked => (asked, known.GetValueOrDefault(asked.Key.Name)?.Size ?? 0, known.GetValueOrDefault(asked.Key.Name)?.Outcome))
            .ToList();
        return (note, checkpoint, due);
    }

    private bool IsDue(string witness, List<string> cosigned)
    {
        var (pause, now) = (pauses.GetValueOrDefault(witness), tools.Clock.GetUtcNow());
        return pause.Next <= now && (!cosigned.Contains(witness) || pause.Asked + AskAnyway <= now);
    }

    private async Task<string> AskAsync(AskedWitness witness, Note note, Checkpoint checkpoint, long knownSize, CancellationToken cancellation)
    {
        var (name, now) = (witness.Key.Name, tools.Clock.GetUtcNow());
        var call = await SendAsync(witness, note, checkpoint, knownSize <= checkpoint.Size ? knownSize : 0, cancellation);
        if (call is WitnessCall.AnotherSize { Size: var size } && size <= checkpoint.Size)
        {
            if (size < knownSize)
            {
                Log.WitnessForgot(tools.Log, name, knownSize, size);
            }

            call = await SendAsync(witness, note, checkpoint, size, cancellation);
        }

        var code = call switch
        {
            WitnessCall.Cosigned => "cosigned",
            WitnessCall.AnotherSize another => another.Size > checkpoint.Size ? "ahead" : "unusable",
            WitnessCall.Refused => "refused",
            WitnessCall.Contradicted => "contradicted",
            WitnessCall.Unreachable => "unreachable",
            _ => "unusable",
        };
        await (call is WitnessCall.Cosigned cosigned
            ? store.KeepAsync(note, checkpoint.Size, cosigned.Line, cosigned.At, now, cancellation)
            : store.NoteAsync(name, code, now, cancellation));
        return code;
    }

    private async Task<WitnessCall> SendAsync(AskedWitness witness, Note note, Checkpoint checkpoint, long oldSize, CancellationToken cancellation)
    {
        var path = ImmutableArray<Digest>.Empty;
        if (oldSize > 0)
        {
            await using var session = await database.ReadAsync(cancellation);
            path = (await ConsistencyProof.MakeAsync(oldSize, checkpoint.Size, new TileHashes(checkpoint.Size, new LogTiles(session).ReadAsync).ReadAsync, cancellation)).Path;
        }

        using var client = http.CreateClient(HttpName);
        return await WitnessCall.SendAsync(client, witness, new AddCheckpoint { OldSize = oldSize, Path = path, Note = note, Checkpoint = checkpoint }, cancellation);
    }

    /// <summary>Rests twice as long after each failure, a second at first and five minutes at most.</summary>
    private void Pause(string witness, bool succeeded)
    {
        var failures = succeeded ? 0 : Math.Min(pauses.GetValueOrDefault(witness).Failures + 1, 20);
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), LongestPause.TotalSeconds));
        var now = tools.Clock.GetUtcNow();
        pauses[witness] = (failures, succeeded ? now : now + pause, now);
    }

    private void Tell(string witness, string code)
    {
        if (code is "ahead" or "contradicted")
        {
            Log.OwnLogContradicted(tools.Log, witness, code);
        }
        else if (code != "cosigned")
        {
            Log.WitnessFails(tools.Log, witness, code);
        }
    }
}
