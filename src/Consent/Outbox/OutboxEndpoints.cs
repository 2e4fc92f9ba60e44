// The doors to the outbox.
using Sisote.Doors.Outbox;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Outbox;

/// <summary><c>/outbox</c>: the gateway holds, takes and settles entries; the operator looks at them and takes back what has not been sent.</summary>
internal static class OutboxEndpoints
{
    private const int LongestId = 64;
    private const int MostAtOnce = 100;
    private const int LongestLease = 3600;
    private const int LengthOfDigest = 32;

    public static void MapOutbox(this IEndpointRouteBuilder app)
    {
        app.MapPost("/outbox/hold", HoldAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/outbox/arrived", ArrivedAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/outbox/ahead", AheadAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/outbox/lease", LeaseAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/outbox/begin", BeginAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/outbox/settle", SettleAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/outbox/{id}", FindAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/outbox/{id}/cancel", CancelAsync).RequireAuthorization(Admission.GatewayOrOperator);
        app.MapGet("/outbox", ListAsync).RequireAuthorization(Admission.Operator);
    }

    private static async Task<IResult> HoldAsync(HeldEntry entry, OutboxStore store) =>
        entry.Id.Length is 0 or > LongestId ? Problems.InvalidRequest("id", $"A key has 1 to {LongestId} characters.")
        : entry.Content.Length == 0 ? Problems.InvalidRequest("content", "An entry has content.")
        : entry.Digest is { Length: not LengthOfDigest } ? Problems.InvalidRequest("digest", $"A digest has {LengthOfDigest} bytes.")
        : TypedResults.Ok(await store.HoldAsync(entry, CancellationToken.None));

    private static async Task<IResult> ArrivedAsync(ArrivedEntry arrived, OutboxStore store) =>
        arrived.Digest.Length != LengthOfDigest ? Problems.InvalidRequest("digest", $"A digest has {LengthOfDigest} bytes.")
        : arrived.State is not (OutboxState.Delivered or OutboxState.Unknown) ? Problems.InvalidRequest("state", "What arrived is delivered or unknown.")
        : TypedResults.Ok(new ArrivedAnswer(await store.ArriveAsync(arrived, CancellationToken.None)));

    private static async Task<IResult> AheadAsync(AheadQuestion question, OutboxStore store, CancellationToken cancellation) => TypedResults.Ok(await store.FindAheadAsync(question, cancellation));

    private static async Task<IResult> LeaseAsync(LeaseQuestion question, OutboxLeases leases, OutboxStore store, CancellationToken cancellation) =>
        question.Most is < 0 or > MostAtOnce ? Problems.InvalidRequest("most", $"Ask for at most {MostAtOnce}.")
        : question.Seconds is < 1 or > LongestLease ? Problems.InvalidRequest("seconds", $"A lease lasts 1 to {LongestLease} seconds.")
        : question.LongestWait < 0 || question.MostUnclear < 1 ? Problems.InvalidRequest("longestWait", "Entries wait for some time, and are tried once at least.")
        : TypedResults.Ok(new LeaseAnswer { Entries = await leases.TakeAsync(question, CancellationToken.None), Queues = await store.QueuesAsync(cancellation) });

    private static async Task<IResult> BeginAsync(BeginSending begun, OutboxLeases leases) =>
        begun.Seconds is < 1 or > LongestLease ? Problems.InvalidRequest("seconds", $"A lease lasts 1 to {LongestLease} seconds.")
        : TypedResults.Ok(new BeginAnswer(await leases.BeginAsync(begun, CancellationToken.None)));

    private static async Task<IResult> SettleAsync(SettledEntry settled, OutboxLeases leases) =>
        settled switch
        {
            { DueAt: not null, State: not (OutboxState.Waiting or OutboxState.Unknown) } => Problems.InvalidRequest("state", "What may be tried again is waiting or unknown."),
            { DueAt: null, State: OutboxState.Waiting or OutboxState.Sending } => Problems.InvalidRequest("dueAt", "What waits is due at some time."),
            _ => TypedResults.Ok(new SettleAnswer(await leases.SettleAsync(settled, CancellationToken.None))),
        };

    private static async Task<IResult> FindAsync(string id, OutboxStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } entry ? TypedResults.Ok(entry) : Problems.NotFound();

    private static async Task<IResult> CancelAsync(string id, HttpContext context, OutboxStore store, OutboxCancelling cancelling)
    {
        // The gateway takes an entry back for the system that sent it; the operator in its own name.
        var cancelled = context.GetCaller() is Caller.System { Id: var caller } && caller == InnerSystems.Operator
            ? await cancelling.CancelAsync(id, context.GetCaller(), context.TraceIdentifier)
            : await store.CancelAsync(id, CancellationToken.None);
        return await store.FindAsync(id, CancellationToken.None) is not { } entry ? Problems.NotFound()
            : cancelled ? TypedResults.Ok(entry with { Answer = null })
            : Problems.WrongState("Its sending has begun, or it has ended: look at its state.");
    }

    private static async Task<IResult> ListAsync(bool? ended, OutboxStore store, CancellationToken cancellation) =>
        TypedResults.Ok(await store.ListAsync(ended == true, cancellation));
}
