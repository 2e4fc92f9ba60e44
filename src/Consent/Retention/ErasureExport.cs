// The bundle of what a run will erase.
using System.Security.Cryptography;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention;

/// <summary>Writes a bundle that anybody can verify: the records that will go whole, of all others the leaf alone. Its SHA-256 is what the run has to name.</summary>
internal sealed class ErasureExport(Database database, NoteSigner signer, ErasurePlan plan, LogRetention terms)
{
    /// <summary>Writes the bundle of a run, and remembers it for the run.</summary>
    /// <exception cref="InvalidOperationException">The run began or was given up while it was written: the caller gets no end of the file.</exception>
    public async Task WriteAsync(Stream output, KeptRun run, CancellationToken cancellation)
    {
        using var sha = SHA256.Create();
        await using (var hashed = new CryptoStream(output, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            await WriteBundleAsync(hashed, run, cancellation);
            await hashed.FlushFinalBlockAsync(cancellation);
        }

        if (!await plan.KeepExportAsync(run.Id, new Digest(sha.Hash!)))
        {
            throw new InvalidOperationException("The run is no longer one that is prepared.");
        }
    }

    private async Task WriteBundleAsync(Stream output, KeptRun run, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var edge = await LogEdge.ReadAsync(session, cancellation);
        var note = Note.TryParse(edge.Checkpoint, out var parsed) ? parsed : throw new InvalidDataException("The checkpoint is malformed.");
        var judge = new RetentionJudge(terms, run.AsOf, await HoldStore.HeededByAsync(session, run, cancellation));
        var bundle = BundleWriter.Start(output, signer.Verifier, note);
        for (var first = 0L; first < edge.Range.Size; first += RetentionSurvey.PageLength)
        {
            var end = Math.Min(first + RetentionSurvey.PageLength, edge.Range.Size);
            var due = (await AgedEntry.ReadAsync(session, first, Math.Min(end, run.Size), judge.Before, cancellation))
                .Where(aged => judge.Judge(aged).Verdict == RetentionVerdict.Due)
                .ToDictionary(static aged => aged.Index, static aged => aged.Logged);
            foreach (var leaf in await new LogTiles(session).ReadLeavesAsync(first, end, cancellation))
            {
                await bundle.AddAsync(due.TryGetValue(leaf.Seq, out var whole) ? new BundleEntry { Leaf = leaf.ToArray(), Salt = whole.Salt, Record = whole.Record } : new BundleEntry { Leaf = leaf.ToArray() }, cancellation);
            }
        }

        await bundle.FinishAsync(cancellation);
    }
}
