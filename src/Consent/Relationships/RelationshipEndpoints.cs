// A professional's work list and what may be done with it.
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.States;

namespace Sisote.Consent.Relationships;

/// <summary><c>/relationships</c></summary>
internal static class RelationshipEndpoints
{
    public static void MapRelationships(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/relationships").RequireAuthorization(Admission.Professional);
        own.MapGet("/", ListAsync);
        foreach (var step in new[] { RelationshipStep.Accept, RelationshipStep.Reject, RelationshipStep.End })
        {
            own.MapPost("/{id}/" + step.Verb, (string id, HttpContext context, RelationshipLife life, [FromServices] NoteSigner signer) => TakeAsync(id, step, context, life, signer));
        }
    }

    private static async Task<Ok<RelationshipList>> ListAsync(string? kind, HttpContext context, Database database, RelationshipRoles roles, TimeProvider clock, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var who = ActorIn(context);
        var kept = await RelationshipStore.OfOrganisationAsync(session, who.Organisation!.Value, kind, OwnAsync, cancellation);
        return TypedResults.Ok(new RelationshipList { Relationships = [.. kept.Select(one => AsOf(clock.GetUtcNow(), one.Relationship))] });

        async Task<IEnumerable<KeptRelationship>> OwnAsync(List<KeptRelationship> all)
        {
            var recorders = await RelationshipRoles.RecordersAsync(session, all, cancellation);
            return all.Where(one => roles.AreOf(one, recorders.GetValueOrNull(one.Relationship.Id), who));
        }
    }

    private static async Task<IResult> TakeAsync(string id, RelationshipStep step, HttpContext context, RelationshipLife life, NoteSigner signer) =>
        await life.TakeAsync(id, step, ActorIn(context), context.TraceIdentifier) switch
        {
            RelationshipOutcome.Changed changed =>
                TypedResults.Ok(new RelationshipChanged { Relationship = changed.Relationship, Receipt = changed.Logged.Receipt(signer), Index = changed.Logged.Index }),
            RelationshipOutcome.Absent => Problems.NotFound(),
            RelationshipOutcome.WrongState => Problems.WrongState("Read the list again: somebody was here before."),
            var unknown => throw new InvalidOperationException($"{unknown} is no outcome."),
        };

    private static Caller.Person Professional(HttpContext context) => context.GetCaller() as Caller.Person ?? throw new InvalidOperationException("Not a professional.");

    private static RelationshipActor ActorIn(HttpContext context)
    {
        var person = Professional(context);
        return new RelationshipActor(person.Organisation, person.Professional, person.Role);
    }

    private static Relationship AsOf(DateTimeOffset now, Relationship relationship) =>
        relationship.To < now && relationship.Status is RelationshipStatus.Requested or RelationshipStatus.Active
            ? relationship with { Status = RelationshipStatus.Ended }
            : relationship;
}
