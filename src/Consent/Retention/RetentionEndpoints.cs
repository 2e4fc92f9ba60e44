// The doors to what has served its time.
using System.Text.Json;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Retention;

/// <summary><c>GET /log/retention</c>, <c>/log/erasures</c></summary>
internal static class RetentionEndpoints
{
    private static readonly byte[] NewLine = [(byte)'\n'];

    public static void MapRetention(this IEndpointRouteBuilder app)
    {
        app.MapGet("/log/retention", ReportAsync).RequireAuthorization(Admission.Keepers);
        app.MapGet("/log/erasures", ListAsync).RequireAuthorization(Admission.Keepers);
        app.MapPost("/log/erasures", PrepareAsync).RequireAuthorization(Admission.Operator);
        app.MapGet("/log/erasures/{id}/export", ExportAsync).RequireAuthorization(Admission.Operator);
        app.MapPost("/log/erasures/{id}/run", RunAsync).RequireAuthorization(Admission.Operator);
        app.MapHolds();
    }

    private static async Task<IResult> ReportAsync(string? asOf, HttpContext context, RetentionSurvey survey, LogReads reads, TimeProvider clock)
    {
        var day = FinnishTime.DateOf(clock.GetUtcNow());
        if (asOf is not null && !Days.TryParse(asOf, out day))
        {
            return Problems.InvalidRequest("asOf", "A day like 2026-11-23.");
        }

        var who = context.GetCaller();
        await reads.RecordAsync(who, "retention", null, context.TraceIdentifier);
        return TypedResults.Ok(await survey.MakeAsync(day, (who as Caller.Person)?.Organisation, context.RequestAborted));
    }

    private static async Task<IResult> ListAsync(Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return TypedResults.Ok(new ErasureRuns { Runs = [.. (await KeptRun.NewestAsync(session, cancellation)).Select(static run => run.Show())] });
    }

    private static async Task<IResult> PrepareAsync(PrepareErasure asked, ErasurePlan plan, TimeProvider clock)
    {
        var today = FinnishTime.DateOf(clock.GetUtcNow());
        return asked.AsOf > today
            ? Problems.InvalidRequest("asOf", "A day that has not come cannot be erased up to.")
            : TypedResults.Ok((await plan.PrepareAsync(asked.AsOf ?? today)).Show());
    }

    private static async Task<IResult> ExportAsync(string id, HttpContext context, Database database, ErasureExport export, LogReads reads)
    {
        if (await FindAsync(database, id, context.RequestAborted) is not { } run)
        {
            return Problems.NotFound();
        }

        if (run.State != KeptRun.Prepared)
        {
            return Problems.WrongState("The run has begun or was given up; prepare another.");
        }

        await reads.RecordAsync(context.GetCaller(), "erasure-export", null, context.TraceIdentifier);
        return TypedResults.Stream(output => export.WriteAsync(output, run, context.RequestAborted), "application/jsonl", "sisote-erasure.jsonl");
    }

    private static async Task<IResult> RunAsync(string id, RunErasure asked, HttpContext context, ErasurePlan plan, Erasing erasing)
    {
        if (asked.WithoutExport == asked.Export is not null)
        {
            return Problems.InvalidRequest("export", "Name the bundle's SHA-256, or say withoutExport; exactly one of the two.");
        }

        var who = new Eraser(LogReads.PartyOf(context.GetCaller()), context.TraceIdentifier);
        return await plan.BeginAsync(id, asked) switch
        {
            RunOutcome.Ready ready => TypedResults.Stream(output => WriteAsync(output, erasing.RunAsync(ready.Run, who, context.RequestAborted), context.RequestAborted), "application/jsonl"),
            RunOutcome.Absent => Problems.NotFound(),
            RunOutcome.Outdated => Problems.WrongState("The run was given up, or the retention terms have changed since it was prepared; prepare another."),
            RunOutcome.ExportWanted => Problems.ExportWanted(),
            var other => throw new InvalidOperationException($"{other} is no outcome."),
        };
    }

    private static async Task<KeptRun?> FindAsync(Database database, string id, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await KeptRun.FindAsync(session, id, cancellation);
    }

    private static async Task WriteAsync(Stream output, IAsyncEnumerable<ErasureLine> lines, CancellationToken cancellation)
    {
        await foreach (var line in lines)
        {
            await JsonSerializer.SerializeAsync(output, line, SisoteJson.Options, cancellation);
            await output.WriteAsync(NewLine, cancellation);
            await output.FlushAsync(cancellation);
        }
    }
}
