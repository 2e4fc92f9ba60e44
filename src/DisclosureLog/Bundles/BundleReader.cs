// Takes the lines of an exported bundle apart.
using System.Buffers;
using System.Text.Json;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>Reads each line strictly: whatever <see cref="BundleLine"/> would not have written, byte for byte, is refused.</summary>
internal static class BundleReader
{
    internal static NoteVerifier? ReadHeader(ReadOnlySpan<byte> line)
    {
        if (!NoteVerifier.TryParse(TextMember(line, "vkey"), out var log))
        {
            return null;
        }

        var expected = new ArrayBufferWriter<byte>();
        BundleLine.WriteHeader(expected, log);
        return line.SequenceEqual(expected.WrittenSpan) ? log : null;
    }

    internal static string? ReadCheckpoint(ReadOnlySpan<byte> line)
    {
        if (TextMember(line, "checkpoint") is not { } note)
        {
            return null;
        }

        var expected = new ArrayBufferWriter<byte>();
        BundleLine.WriteCheckpoint(expected, note);
        return line.SequenceEqual(expected.WrittenSpan) ? note : null;
    }

    private static string? TextMember(ReadOnlySpan<byte> line, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(line.ToArray());
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
