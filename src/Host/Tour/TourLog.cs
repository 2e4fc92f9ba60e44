// The disclosure log as the tour looks at it: taken out and read, like an auditor would.
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Receipts;
using Sisote.Host.Commands;
using Sisote.Host.House;

namespace Sisote.Host.Tour;

/// <summary>Takes the log out into a file, reads its records, checks receipts against it.</summary>
internal sealed class TourLog(RunningHouse house) : IDisposable
{
    /// <summary>The file the log is taken out to.</summary>
    internal string File { get; } = Path.Combine(Path.GetTempPath(), $"sisote-tour-{Guid.CreateVersion7():N}.ndjson");

    /// <summary>All records, oldest first; the place in the log is the position.</summary>
    internal async Task<List<JsonObject>> ReadAsync(CancellationToken cancellation)
    {
        System.IO.File.Delete(File); // that of the look before
        await using (var file = new FileStream(File, LogExportCommand.MakeOptions()))
        {
            await new LogApi(house, TextWriter.Null).CopyBundleAsync(file, cancellation);
        }

        var records = new List<JsonObject>();
        await foreach (var line in System.IO.File.ReadLinesAsync(File, cancellation))
        {
            if (JsonNode.Parse(line) is JsonObject entry && entry.ContainsKey("leaf"))
            {
                records.Add(entry["record"] as JsonObject ?? []);
            }
        }

        return records;
    }

    /// <summary>Whether a receipt is signed by the log's key and names the record at its place.</summary>
    internal async Task<Receipt?> CheckAsync(string header, CancellationToken cancellation)
    {
        if (!Receipt.TryParse(header, out var receipt) || !NoteVerifier.TryParse(ReadKey(), out var key) || !receipt.IsSignedBy(key))
        {
            return null;
        }

        var records = await ReadAsync(cancellation);
        return receipt.Index < records.Count && records[(int)receipt.Index]["id"]?.GetValue<string>() == receipt.EntryId ? receipt : null;
    }

    /// <summary>Verifies the file offline, as it stands.</summary>
    internal async Task<BundleOutcome> VerifyAsync(CancellationToken cancellation)
    {
        _ = NoteVerifier.TryParse(ReadKey(), out var key);
        await using var bundle = System.IO.File.OpenRead(File);
        return await LogVerifier.VerifyAsync(bundle, key, cancellation);
    }

    /// <summary>Changes one byte in the record at a place, as somebody with the file in hands could.</summary>
    internal void ChangeOneByte(long index)
    {
        var lines = System.IO.File.ReadAllLines(File);
        var at = (int)index + 2; // after the header and the checkpoint
        lines[at] = lines[at].Replace("\"released\":true", "\"released\":frue", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, string.Join('\n', lines) + "\n");
    }

    /// <inheritdoc />
    public void Dispose() => System.IO.File.Delete(File);

    private string ReadKey() => System.IO.File.ReadAllText(Path.Combine(house.Settings.KeyDirectory, "consent.log.vkey")).Trim();
}
