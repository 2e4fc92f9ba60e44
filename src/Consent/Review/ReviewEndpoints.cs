// The client's and the data-protection officer's doors to the log.
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.Retention;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Review;

/// <summary><c>GET /me/disclosures</c>, <c>GET /log</c>, <c>GET /log/{index}</c></summary>
internal static class ReviewEndpoints
{
    public static void MapReview(this IEndpointRouteBuilder app)
    {
        app.MapGet("/me/disclosures", MineAsync).RequireAuthorization(Admission.Client);
        app.MapGet("/log", ListAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/log/{index:long:min(0)}", ShowAsync).RequireAuthorization(Admission.Officer);
    }

    private static async Task<IResult> MineAsync(string? cursor, HttpContext context, MyDisclosuresReader reader, ClientKeys keys, CancellationToken cancellation)
    {
        long? before = null;
        if (!string.IsNullOrEmpty(cursor))
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                return Problems.InvalidRequest("cursor", "Take the cursor from the page before.");
            }

            before = index;
        }

        return TypedResults.Ok(await reader.ReadAsync(keys.KeyOf(context.Me()), before, cancellation));
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, LogSearch search, LogReads reads, CancellationToken cancellation)
    {
        if (!LogFilter.TryRead(context.Request.Query, out var filter))
        {
            return Problems.InvalidRequest("query", "Each parameter is one of the filter's, once, in its form.");
        }

        var officer = Officer(context);
        await reads.RecordAsync(officer, filter.ToQuery(), null, context.TraceIdentifier);
        await using var session = await database.ReadAsync(cancellation);
        return TypedResults.Ok(await search.FindAsync(session, officer.Organisation!.Value, filter, cancellation));
    }

    private static async Task<Results<Ok<LogDetail>, ProblemHttpResult>> ShowAsync(
        long index, HttpContext context, Database database, LogSearch search, LogReads reads, [FromServices] NoteSigner signer, [FromServices] TileCache tiles, ILogger<LogSearch> log)
    {
        var officer = Officer(context);
        var viewer = officer.Organisation!.Value;
        var cancellation = context.RequestAborted;
        await using var session = await database.ReadAsync(cancellation);
        if (await OwnEntries.FindAsync(session, index, viewer, cancellation) is not { Salt: { } salt, Record: { } record } logged)
        {
            return await ErasedPlaces.FindAsync(session, index, cancellation) is { } erased ? erased.Tell() : Problems.NotFound();
        }

        if (logged.Entry(log) is not { } entry)
        {
            return Problems.RecordChanged();
        }

        var edge = await LogEdge.ReadAsync(session, cancellation);
        var proof = await InclusionProof.MakeAsync(index, edge.Range.Size, new TileHashes(edge.Range.Size, new LogTiles(session).ReadAsync, tiles).ReadAsync, cancellation);
        var detail = new LogDetail
        {
            Index = index,
            Entry = Sight.Of(entry, viewer),
            ClientMark = search.MarkOf(entry, viewer),
            Record = Sight.IsDim(entry, viewer) ? null : Convert.ToBase64String(record),
            Salt = Sight.IsDim(entry, viewer) ? null : Convert.ToBase64String(salt),
            LeafHash = logged.LeafHash.ToString(),
            Proof = [.. proof.Path.Select(static hash => hash.ToString())],
            TreeSize = edge.Range.Size,
            Checkpoint = edge.Checkpoint,
            Receipt = logged.Receipt(signer),
            Related = await search.RelatedAsync(session, viewer, entry, cancellation),
        };
        await reads.RecordAsync(officer, entry.Id, entry.Client, context.TraceIdentifier);
        return TypedResults.Ok(detail);
    }

    private static Caller.Person Officer(HttpContext context) => context.GetCaller() as Caller.Person ?? throw new InvalidOperationException("Not an officer.");
}
