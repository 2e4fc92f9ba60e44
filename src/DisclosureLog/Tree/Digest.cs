// Thirty-two bytes of SHA-256 as a value.
using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.DisclosureLog.Tree;

/// <summary>A SHA-256 digest: compared by content, printed as base64.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct Digest
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private const int Base64Length = 44;

    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;

    /// <summary>Takes 32 bytes as they are.</summary>
    /// <exception cref="FormatException">Not 32 bytes.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new FormatException("A digest is 32 bytes.");
        }

        (a, b, c, d) = (Word(bytes, 0), Word(bytes, 8), Word(bytes, 16), Word(bytes, 24));
    }

    /// <summary>Reads standard base64 of exactly 44 characters.</summary>
    /// <exception cref="FormatException">The text is something else, or not the one way to write these bytes.</exception>
    public static Digest Parse(string text) => TryParse(text, out var digest) ? digest : throw new FormatException("A digest is 44 characters of base64.");

    /// <summary>Reads standard base64; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        Span<byte> ascii = stackalloc byte[Base64Length];
        return text is { Length: Base64Length } && Encoding.UTF8.TryGetBytes(text, ascii, out _) && TryParse(ascii, out digest);
    }

    /// <summary>Reads standard base64 in ASCII bytes; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> ascii, out Digest digest)
    {
        digest = default;
        Span<byte> bytes = stackalloc byte[Length + 1];
        if (ascii.Length != Base64Length || Base64.DecodeFromUtf8(ascii, bytes, out _, out var written) != OperationStatus.Done || written != Length)
        {
            return false;
        }

        digest = new Digest(bytes[..Length]);
        Span<byte> again = stackalloc byte[Base64Length];
        digest.WriteBase64(again);
        return again.SequenceEqual(ascii);
    }

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, a);
        MemoryMarshal.Write(destination[8..], b);
        MemoryMarshal.Write(destination[16..], c);
        MemoryMarshal.Write(destination[24..], d);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64, 44 characters.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    internal void WriteBase64(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        _ = Base64.EncodeToUtf8(bytes, destination, out _, out _);
    }

    private sealed class Converter : JsonConverter<Digest>
    {
        public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("Not a digest.");

        public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<ulong>(bytes[at..]);
}
