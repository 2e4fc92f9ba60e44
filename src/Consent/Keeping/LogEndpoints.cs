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
    private const int PageLength = 2000;
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

    /// <summary>Streams the bundle. The operator gets every record; an officer those that the own organisation sees whole, and of the others the leaf alone, so that the whole tree still verifies. Where an
    /// entry is gone from the database the bundle ends there, and its verifier says so: evidence of a theft must not be kept back because of the theft.</summary>
    private static async Task<IResult> ExportAsync(HttpContext context, Database database, LogReads reads, [FromServices] NoteSigner signer, ILogger<LogWriter> log)
    {
        var who = context.GetCaller();
        await reads.RecordAsync(who, "export", null, context.TraceIdentifier);
        return TypedResults.Stream(output => WriteBundleAsync(output, database, signer, log, who is Caller.Person person ? person.Organisation : null, context.RequestAborted), "application/jsonl", "sisote-log.jsonl");
    }

    /// <summary>Each page is read in a short view of the database, so that a bundle that is taken out slowly keeps nothing in its files. What is erased meanwhile stands in the bundle as a leaf.</summary>
    private static async Task WriteBundleAsync(Stream output, Database database, NoteSigner signer, ILogger log, OrganisationId? only, CancellationToken cancellation)
    {
        var (size, note) = await HeadAsync(database, cancellation);
        var bundle = BundleWriter.Start(output, signer.Verifier, note);
        for (var next = 0L; next < size;)
        {
            var page = await PageAsync(database, next, size, only, cancellation);
            foreach (var (logged, shown) in page.TakeWhile((row, place) => row.Logged.Index == next + place))
            {
                await bundle.AddAsync(Entry(logged, shown && (only is not { } viewer || logged.Entry(log) is not { } entry || !Sight.IsDim(entry, viewer))), cancellation);
            }

            var end = Math.Min(next + PageLength, size);
            if (page.Count < end - next)
            {
                Log.EntryGone(log, next + page.TakeWhile((row, place) => row.Logged.Index == next + place).Count());
                await bundle.BreakOffAsync(cancellation);
                return;
            }

            next = end;
        }

        await bundle.FinishAsync(cancellation);
    }

    private static async Task<(long Size, Note Note)> HeadAsync(Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var edge = await LogEdge.ReadAsync(session, cancellation);
        return Note.TryParse(await CosignatureStore.CompleteAsync(session, edge.Checkpoint, cancellation), out var note) ? (edge.Range.Size, note) : throw new InvalidDataException("The checkpoint is malformed.");
    }

    private static async Task<List<(LoggedEntry Logged, bool Shown)>> PageAsync(Database database, long first, long size, OrganisationId? only, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await session.QueryAsync(
            $"""
            SELECT leaf_index, entry_id, leaf_time, commitment, leaf_hash, salt, record, CASE WHEN @organisation = '' OR {LogSearch.OwnSide} THEN 1 ELSE 0 END
            FROM log_entry e WHERE leaf_index >= @first AND leaf_index < @end ORDER BY leaf_index
            """,
            static row => (Logged: LogTable.Read(row), Shown: row.GetInt64(7) == 1),
            cancellation,
            ("organisation", only?.Value ?? string.Empty),
            ("first", first),
            ("end", Math.Min(first + PageLength, size)));
    }

    private static BundleEntry Entry(LoggedEntry logged, bool shown) => shown && logged is { Salt: { } salt, Record: { } record }
        ? new BundleEntry { Leaf = logged.Leaf.ToArray(), Salt = salt, Record = record }
        : new BundleEntry { Leaf = logged.Leaf.ToArray() };
}
