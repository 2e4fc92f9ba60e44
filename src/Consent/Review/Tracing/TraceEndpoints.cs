// The officer's doors to search and to the trace of a decision.
using Sisote.Consent.Retention;
using Sisote.Consent.Review.Searching;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;

namespace Sisote.Consent.Review.Tracing;

/// <summary><c>POST /review/search</c>, <c>GET /log/{index}/trace</c></summary>
internal static class TraceEndpoints
{
    public static void MapTracing(this IEndpointRouteBuilder app)
    {
        app.MapPost("/review/search", SearchAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/log/{index:long:min(0)}/trace", TraceAsync).RequireAuthorization(Admission.Officer);
    }

    private static async Task<IResult> SearchAsync(ReviewSearch search, HttpContext context, Database database, ReviewSearcher searcher, LogReads reads)
    {
        if (ReviewSearcher.FaultIn(search) is { } field)
        {
            return Problems.InvalidRequest(field, "Mend the field or leave it out.");
        }

        var officer = context.Reviewer();
        await reads.RecordAsync(officer, ReviewSearcher.RecordOf(search), searcher.ClientOf(search), context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        return TypedResults.Ok(await searcher.FindAsync(session, officer.Organisation!.Value, search, context.RequestAborted));
    }

    private static async Task<IResult> TraceAsync(long index, HttpContext context, Database database, Tracer tracer, LogReads reads, CancellationToken cancellation)
    {
        var officer = context.Reviewer();
        await using var session = await database.ReadAsync(cancellation);
        if (await OwnEntries.FindAsync(session, index, officer.Organisation!.Value, cancellation) is not { Record: not null, Salt: not null } logged)
        {
            return await ErasedPlaces.FindAsync(session, index, cancellation) is { } erased ? erased.Tell() : Problems.NotFound();
        }

        if (await tracer.TraceAsync(session, logged, officer.Organisation.Value, cancellation) is not { } trace)
        {
            return Problems.NotFound();
        }

        await reads.RecordAsync(officer, "trace " + logged.EntryId, logged.Entry()?.Client, context.TraceIdentifier);
        return TypedResults.Ok(trace);
    }
}
