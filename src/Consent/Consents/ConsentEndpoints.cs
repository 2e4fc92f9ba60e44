// The signed-in client's own consents.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
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
        mine.MapPost("/{id}/give", ConfirmAsync);
        mine.MapPost("/{id}/withdraw", WithdrawAsync);
    }

    /// <summary>The client of a person token; the door lets no other in.</summary>
    public static Hetu Me(this HttpContext context) =>
        context.GetCaller() is Caller.Person { Identifier: { } identifier } ? identifier : throw new InvalidOperationException("Not a client.");

    private static async Task<Ok<MyConsents>> ListAsync(HttpContext context, ConsentAnswers answers, CancellationToken cancellation) =>
        TypedResults.Ok(new MyConsents { Consents = [.. (await answers.ListAsync(answers.KeyOf(context.Me()), cancellation)).Select(static one => one.Consent)] });

    private static async Task<IResult> GiveAsync(GiveConsent command, HttpContext context, ConsentDesk desk, ConsentLife life, ConsentAnswers answers, Notices notices)
    {
        var giving = new ConsentGiving
        {
            Whose = answers.KeyOf(context.Me()),
            Identifier = context.Me(),
            Terms = command,
            Way = ConsentWay.SignedIn,
            Sources = command.SourceOrganisations,
            CorrelationId = context.TraceIdentifier,
        };
        return desk.Check(giving) ?? await answers.GivenAsync(await notices.TellAsync(life.GiveAsync(giving)));
    }

    private static async Task<IResult> ConfirmAsync(string id, HttpContext context, ConsentLife life, ConsentAnswers answers) =>
        await answers.GivenAsync(await life.ConfirmAsync(StepOf(id, context, answers)));

    private static async Task<IResult> WithdrawAsync(string id, HttpContext context, ConsentLife life, ConsentAnswers answers, Notices notices)
    {
        var outcome = await life.WithdrawAsync(StepOf(id, context, answers));
        await notices.TellAsync(outcome);
        return await answers.WithdrawnAsync(outcome);
    }

    private static ConsentStep StepOf(string id, HttpContext context, ConsentAnswers answers) =>
        new(id, ConsentWay.SignedIn, context.TraceIdentifier) { Whose = answers.KeyOf(context.Me()) };

    /// <summary>Places in the log of the entries that tell of the versions.</summary>
    internal static async Task<Dictionary<string, long>> IndexesAsync(Session session, IEnumerable<ConsentVersion> versions, CancellationToken cancellation) =>
        (await LogTable.FindAsync(session, [.. versions.Select(static version => version.EntryId)], cancellation)).ToDictionary(static logged => logged.EntryId, static logged => logged.Index);
}
