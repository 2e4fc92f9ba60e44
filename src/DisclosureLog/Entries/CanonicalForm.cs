// The one way to write an entry as bytes, and the strict way back.
using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.DisclosureLog.Entries;

/// <summary>Canonical bytes of an entry: JSON by RFC 8785, members that are null or empty left out, times as <see cref="CanonicalTime"/>.</summary>
/// <remarks>Two entries that say the same have the same bytes on every machine; the tree commits to these bytes. docs/log-format.md describes them.</remarks>
public static class CanonicalForm
{
    /// <summary>The schema version of new entries, those of the log's own keeping excepted.</summary>
    public const int Schema = 2;

    /// <summary>The schema version of entries that tell of erasures and holds: an entry has the lowest schema that has all its members, so that readers of other entries need not change.</summary>
    public const int KeepingSchema = 3;

    /// <summary>The schema version of entries that tell of reviews of the log.</summary>
    public const int ReviewSchema = 4;

    /// <summary>The oldest schema version that this code reads, and writes again as it was.</summary>
    public const int OldestSchema = 1;

    private static readonly JsonSerializerOptions Strict = StrictOptions();

    /// <summary>Writes the entry.</summary>
    /// <exception cref="FormatException">Another schema, a member that the schema does not have, or something in the entry has no canonical form.</exception>
    public static byte[] Write(LogEntry entry)
    {
        if (!EntryMembers.FitTheSchema(entry))
        {
            throw new FormatException($"Schemas {OldestSchema} to {ReviewSchema} are written here, each with its own members.");
        }

        var output = new ArrayBufferWriter<byte>(1024);
        EntryWriter.Write(new CanonicalWriter(output), entry);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">Unknown member, another schema, or bytes that <see cref="Write"/> would not have written.</exception>
    public static LogEntry Read(ReadOnlySpan<byte> record)
    {
        LogEntry? entry;
        try
        {
            entry = JsonSerializer.Deserialize<LogEntry>(record, Strict);
        }
        catch (JsonException fault)
        {
            throw new FormatException("The record is not an entry of this schema.", fault);
        }

        return entry is not null && record.SequenceEqual(Write(entry))
            ? entry
            : throw new FormatException("The record is not in canonical form.");
    }

    private static JsonSerializerOptions StrictOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            Converters = { new TimeConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && CanonicalTime.TryRead(reader.GetString(), out var time) ? time : throw new JsonException("Not a time of the log.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(CanonicalTime.Write(value));
    }
}
