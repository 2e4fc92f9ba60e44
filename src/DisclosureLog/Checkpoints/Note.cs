// A text with signatures below it.
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>A signed note as C2SP signed-note describes it. Its text means nothing until a verifier has accepted a signature.</summary>
public sealed record Note
{
    internal const string LineStart = "\u2014 ";

    private const int MostSignatures = 64;

    /// <summary>The signed text; ends with a newline.</summary>
    public required string Text { get; init; }

    /// <summary>The signatures, in the order of their lines.</summary>
    public required ImmutableArray<NoteSignature> Signatures { get; init; }

    /// <summary>Reads a note; false when it is malformed. No signature is checked.</summary>
    public static bool TryParse([NotNullWhen(true)] string? note, [NotNullWhen(true)] out Note? parsed)
    {
        parsed = null;
        var border = note?.LastIndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (note is null || border < 0 || !note.EndsWith('\n') || note.Any(static c => c < ' ' && c != '\n') || !IsWellFormed(note))
        {
            return false;
        }

        var lines = note[(border + 2)..].Split('\n')[..^1];
        var signatures = lines.Select(ReadLine).ToImmutableArray();
        if (signatures.Length is 0 or > MostSignatures || signatures.Contains(null))
        {
            return false;
        }

        parsed = new Note { Text = note[..(border + 1)], Signatures = signatures! };
        return true;
    }

    /// <summary>Whether at least one of these keys signed, and none of them signed wrongly. Other keys' signatures are ignored.</summary>
    public bool IsSignedBy(params ReadOnlySpan<NoteVerifier> known)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        var found = false;
        foreach (var signature in Signatures)
        {
            foreach (var key in known)
            {
                if (key.Name != signature.Name || key.KeyId != signature.KeyId)
                {
                    continue;
                }

                if (!key.Verify(text, signature.Signature.AsSpan()))
                {
                    return false;
                }

                found = true;
            }
        }

        return found;
    }

    /// <summary>The note as it travels.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            note.Append(signature);
        }

        return note.ToString();
    }

    /// <summary>Base64 of the key's identifier and the signature.</summary>
    internal static string Encode(uint keyId, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[sizeof(uint) + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, keyId);
        signature.CopyTo(bytes.AsSpan(sizeof(uint)));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads a signature line, without its newline; null where it is none.</summary>
    internal static NoteSignature? ReadLine(string line)
    {
        if (!line.StartsWith(LineStart, StringComparison.Ordinal)
            || line[LineStart.Length..].Split(' ') is not [var name, var encoded]
            || !KeyNames.IsValidName(name))
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || length <= sizeof(uint) || Convert.ToBase64String(bytes, 0, length) != encoded)
        {
            return null;
        }

        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), [.. bytes.AsSpan(sizeof(uint)..length)]);
    }

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
