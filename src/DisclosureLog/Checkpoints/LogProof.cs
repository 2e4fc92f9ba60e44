// One entry's proof as a text that can be kept and checked by itself.
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>An inclusion proof together with the signed checkpoint it leads to, in the text form of C2SP tlog-proof (without extra data).</summary>
/// <remarks>What is proved, the leaf hash, is not in it: it comes from a receipt, or from the leaf entry.</remarks>
public sealed record LogProof
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string IndexStart = "index ";
    private const int LongestPath = 63;

    /// <summary>Place of the leaf.</summary>
    public required long Index { get; init; }

    /// <summary>The hashes, from the leaf's neighbour up.</summary>
    public required ImmutableArray<Digest> Path { get; init; }

    /// <summary>The signed checkpoint.</summary>
    public required Note Checkpoint { get; init; }

    /// <summary>Reads the text form; false when it is malformed. Nothing is verified.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LogProof? proof)
    {
        proof = null;
        var border = text?.IndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (text is null
            || border < 0
            || text[..border].Split('\n') is not [FirstLine, var indexLine, .. var pathLines]
            || !indexLine.StartsWith(IndexStart, StringComparison.Ordinal)
            || !long.TryParse(indexLine.AsSpan(IndexStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || pathLines.Length > LongestPath
            || !pathLines.All(static line => Digest.TryParse(line, out _))
            || !Note.TryParse(text[(border + 2)..], out var checkpoint))
        {
            return false;
        }

        var candidate = new LogProof { Index = index, Path = [.. pathLines.Select(Digest.Parse)], Checkpoint = checkpoint };
        proof = candidate.ToString() == text ? candidate : null;
        return proof is not null;
    }

    /// <summary>Whether the log that the key belongs to signed a tree that holds this leaf at this place.</summary>
    public bool Verify(Digest leafHash, NoteVerifier log) =>
        Checkpoints.Checkpoint.TryOpen(Checkpoint.ToString(), log, out var opened)
        && new InclusionProof { Index = Index, Size = opened.Size, Path = Path }.Verify(leafHash, opened.Root);

    /// <summary>The text form.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FirstLine}\n{IndexStart}{Index}\n{string.Concat(Path.Select(static hash => $"{hash}\n"))}\n{Checkpoint}");
}
