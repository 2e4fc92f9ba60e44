// One signature line of a note.
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>Who signed, with which key, and the signature.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">Short identifier of the key.</param>
/// <param name="Signature">The signature, without the key's identifier.</param>
public sealed record NoteSignature(string Name, uint KeyId, ImmutableArray<byte> Signature)
{
    /// <summary>Reads one line, its newline included; false when it is no signature line.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = line.EndsWith('\n') ? Note.ReadLine(line[..^1]) : null;
        return signature is not null;
    }

    /// <summary>The line as it travels, newline included.</summary>
    public override string ToString() => $"{Note.LineStart}{Name} {Note.Encode(KeyId, Signature.AsSpan())}\n";
}
