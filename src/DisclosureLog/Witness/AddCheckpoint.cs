// What a log sends to its witness.
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Witness;

/// <summary>Body of <c>add-checkpoint</c> (C2SP tlog-witness): size of the tree that the witness cosigned last, the proof from there, the signed checkpoint.</summary>
public sealed record AddCheckpoint
{
    /// <summary>More hashes than any proof can have.</summary>
    public const int MostHashes = 63;

    private const string OldStart = "old ";

    /// <summary>Size that the witness cosigned last; 0 for none.</summary>
    public required long OldSize { get; init; }

    /// <summary>Hashes of the consistency proof; none where the old size is 0.</summary>
    public required ImmutableArray<Digest> Path { get; init; }

    /// <summary>The signed checkpoint.</summary>
    public required Note Note { get; init; }

    /// <summary>What the note says.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>Reads a body; false when it is malformed. No signature is checked.</summary>
    public static bool TryParse([NotNullWhen(true)] string? body, [NotNullWhen(true)] out AddCheckpoint? request)
    {
        request = null;
        var border = body?.IndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (body is null
            || border < 0
            || body[..border].Split('\n') is not [var old, .. var hashes]
            || !old.StartsWith(OldStart, StringComparison.Ordinal)
            || !long.TryParse(old.AsSpan(OldStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || hashes.Length > MostHashes
            || !hashes.All(static hash => Digest.TryParse(hash, out _))
            || !Note.TryParse(body[(border + 2)..], out var note)
            || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return false;
        }

        var candidate = new AddCheckpoint { OldSize = size, Path = [.. hashes.Select(Digest.Parse)], Note = note, Checkpoint = checkpoint };
        request = candidate.ToString() == body ? candidate : null;
        return request is not null;
    }

    /// <summary>The body.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{OldStart}{OldSize}\n{string.Concat(Path.Select(static hash => $"{hash}\n"))}\n{Note}");
}
