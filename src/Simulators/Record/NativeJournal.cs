// The record's file of what happened after its installation.
using System.Text.Json;

namespace Sisote.Simulators.Record;

/// <summary>An append-only file of JSON lines, each on disk before the caller goes on. A line that a crash cut off was never confirmed to anybody and is removed at the next start.</summary>
internal sealed class NativeJournal : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly FileStream file;

    private NativeJournal(FileStream file) => this.file = file;

    /// <summary>Opens the file and gives every whole line to the reader.</summary>
    public static NativeJournal Open(string path, Action<JournalLine> reader)
    {
        var whole = ReadLines(path, reader);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(whole);
        file.Position = whole;
        return new NativeJournal(file);
    }

    private static long ReadLines(string path, Action<JournalLine> reader)
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            reader(JsonSerializer.Deserialize<JournalLine>(line, Json) ?? throw new InvalidDataException("An empty line in the journal."));
        }

        return whole;
    }

    /// <summary>Writes a line to the disk.</summary>
    public void Append(JournalLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n'];
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();
}

/// <summary>One thing that happened; exactly one of the properties is set.</summary>
internal sealed record JournalLine
{
    /// <summary>A document arrived.</summary>
    public ReceivedDocument? Received { get; init; }

    /// <summary>A received document was accepted.</summary>
    public Acceptance? Accepted { get; init; }

    /// <summary>A referral was made or its state changed.</summary>
    public NativeReferral? Referral { get; init; }
}

/// <summary>A document with the message that brought it.</summary>
internal sealed record ReceivedDocument(string Sender, string ControlId, string ContentHash, NativeDocument Document);

/// <summary>Who accepted which document.</summary>
internal sealed record Acceptance(string Document, string By, DateTimeOffset At);

/// <summary>A referral that a doctor made.</summary>
internal sealed record NativeReferral
{
    /// <summary>Number of the referral; also the control id of its message.</summary>
    public required string Id { get; init; }

    /// <summary>Number of the patient.</summary>
    public required string Patient { get; init; }

    /// <summary>The unit referred to.</summary>
    public required string Unit { get; init; }

    /// <summary>The doctor.</summary>
    public required string By { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Instruction to the client.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>not-sent, delivered, refused.</summary>
    public required string Status { get; init; }

    /// <summary>What the other side said.</summary>
    public string? Answer { get; init; }
}
