// The officer's doors to hints, and the one by which likenesses come in.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Hints;

/// <summary><c>GET /review/hints</c>, <c>GET /log/{index}/hints</c>, <c>POST /review/likenesses</c></summary>
internal static class HintEndpoints
{
    private const int MostNames = 10;
    private const int MostFamily = 20;
    private const int LongestName = 200;

    public static void MapHints(this IEndpointRouteBuilder app)
    {
        app.MapGet("/review/hints", ListAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/log/{index:long:min(0)}/hints", OfEntryAsync).RequireAuthorization(Admission.Officer);
        app.MapPost("/review/likenesses", RecordAsync).RequireAuthorization(Admission.FactTellers);
    }

    private static async Task<IResult> ListAsync(DateTimeOffset? since, DateTimeOffset? until, HttpContext context, Database database, HintFinder finder, LogReads reads, ILogger<HintFinder> log)
    {
        var officer = context.Reviewer();
        var organisation = officer.Organisation!.Value;
        await reads.RecordAsync(officer, string.Create(CultureInfo.InvariantCulture, $"hints since={since:O} until={until:O}"), null, context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        var (entries, complete) = await HintReader.ReadAsync(session, organisation, (since, until), long.MaxValue, log, context.RequestAborted);
        var hints = await finder.FindAsync(session, organisation, entries, context.RequestAborted);
        return TypedResults.Ok(new ReviewHints { Hints = [.. Fold(hints).OrderByDescending(static hint => hint.Index)], Entries = entries.Count, Complete = complete });
    }

    private static async Task<IResult> OfEntryAsync(long index, HttpContext context, Database database, HintFinder finder, LogReads reads, ConsentOptions options, ILogger<HintFinder> log)
    {
        var officer = context.Reviewer();
        var organisation = officer.Organisation!.Value;
        await using var session = await database.ReadAsync(context.RequestAborted);
        if (await OwnEntries.FindAsync(session, index, organisation, context.RequestAborted) is not { } logged || logged.Entry() is not { } entry)
        {
            return Problems.NotFound();
        }

        await reads.RecordAsync(officer, "hints " + entry.Id, entry.Client, context.TraceIdentifier);
        var (entries, complete) = await HintReader.ReadAsync(session, organisation, (logged.Leaf.Time - options.Hints.ManyClientsWithin, null), index, log, context.RequestAborted);
        var hints = await finder.FindAsync(session, organisation, entries, context.RequestAborted);
        return TypedResults.Ok(new ReviewHints { Hints = [.. hints.Where(hint => hint.Index == index)], Entries = entries.Count, Complete = complete });
    }

    private static async Task<IResult> RecordAsync(RecordLikeness told, HttpContext context, LikenessLife likenesses)
    {
        if (FaultIn(told) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        await likenesses.ReplaceAsync(told, context.GetCaller(), context.TraceIdentifier);
        return TypedResults.NoContent();
    }

    /// <summary>Many clients are one hint for a professional and a day: the one with the most.</summary>
    private static IEnumerable<ReviewHint> Fold(IEnumerable<ReviewHint> hints) => hints
        .GroupBy(static hint => hint.Code == "many-clients" ? (hint.Professional, FinnishTime.DateOf(hint.Time), hint.Code, 0L) : (hint.Professional, default, hint.Code, hint.Index))
        .Select(static group => group.MaxBy(static hint => hint.Code == "many-clients" ? int.Parse(hint.Facts.First(static fact => fact.Name == "clients").Value, CultureInfo.InvariantCulture) : 0)!);

    private static (string Field, string WhatToDo)? FaultIn(RecordLikeness told) => told switch
    {
        { ClientIdentifier: not null } and ({ Organisation: not null } or { Professional: not null }) => ("clientIdentifier", "Name a client or a professional."),
        { ClientIdentifier: null } and ({ Organisation: null } or { Professional: null }) => ("professional", "Name a client, or a professional with the organisation."),
        { ClientIdentifier: { } identifier } when !Hetu.TryParse(identifier, out _) => ("clientIdentifier", "Give the client's national identifier."),
        { ClientIdentifier: not null } when told.OwnIdentifier is not null || !told.Family.IsDefaultOrEmpty => ("family", "That is said of professionals."),
        { Professional: not null, Watched: true } => ("watched", "That is said of clients."),
        { Professional: { } person } when Hetu.IsIn(person.Value) => ("professional", "The professional's code, not a national identifier."),
        { OwnIdentifier: { } own } when !Hetu.TryParse(own, out _) => ("ownIdentifier", "A national identifier."),
        _ when told.Family.IsDefault || told.Family.Length > MostFamily || told.Family.Any(static member => !Hetu.TryParse(member, out _)) => ("family", $"At most {MostFamily} national identifiers."),
        _ when !AreNames(told.Surnames) => ("surnames", $"At most {MostNames}, each with a letter."),
        _ when !AreNames(told.Addresses) => ("addresses", $"At most {MostNames}, each with a letter."),
        _ => null,
    };

    private static bool AreNames(ImmutableArray<string> names) => !names.IsDefault && names.Length <= MostNames && names.All(static name => name is { Length: <= LongestName } && name.Any(char.IsLetter));
}
