// The doors to requests for the log: the officer's register.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Clients;
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Requests;

/// <summary><c>/review/requests</c>: receiving, deciding, refusing, and the register.</summary>
internal static class RequestEndpoints
{
    private const int MostIndices = 1000;

    public static void MapRequests(this IEndpointRouteBuilder app)
    {
        app.MapGet("/review/requests", ListAsync).RequireAuthorization(Admission.OfficerOrOperator);
        app.MapPost("/review/requests", EnterAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/review/requests/{id}", ShowAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/review/requests/{id}/entries", EntriesAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/requests/{id}/decisions", DecideAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/requests/{id}/refuse", RefuseAsync).RequireAuthorization(Admission.Officer);
        app.MapPackages();
        app.MapMyRequests();
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, CaseStore cases, CaseAnswers answers, LogReads reads)
    {
        await reads.RecordAsync(context.GetCaller(), "requests", null, context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        var (listed, complete) = await cases.ListAsync<LogRequest>(session, Reviewer.ViewOf(context), context.RequestAborted);
        return TypedResults.Ok(new RequestList { Requests = [.. listed.Select(kept => Show(kept.Case, answers))], Complete = complete });
    }

    private static async Task<IResult> EnterAsync(EnterRequest entered, HttpContext context, RequestLife requests, CaseAnswers answers, ClientKeys keys, TimeProvider clock)
    {
        if (!Hetu.TryParse(entered.ClientIdentifier, out var identifier))
        {
            return Problems.InvalidRequest("clientIdentifier", "Give the client's national identifier.");
        }

        if (FaultIn(entered.ReceivedOn, entered.Since, entered.SpecialReason, FinnishTime.DateOf(clock.GetUtcNow())) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        if (Reviewer.Of(context) is not { } officer)
        {
            return NoIdentifier();
        }

        var asked = new AskedLog(keys.KeyOf(identifier), officer.Organisation, entered.ReceivedOn, entered.Since, entered.SpecialReason, officer.Person);
        return TypedResults.Ok(await answers.ShowAsync(await requests.ReceiveAsync(asked, Reviewer.ActorOf(context)), context.RequestAborted));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, CaseAnswers answers, LogReads reads, CancellationToken cancellation)
    {
        if (Reviewer.Of(context) is not { } officer || await answers.FindAsync<LogRequest>(id, officer.Admits, cancellation) is not { } kept)
        {
            return Problems.NotFound();
        }

        await reads.RecordAsync(context.GetCaller(), "request " + id, kept.File.Client, context.TraceIdentifier);
        return TypedResults.Ok(await answers.ShowAsync(kept, cancellation));
    }

    private static async Task<IResult> EntriesAsync(string id, HttpContext context, Database database, CaseAnswers answers, RequestTools tools)
    {
        if (Reviewer.Of(context) is not { } officer || await answers.FindAsync<LogRequest>(id, officer.Admits, context.RequestAborted) is not { } kept)
        {
            return Problems.NotFound();
        }

        await tools.Reads.RecordAsync(context.GetCaller(), "request " + id, kept.File.Client, context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        if (await RequestedEntries.ReadAsync(session, kept.Case, kept.File.Client!.Value, tools.Clock.GetUtcNow(), tools.Log, context.RequestAborted) is not var (entries, _))
        {
            return TooMany();
        }

        return TypedResults.Ok(new RequestEntries
        {
            Entries = [.. entries.Select(entry => new RequestEntry { Row = tools.Rows.Show(entry.Logged, officer.Organisation)!, Hidden = entry.Hidden, Included = entry.Included })],
            Undecided = entries.Count(static entry => entry.Included is null),
        });
    }

    private static async Task<IResult> DecideAsync(string id, DecideEntries decided, HttpContext context, RequestLife requests, CaseAnswers answers) => decided switch
    {
        { Indices: { IsDefaultOrEmpty: true } or { Length: > MostIndices } } => Problems.InvalidRequest("indices", $"1 to {MostIndices} places."),
        { Include: false } when decided.Ground is null || !DecideEntries.Grounds.Contains(decided.Ground) => Problems.InvalidRequest("ground", $"One of {string.Join(", ", DecideEntries.Grounds)}."),
        { Include: true, Ground: not null } => Problems.InvalidRequest("ground", "What goes in needs none."),
        _ when !Texts.IsGood(decided.Reason) => Problems.InvalidRequest("reason", Texts.Rule),
        _ => Reviewer.Of(context) is { } officer ? answers.Tell(await requests.DecideAsync(id, decided, officer, Reviewer.ActorOf(context))) : NoIdentifier(),
    };

    private static async Task<IResult> RefuseAsync(string id, RefuseRequest refused, HttpContext context, RequestLife requests, CaseAnswers answers) =>
        !DecideEntries.Grounds.Contains(refused.Ground) ? Problems.InvalidRequest("ground", $"One of {string.Join(", ", DecideEntries.Grounds)}.")
        : !Texts.IsGood(refused.Reason) ? Problems.InvalidRequest("reason", Texts.Rule)
        : Reviewer.Of(context) is { } officer ? answers.Tell(await requests.RefuseAsync(id, refused, officer, Reviewer.ActorOf(context)))
        : NoIdentifier();

    /// <summary>What is at fault in the days of a request; null where nothing is.</summary>
    public static (string Field, string WhatToDo)? FaultIn(DateOnly receivedOn, DateOnly? since, string? specialReason, DateOnly today) => (since, specialReason) switch
    {
        _ when receivedOn > today || receivedOn < today.AddYears(-1) => ("receivedOn", "The day on which it came in: not in the future, and within a year."),
        ({ } from, _) when from > receivedOn => ("since", "A day before the request came in."),
        ({ } from, null) when from < RequestLife.OrdinarySince(receivedOn) => ("specialReason", "Entries more than two years old are given for a special reason only: say it."),
        (_, { } reason) when !Texts.IsGood(reason) => ("specialReason", Texts.Rule),
        _ => null,
    };

    /// <summary>A request in the register.</summary>
    public static ListedRequest Show(LogRequest request, CaseAnswers answers) => new()
    {
        Id = request.Id,
        Organisation = request.Organisation,
        State = request.State,
        ReceivedOn = request.ReceivedOn,
        Due = request.Due!.Value,
        DaysOverdue = answers.DaysOverdue(request),
    };

    public static ProblemHttpResult TooMany() => Problems.WrongState($"More than {RequestedEntries.Most} entries are in its period: ask the client which time is meant, refuse this request and enter another.");

    public static ProblemHttpResult NoIdentifier() => Problems.InvalidRequest("token", "Sign in with an account that has an identifier for the log.");
}
