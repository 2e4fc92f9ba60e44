// Writes a log as one file that anybody can check.
using System.Buffers;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>Writes an exported bundle: header, checkpoint, then one line for each entry from 0 up to the size of the checkpoint.</summary>
/// <remarks>It holds at most one buffer in memory, however long the log. docs/log-format.md describes the file.</remarks>
public sealed class BundleWriter
{
    private const int FlushAt = 64 * 1024;

    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt * 2);
    private readonly Stream output;
    private readonly long size;
    private long written;

    private BundleWriter(Stream output, long size) => (this.output, this.size) = (output, size);

    /// <summary>Starts a bundle with its header and the checkpoint up to which it will reach.</summary>
    /// <param name="output">Where the bundle goes; left open.</param>
    /// <param name="log">The log's public key.</param>
    /// <param name="checkpoint">The signed checkpoint.</param>
    /// <exception cref="FormatException">The checkpoint is not one of this log.</exception>
    public static BundleWriter Start(Stream output, NoteVerifier log, Note checkpoint)
    {
        if (!Checkpoint.TryOpen(checkpoint.ToString(), log, out var opened))
        {
            throw new FormatException("The checkpoint is not signed by this log.");
        }

        var writer = new BundleWriter(output, opened.Size);
        BundleLine.WriteHeader(writer.buffer, log);
        BundleLine.WriteCheckpoint(writer.buffer, checkpoint.ToString());
        return writer;
    }

    /// <summary>Adds the next entry.</summary>
    /// <exception cref="InvalidOperationException">The checkpoint covers no more entries.</exception>
    /// <exception cref="FormatException">Not the next leaf, or only one of salt and record is there.</exception>
    public async ValueTask AddAsync(BundleEntry entry, CancellationToken cancellationToken)
    {
        if (written == size)
        {
            throw new InvalidOperationException("The checkpoint covers no more entries.");
        }

        if (!LeafEntry.TryRead(entry.Leaf.Span, out var leaf) || leaf.Seq != written || !(entry.IsErased || IsWhole(entry)))
        {
            throw new FormatException($"Entry {written} is not the next leaf with both or neither of salt and record.");
        }

        BundleLine.WriteEntry(buffer, MerkleHash.OfLeaf(entry.Leaf.Span), entry.Leaf.Span, entry.Record.GetValueOrDefault().Span, entry.Salt.GetValueOrDefault().Span);
        written++;
        if (buffer.WrittenCount >= FlushAt)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Writes what is left.</summary>
    /// <exception cref="InvalidOperationException">Entries are missing.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (written != size)
        {
            throw new InvalidOperationException($"The checkpoint covers {size} entries; {written} were added.");
        }

        await BreakOffAsync(cancellationToken);
    }

    /// <summary>Ends the bundle where the entries end although the checkpoint covers more: the verifier names the first one that is missing.</summary>
    public async ValueTask BreakOffAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private static bool IsWhole(BundleEntry entry) => entry is { Salt.Length: Commitment.SaltLength, Record.IsEmpty: false };

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
    }
}
