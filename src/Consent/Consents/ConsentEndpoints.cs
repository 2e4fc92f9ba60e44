// The signed-in client's own consents.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary><c>/me/consents</c></summary>
internal static class ConsentEndpoints
{
    public static void MapConsents(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/me/consents").RequireAuthorization(Admission.Client);
        mine.MapGet("/", ListAsync);
        mine.MapPost("/", GiveAsync);
        mine.MapPost("/{id}/withdraw", WithdrawAsync);
    }

    /// <summary>The client of a person token; the door lets no other in.</summary>
    public static Hetu Me(this HttpContext context) =>
        context.GetCaller() is Caller.Person { Identifier: { } identifier } ? identifier : throw new InvalidOperationException("Not a client.");

    private static async Task<Ok<MyConsents>> ListAsync(HttpContext context, Database database, ClientKeys keys, TimeProvider clock, CancellationToken cancellation)
    {
        var client = keys.KeyOf(context.Me());
        await using var session = await database.ReadAsync(cancellation);
        var versions = await ConsentStore.AllAsync(session, client, cancellation);
        var indexes = await IndexesAsync(session, versions, cancellation);
        var consents = versions.GroupBy(static version => version.Record.Id).Select(static group => group.ToList()).OrderByDescending(static group => group[^1].At);
        return TypedResults.Ok(new MyConsents { Consents = [.. consents.Select(group => ConsentViews.Show(group, indexes, clock.GetUtcNow()))] });
    }

    private static async Task<IResult> GiveAsync(
        GiveConsent command, HttpContext context, ConsentScope scope, ConsentLife life, ConsentAnswers answers, TimeProvider clock)
    {
        if (scope.Check(command, clock.GetUtcNow()) is { } problem)
        {
            return problem;
        }

        var identifier = context.Me();
        return await life.GiveAsync(answers.KeyOf(identifier), identifier, command, context.TraceIdentifier) switch
        {
            ConsentOutcome.Stands stands => await answers.GivenAsync(stands),
            ConsentOutcome.IdTaken => Problems.IdTaken(),
            ConsentOutcome.Absent => Problems.NotFound(),
            ConsentOutcome.NotInForce => Problems.WrongState("Only a consent in force can be changed; give a new one."),
            var unknown => throw new InvalidOperationException($"{unknown} is no outcome of giving."),
        };
    }

    private static async Task<IResult> WithdrawAsync(string id, HttpContext context, ConsentLife life, ConsentAnswers answers) =>
        await life.WithdrawAsync(answers.KeyOf(context.Me()), id, context.TraceIdentifier) switch
        {
            ConsentOutcome.Stands stands => TypedResults.Ok(await answers.WithdrawnAsync(stands)),
            ConsentOutcome.Absent => Problems.NotFound(),
            var unknown => throw new InvalidOperationException($"{unknown} is no outcome of withdrawing."),
        };

    /// <summary>Places in the log of the entries that tell of the versions.</summary>
    internal static async Task<Dictionary<string, long>> IndexesAsync(Session session, IEnumerable<ConsentVersion> versions, CancellationToken cancellation) =>
        (await LogTable.FindAsync(session, [.. versions.Select(static version => version.EntryId)], cancellation)).ToDictionary(static logged => logged.EntryId, static logged => logged.Index);
}
