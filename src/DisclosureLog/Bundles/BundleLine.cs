// The three kinds of line of an exported bundle.
using System.Buffers;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>Writes each line in its one canonical form, newline included; a reader compares with what is written here.</summary>
internal static class BundleLine
{
    internal const string Format = "sisote-log-bundle";
    internal const int Schema = 1;

    internal static void WriteHeader(IBufferWriter<byte> output, NoteVerifier log)
    {
        var json = new CanonicalWriter(output);
        json.StartObject();
        json.Name("format");
        json.Text(Format);
        json.Name("origin");
        json.Text(log.Name);
        json.Name("schema");
        json.Number(Schema);
        json.Name("vkey");
        json.Text(log.ToString());
        json.EndObject();
        output.Write("\n"u8);
    }

    internal static void WriteCheckpoint(IBufferWriter<byte> output, string note)
    {
        var json = new CanonicalWriter(output);
        json.StartObject();
        json.Name("checkpoint");
        json.Text(note);
        json.EndObject();
        output.Write("\n"u8);
    }

    internal static void WriteEntry(IBufferWriter<byte> output, Digest leafHash, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> record, ReadOnlySpan<byte> salt)
    {
        var json = new CanonicalWriter(output);
        json.StartObject();
        json.Name("hash");
        json.Text(leafHash.ToString());
        json.Name("leaf");
        json.Verbatim(leaf);
        if (!record.IsEmpty)
        {
            json.Name("record");
            json.Verbatim(record);
            json.Name("salt");
            json.Text(Convert.ToBase64String(salt));
        }

        json.EndObject();
        output.Write("\n"u8);
    }
}
