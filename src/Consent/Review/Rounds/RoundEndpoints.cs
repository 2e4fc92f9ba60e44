// The doors to rounds of review.
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Rounds;

/// <summary><c>/review/rounds</c></summary>
internal static class RoundEndpoints
{
    private const int MostSampled = 500;
    private const int MostPicks = 10;
    private const int MostPicked = 200;

    public static void MapRounds(this IEndpointRouteBuilder app)
    {
        app.MapGet("/review/rounds", ListAsync).RequireAuthorization(Admission.OfficerOrOperator);
        app.MapPost("/review/rounds", OpenAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/review/rounds/{id}", ShowAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/rounds/{id}/draw", DrawAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/rounds/{id}/items/{index:long:min(0)}", FindAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/rounds/{id}/close", CloseAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/review/rounds/{id}/check", CheckAsync).RequireAuthorization(Admission.Officer);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, CaseStore cases, LogReads reads, CancellationToken cancellation)
    {
        await reads.RecordAsync(context.GetCaller(), "rounds", null, context.TraceIdentifier);
        await using var session = await database.ReadAsync(cancellation);
        var (listed, complete) = await cases.ListAsync<ReviewRound>(session, Reviewer.ViewOf(context), cancellation);
        return TypedResults.Ok(new RoundList { Rounds = [.. listed.Select(static kept => Summarise(kept.Case))], Complete = complete });
    }

    private static async Task<IResult> OpenAsync(OpenRound asked, HttpContext context, RoundLife rounds, CaseAnswers answers)
    {
        if (FaultIn(asked) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        if (Reviewer.Of(context) is not { } officer)
        {
            return NoIdentifier();
        }

        return await rounds.OpenAsync(asked, officer.Organisation, officer.Person, Reviewer.ActorOf(context)) is { } opened
            ? answers.Tell(await rounds.DrawAsync(opened.Case, Reviewer.ActorOf(context), context.RequestAborted))
            : Problems.InvalidRequest("since", "The log has no entry in this period.");
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, CaseAnswers answers, LogReads reads, CancellationToken cancellation)
    {
        if (Reviewer.Of(context) is not { } officer || await answers.FindAsync<ReviewRound>(id, officer.Admits, cancellation) is not { } kept)
        {
            return Problems.NotFound();
        }

        await reads.RecordAsync(context.GetCaller(), "round " + id, null, context.TraceIdentifier);
        return TypedResults.Ok(await answers.ShowAsync(kept, cancellation));
    }

    private static async Task<IResult> DrawAsync(string id, HttpContext context, RoundLife rounds, CaseAnswers answers, CancellationToken cancellation) =>
        Reviewer.Of(context) is { } officer && await answers.FindAsync<ReviewRound>(id, officer.Admits, cancellation) is { } kept
            ? answers.Tell(await rounds.DrawAsync(kept.Case, Reviewer.ActorOf(context), cancellation))
            : Problems.NotFound();

    private static async Task<IResult> FindAsync(string id, long index, RecordFinding finding, HttpContext context, RoundLife rounds, CaseAnswers answers) =>
        !RecordFinding.Findings.Contains(finding.Finding) ? Problems.InvalidRequest("finding", $"One of {string.Join(", ", RecordFinding.Findings)}.")
        : finding.Note is { } note && !Texts.IsGood(note) ? Problems.InvalidRequest("note", Texts.Rule)
        : Reviewer.Of(context) is { } officer ? answers.Tell(await rounds.FindAsync(id, index, finding, officer, Reviewer.ActorOf(context)))
        : NoIdentifier();

    private static async Task<IResult> CloseAsync(string id, CloseCase closing, HttpContext context, RoundLife rounds, CaseAnswers answers) =>
        !Texts.IsGood(closing.Conclusion) ? Problems.InvalidRequest("conclusion", Texts.Rule)
        : Reviewer.Of(context) is { } officer ? answers.Tell(await rounds.CloseAsync(id, closing.Conclusion, officer, Reviewer.ActorOf(context)))
        : NoIdentifier();

    private static async Task<IResult> CheckAsync(string id, HttpContext context, RoundLife rounds, CaseAnswers answers, LogReads reads, CancellationToken cancellation)
    {
        if (Reviewer.Of(context) is not { } officer || await answers.FindAsync<ReviewRound>(id, officer.Admits, cancellation) is not { } kept)
        {
            return Problems.NotFound();
        }

        await reads.RecordAsync(context.GetCaller(), "round " + id, null, context.TraceIdentifier);
        return TypedResults.Ok(await rounds.CheckAsync(kept, cancellation));
    }

    private static (string Field, string WhatToDo)? FaultIn(OpenRound asked) => asked switch
    {
        { Title: { } title } when !Texts.IsGood(title, 200) => ("title", "1 to 200 characters, without national identifiers."),
        _ when asked.Until <= asked.Since => ("until", "The period ends after it begins."),
        { Sample: < 0 or > MostSampled } => ("sample", $"0 to {MostSampled} entries."),
        { Picks: { IsDefault: true } or { Length: > MostPicks } } => ("picks", $"At most {MostPicks}."),
        { Sample: 0, Picks.Length: 0 } => ("sample", "Nothing is to be drawn or picked."),
        _ when asked.Picks.Any(static pick => pick.Most is < 1 or > MostPicked) => ("picks.most", $"1 to {MostPicked} entries."),
        _ when asked.Picks.Any(static pick => pick.Outcome is { } outcome && !LogFilter.IsOutcome(outcome)) => ("picks.outcome", "A code."),
        _ when asked.Picks.Any(static pick => pick.Professional is { } person && Hetu.IsIn(person.Value)) => ("picks.professional", "The professional's code, not a national identifier."),
        _ when asked.Picks.Any(static pick => pick is { Rule: null, Item: null, System: null, Professional: null, Outcome: null }) => ("picks", "Each names something: rule, item, system, professional or outcome."),
        _ => null,
    };

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoIdentifier() => Problems.InvalidRequest("token", "Sign in with an account that has an identifier for the log.");

    private static RoundSummary Summarise(ReviewRound round) => new()
    {
        Id = round.Id,
        Organisation = round.Organisation,
        Title = round.Title,
        State = round.State,
        OpenedAt = round.OpenedAt,
        Items = round.Items.Length,
        Unreviewed = round.Items.Count(static item => item.Finding is null),
        Findings = [.. round.Items.Select(static item => item.Finding).OfType<string>().CountBy(static finding => finding).OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => new FacetCount(pair.Key, pair.Value))],
    };
}
