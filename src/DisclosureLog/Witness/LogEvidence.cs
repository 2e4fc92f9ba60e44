// Two signed checkpoints of one log that do not go together.
using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Witness;

/// <summary>What a witness keeps when a log goes against what it signed; a file of one line that anybody can verify offline.</summary>
/// <remarks>docs/log-format.md describes the file, docs/witnessing.md what to do with it.</remarks>
public sealed record LogEvidence
{
    /// <summary>Value of the member <c>format</c>.</summary>
    public const string Format = "sisote-log-evidence";

    private const int Schema = 1;

    /// <summary>What was found.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The log's key.</summary>
    public required NoteVerifier Log { get; init; }

    /// <summary>The checkpoint that the witness had accepted.</summary>
    public required Note Kept { get; init; }

    /// <summary>The checkpoint that it was shown afterwards; the same one where what was changed lies below it.</summary>
    public required Note Shown { get; init; }

    /// <summary>When it was shown.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The first entry that differs, where the witness could tell.</summary>
    public long? Index { get; init; }

    /// <summary>The root that the larger of the two trees has at the size of the smaller; with <see cref="Path"/>.</summary>
    public Digest? OtherRoot { get; init; }

    /// <summary>Consistency proof from <see cref="OtherRoot"/> to the larger tree; empty where there is none.</summary>
    public ImmutableArray<Digest> Path { get; init; } = [];

    /// <summary>Reads the file's line, its newline included; false for anything that <see cref="ToArray"/> would not have written. Nothing is verified.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out LogEvidence? evidence)
    {
        evidence = null;
        try
        {
            using var json = JsonDocument.Parse(line.ToArray());
            evidence = Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return false;
        }

        evidence = evidence is not null && line.SequenceEqual(evidence.ToArray()) ? evidence : null;
        return evidence is not null;
    }

    /// <summary>The file: one line of canonical JSON, newline included.</summary>
    public byte[] ToArray()
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new CanonicalWriter(output);
        json.StartObject();
        Member(json, "format", Format);
        if (Index is { } index)
        {
            json.Name("index");
            json.Number(index);
        }

        Member(json, "kept", Kept.ToString());
        Member(json, "kind", NameOf(Kind));
        if (OtherRoot is { } other)
        {
            Member(json, "otherRoot", other.ToString());
            json.Name("path");
            json.StartArray();
            Path.ToList().ForEach(hash => json.Text(hash.ToString()));
            json.EndArray();
        }

        json.Name("schema");
        json.Number(Schema);
        Member(json, "seenAt", CanonicalTime.Write(SeenAt));
        Member(json, "shown", Shown.ToString());
        Member(json, "vkey", Log.ToString());
        json.EndObject();
        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The code of a kind, as files and tables have it.</summary>
    public static string NameOf(EvidenceKind kind) => kind == EvidenceKind.SplitView ? "split-view" : kind.ToString().ToLowerInvariant();

    /// <summary>The line as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToArray());

    private static LogEvidence? Read(JsonElement json) =>
        Note.TryParse(json.GetProperty("kept").GetString(), out var kept)
        && Note.TryParse(json.GetProperty("shown").GetString(), out var shown)
        && NoteVerifier.TryParse(json.GetProperty("vkey").GetString(), out var log)
        && CanonicalTime.TryRead(json.GetProperty("seenAt").GetString() ?? string.Empty, out var seenAt)
            ? new LogEvidence
            {
                Kind = Enum.GetValues<EvidenceKind>().Where(kind => NameOf(kind) == json.GetProperty("kind").GetString()) is var named && named.Any() ? named.Single() : throw new FormatException("Unknown kind."),
                Log = log,
                Kept = kept,
                Shown = shown,
                SeenAt = seenAt,
                Index = json.TryGetProperty("index", out var index) ? index.GetInt64() : null,
                OtherRoot = json.TryGetProperty("otherRoot", out var other) ? Digest.Parse(other.GetString() ?? string.Empty) : null,
                Path = json.TryGetProperty("path", out var path) ? [.. path.EnumerateArray().Select(static hash => Digest.Parse(hash.GetString() ?? string.Empty))] : [],
            }
            : null;

    private static void Member(CanonicalWriter json, string name, string value)
    {
        json.Name(name);
        json.Text(value);
    }
}
