// What outsiders may see of the log, and the bundle that anybody can verify.
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.Consent.Witnessing;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tiles;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Keeping;

/// <summary><c>GET /log/checkpoint</c>, <c>/log/tile/...</c> (C2SP tlog-tiles; the gateway serves them on), <c>GET /log/export</c>.</summary>
internal static class LogEndpoints
{
    private const string Bytes = "application/octet-stream";

    public static void MapLog(this IEndpointRouteBuilder app)
    {
        app.MapGet("/log/checkpoint", CheckpointAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/log/tile/{**path}", TileAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/log/export", ExportAsync).RequireAuthorization(Admission.OfficerOrOperator);
    }

    private static async Task<IResult> CheckpointAsync(Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return TypedResults.Text(await CosignatureStore.CompleteAsync(session, (await LogEdge.ReadAsync(session, cancellation)).Checkpoint, cancellation), "text/plain; charset=utf-8");
    }

    private static async Task<IResult> TileAsync(string path, Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var tiles = new LogTiles(session);
        if (EntryBundle.TryParsePath("tile/" + path, out var index, out var width))
        {
            var entries = await tiles.ReadEntriesAsync(index, width, cancellation);
            return entries.Count == width ? TypedResults.Bytes(EntryBundle.Write(entries), Bytes) : Problems.NotFound();
        }

        if (!TileAddress.TryParse("tile/" + path, out var tile))
        {
            return Problems.NotFound();
        }

        var hashes = await tiles.ReadAsync(tile, cancellation);
        return hashes.Length == tile.Width * DisclosureLog.Tree.Digest.Length ? TypedResults.Bytes(hashes, Bytes) : Problems.NotFound();
    }

    /// <summary>Streams the bundle. The operator gets every record; an officer those of the own organisation, and of the others the leaf alone, so that the whole tree still verifies. Where an
    /// entry is gone from the database the bundle ends there, and its verifier says so: evidence of a theft must not be kept back because of the theft.</summary>
    private static async Task<IResult> ExportAsync(HttpContext context, Database database, LogReads reads, [FromServices] NoteSigner signer, ILogger<LogWriter> log)
    {
        var who = context.GetCaller();
        await reads.RecordAsync(who, "export", null, context.TraceIdentifier);
        return TypedResults.Stream(output => WriteBundleAsync(output, database, signer, log, who is Caller.Person person ? person.Organisation : null, context.RequestAborted), "application/jsonl", "sisote-log.jsonl");
    }

    private static async Task WriteBundleAsync(Stream output, Database database, NoteSigner signer, ILogger log, OrganisationId? only, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var edge = await LogEdge.ReadAsync(session, cancellation);
        var note = Note.TryParse(await CosignatureStore.CompleteAsync(session, edge.Checkpoint, cancellation), out var parsed) ? parsed : throw new InvalidDataException("The checkpoint is malformed.");
        var bundle = BundleWriter.Start(output, signer.Verifier, note);
        var rows = session.StreamAsync(
            $"SELECT leaf_index, entry_id, leaf_time, commitment, leaf_hash, salt, record, CASE WHEN @organisation = '' OR {LogSearch.OwnSide} THEN 1 ELSE 0 END FROM log_entry e ORDER BY leaf_index",
            static row => (Logged: LogTable.Read(row), Shown: row.GetInt64(7) == 1),
            cancellation,
            ("organisation", only?.Value ?? string.Empty));
        var next = 0L;
        await foreach (var (logged, shown) in rows)
        {
            if (logged.Index != next)
            {
                break;
            }

            await bundle.AddAsync(Entry(logged, shown), cancellation);
            next++;
        }

        if (next < edge.Range.Size)
        {
            Log.EntryGone(log, next);
            await bundle.BreakOffAsync(cancellation);
            return;
        }

        await bundle.FinishAsync(cancellation);
    }

    private static BundleEntry Entry(LoggedEntry logged, bool shown) => shown && logged is { Salt: { } salt, Record: { } record }
        ? new BundleEntry { Leaf = logged.Leaf.ToArray(), Salt = salt, Record = record }
        : new BundleEntry { Leaf = logged.Leaf.ToArray() };
}
