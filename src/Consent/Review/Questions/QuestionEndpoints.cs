// The doors to questions: the officer's, and the professional's who is asked.
using Sisote.Consent.Keeping;
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Review.Questions;

/// <summary><c>/review/questions</c>, <c>/me/questions</c></summary>
internal static class QuestionEndpoints
{
    private const int MostDays = 90;

    public static void MapQuestions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/review/questions", ListAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/questions", AskAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/review/questions/{id}", ShowAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/questions/{id}/close", CloseAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/me/questions", MineAsync).RequireAuthorization(Admission.Professional);
        app.MapPost("/me/questions/{id}/answer", AnswerAsync).RequireAuthorization(Admission.Professional);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, CaseStore cases, CaseAnswers answers, LogReads reads)
    {
        await reads.RecordAsync(context.GetCaller(), "questions", null, context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        var (listed, complete) = await cases.ListAsync<ReviewQuestion>(session, context.Reviewer().Organisation, context.RequestAborted);
        return TypedResults.Ok(new QuestionList
        {
            Complete = complete,
            Questions =
            [
                .. listed.Select(kept => (kept.Case, Days: answers.DaysOverdue(kept.Case)))
                    .Select(one => new ListedQuestion { Question = one.Case, DaysOverdue = one.Days, Escalated = answers.IsEscalated(one.Days) }),
            ],
        });
    }

    private static async Task<IResult> AskAsync(AskQuestion asked, HttpContext context, Database database, QuestionLife questions, CaseAnswers answers, TimeProvider clock)
    {
        if (FaultIn(asked, FinnishTime.DateOf(clock.GetUtcNow())) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        if (Reviewer.Of(context) is not { } officer || await EntryAsync(asked.Index, officer, database, context.RequestAborted) is not { } logged || logged.Entry() is not { } entry)
        {
            return Problems.NotFound();
        }

        return QuestionLife.About(logged.Index, entry, officer.Organisation, asked.Professional) is { } about
            ? TypedResults.Ok(await answers.ShowAsync(await questions.AskAsync(asked, about, officer, Reviewer.ActorOf(context)), context.RequestAborted))
            : Problems.InvalidRequest("professional", "Ask somebody who stands in the entry on your organisation's side.");
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, CaseAnswers answers, LogReads reads, CancellationToken cancellation)
    {
        if (Reviewer.Of(context) is not { } officer || await answers.FindAsync<ReviewQuestion>(id, officer.Admits, cancellation) is not { } kept)
        {
            return Problems.NotFound();
        }

        await reads.RecordAsync(context.GetCaller(), "question " + id, null, context.TraceIdentifier);
        return TypedResults.Ok(await answers.ShowAsync(kept, cancellation));
    }

    private static async Task<IResult> CloseAsync(string id, CloseCase closing, HttpContext context, QuestionLife questions, CaseAnswers answers) =>
        !Texts.IsGood(closing.Conclusion) ? Problems.InvalidRequest("conclusion", Texts.Rule)
        : Reviewer.Of(context) is { } officer ? answers.Tell(await questions.CloseAsync(id, closing.Conclusion, officer, Reviewer.ActorOf(context)))
        : Problems.NotFound();

    private static async Task<IResult> MineAsync(HttpContext context, Database database, CaseStore cases, CaseAnswers answers, CancellationToken cancellation)
    {
        var me = Reviewer.Of(context)!;
        await using var session = await database.ReadAsync(cancellation);
        return TypedResults.Ok(new MyQuestions { Questions = [.. (await cases.OfPersonAsync<ReviewQuestion>(session, me.Organisation, me.Person, cancellation)).Select(kept => Show(kept.Case, answers))] });
    }

    private static async Task<IResult> AnswerAsync(string id, AnswerQuestion answer, HttpContext context, QuestionLife questions, CaseAnswers answers)
    {
        if (!Texts.IsGood(answer.Text))
        {
            return Problems.InvalidRequest("text", Texts.Rule);
        }

        var change = await questions.AnswerAsync(id, answer.Text, Reviewer.Of(context)!, Reviewer.ActorOf(context));
        return change is CaseChange<ReviewQuestion>.Done done ? TypedResults.Ok(Show(done.Kept.Case, answers)) : answers.Tell(change);
    }

    private static async Task<LoggedEntry?> EntryAsync(long index, Reviewer officer, Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await OwnEntries.FindAsync(session, index, officer.Organisation, cancellation);
    }

    private static (string Field, string WhatToDo)? FaultIn(AskQuestion asked, DateOnly today) => asked switch
    {
        _ when !Texts.IsGood(asked.Text) => ("text", Texts.Rule),
        _ when asked.Due < today || asked.Due > today.AddDays(MostDays) => ("due", $"A day from today on, at most {MostDays} days ahead."),
        { Round: { } round } when !FreshId.Is(round) => ("round", "The identifier of a round."),
        _ => null,
    };

    private static MyQuestion Show(ReviewQuestion question, CaseAnswers answers) => new()
    {
        Id = question.Id,
        State = question.State,
        AskedAt = question.OpenedAt,
        AskedBy = question.OpenedBy,
        Due = question.Due,
        Overdue = answers.DaysOverdue(question) is not null,
        Text = question.Text,
        About = question.About,
        Answer = question.Answer,
    };
}
