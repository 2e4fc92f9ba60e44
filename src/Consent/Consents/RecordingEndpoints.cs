// Where professionals record consents that were given to them.
using Sisote.Consent.Review;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary><c>/consents</c>, for the organisation that recorded them.</summary>
internal static class RecordingEndpoints
{
    public static void MapRecording(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/consents").RequireAuthorization(Admission.Recorders);
        own.MapGet("/", ListAsync);
        own.MapPost("/", RecordAsync);
        own.MapPost("/{id}/give", ConfirmAsync);
        own.MapPost("/{id}/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> ListAsync(string? after, HttpContext context, ConsentDesk desk, RecordedReader reader, LogReads reads, CancellationToken cancellation)
    {
        if (desk.RecorderIn(context.GetCaller()) is not { } recorder)
        {
            return Problems.ConsentRecorder();
        }

        if (after is not null && !FreshId.Is(after))
        {
            return Problems.InvalidRequest("after", "Take it from the page before.");
        }

        var page = await reader.PageAsync(recorder, after, cancellation);
        await reads.RecordEachAsync(recorder.Party, "consents", page.Consents.Select(static one => one.Client), context.TraceIdentifier);
        return TypedResults.Ok(new RecordedConsents { Consents = [.. page.Consents.Select(static one => one.Shown)], Next = page.Next });
    }

    private static async Task<IResult> RecordAsync(RecordConsent command, HttpContext context, ConsentDesk desk, ConsentLife life, ConsentAnswers answers, Notices notices)
    {
        if (desk.RecorderIn(context.GetCaller()) is not { } recorder)
        {
            return Problems.ConsentRecorder();
        }

        if (!Hetu.TryParse(command.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        if (!ConsentWays.TryParse(command.How, out var way))
        {
            return Problems.InvalidRequest("how", "paper, oral or assisted.");
        }

        var giving = new ConsentGiving
        {
            Whose = answers.KeyOf(identifier),
            Identifier = identifier,
            Terms = command,
            Way = way,
            GivenBy = command.GivenBy,
            Reference = command.Reference,
            Authority = command.Authority,
            Draft = command.Draft,
            Recorder = recorder,
            CorrelationId = context.TraceIdentifier,
        };
        return desk.Check(giving) ?? await answers.GivenAsync(await notices.TellAsync(life.GiveAsync(giving)));
    }

    private static async Task<IResult> ConfirmAsync(string id, ConfirmConsent command, HttpContext context, ConsentDesk desk, ConsentLife life, ConsentAnswers answers) =>
        StepOf(id, command.How, command.Reference, context, desk) is not { } step ? Problems.ConsentRecorder()
            : ConsentDesk.Check(step, isGiving: true) ?? await answers.GivenAsync(await life.ConfirmAsync(step));

    private static async Task<IResult> WithdrawAsync(string id, RecordWithdrawal command, HttpContext context, ConsentDesk desk, ConsentLife life, ConsentAnswers answers, Notices notices)
    {
        if (StepOf(id, command.How, command.Reference, context, desk, command.GivenBy) is not { } step)
        {
            return Problems.ConsentRecorder();
        }

        if (!ConsentGiving.Givers.Contains(command.GivenBy))
        {
            return Problems.InvalidRequest("givenBy", string.Join(", ", ConsentGiving.Givers) + ".");
        }

        if (ConsentDesk.Check(step, isGiving: false) is { } problem)
        {
            return problem;
        }

        var outcome = await life.WithdrawAsync(step);
        await notices.TellAsync(outcome);
        return await answers.WithdrawnAsync(outcome, step.Recorder!.Organisation);
    }

    private static ConsentStep? StepOf(string id, string how, string? reference, HttpContext context, ConsentDesk desk, string? saidBy = null) => desk.RecorderIn(context.GetCaller()) is { } recorder
        ? new ConsentStep(id, ConsentWays.TryParse(how, out var way) ? way : ConsentWay.SignedIn, context.TraceIdentifier) { Recorder = recorder, Reference = reference, SaidBy = saidBy }
        : null;
}
