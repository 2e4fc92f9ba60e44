// The door to what is past its last day.
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Review.Cases;

/// <summary><c>GET /review/overdue</c></summary>
internal static class OverdueEndpoints
{
    public static void MapOverdue(this IEndpointRouteBuilder app) => app.MapGet("/review/overdue", ListAsync).RequireAuthorization(Admission.OfficerOrOperator);

    private static async Task<IResult> ListAsync(HttpContext context, Database database, CaseStore cases, CaseAnswers answers, LogReads reads, TimeProvider clock)
    {
        await reads.RecordAsync(context.GetCaller(), "overdue", null, context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        var (view, today) = (Reviewer.ViewOf(context), FinnishTime.DateOf(clock.GetUtcNow()));
        var open = (await cases.DueBeforeAsync<ReviewQuestion>(session, view, today, context.RequestAborted)).Select(static kept => (ReviewCase)kept.Case)
            .Concat((await cases.DueBeforeAsync<LogRequest>(session, view, today, context.RequestAborted)).Select(static kept => kept.Case));
        return TypedResults.Ok(new OverdueCases { Cases = [.. open.Select(shown => Show(shown, answers)).OfType<OverdueCase>().OrderBy(static overdue => overdue.Due)] });
    }

    private static OverdueCase? Show(ReviewCase shown, CaseAnswers answers) => answers.DaysOverdue(shown) is not { } days ? null : new OverdueCase
    {
        Id = shown.Id,
        Kind = shown is ReviewQuestion ? CaseStore.Question : CaseStore.Request,
        Organisation = shown.Organisation,
        Person = (shown as ReviewQuestion)?.Person,
        Due = shown.Due!.Value,
        DaysOverdue = days,
        Escalated = answers.IsEscalated(days),
    };
}
