// The signed statement of how large the log is and what it holds.
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>Origin, size and root hash of a log, in the text form of C2SP tlog-checkpoint.</summary>
public sealed record Checkpoint
{
    /// <summary>Which log: an address without scheme; also the name of its key.</summary>
    public required string Origin { get; init; }

    /// <summary>Number of leaves.</summary>
    public required long Size { get; init; }

    /// <summary>Root hash over these leaves.</summary>
    public required Digest Root { get; init; }

    /// <summary>Further lines; Sisote writes none.</summary>
    public ImmutableArray<string> Extensions { get; init; } = [];

    /// <summary>The text that is signed.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n") + string.Concat(Extensions.Select(static line => line + "\n"));

    /// <summary>The checkpoint, signed; <c>ToString()</c> of the note is what is served.</summary>
    /// <exception cref="InvalidOperationException">The key belongs to another log.</exception>
    public Note Sign(NoteSigner signer) =>
        signer.Verifier.Name == Origin ? signer.Sign(Text) : throw new InvalidOperationException("The key of a log has the log's origin as its name.");

    /// <summary>Reads the text of a note; false when it is no checkpoint.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text is null
            || !text.EndsWith('\n')
            || text[..^1].Split('\n') is not [var origin, var sizeText, var rootText, .. var extensions]
            || origin.Length == 0
            || extensions.Contains(string.Empty)
            || !long.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || !Digest.TryParse(rootText, out var root))
        {
            return false;
        }

        var candidate = new Checkpoint { Origin = origin, Size = size, Root = root, Extensions = [.. extensions] };
        checkpoint = candidate.Text == text ? candidate : null;
        return checkpoint is not null;
    }

    /// <summary>Reads a signed checkpoint of the log that the key belongs to; false when it is malformed, of another log, or not signed by this key.</summary>
    public static bool TryOpen([NotNullWhen(true)] string? note, NoteVerifier log, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = Note.TryParse(note, out var parsed)
            && parsed.IsSignedBy(log)
            && TryParse(parsed.Text, out var read)
            && read.Origin == log.Name
                ? read
                : null;
        return checkpoint is not null;
    }
}
