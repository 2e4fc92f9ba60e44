// The doors to legal holds.
using Sisote.Consent.Clients;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Retention;

/// <summary><c>GET /log/holds</c>, <c>POST /log/holds</c>, <c>POST /log/holds/{id}/lift</c></summary>
internal static class HoldEndpoints
{
    public static void MapHolds(this IEndpointRouteBuilder app)
    {
        app.MapGet("/log/holds", ListAsync).RequireAuthorization(Admission.Keepers);
        app.MapPost("/log/holds", PlaceAsync).RequireAuthorization(Admission.Keepers);
        app.MapPost("/log/holds/{id}/lift", LiftAsync).RequireAuthorization(Admission.Keepers);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, ClientKeys keys, TimeProvider clock, CancellationToken cancellation)
    {
        var viewer = context.GetCaller() is Caller.Person person ? person.Organisation : null;
        await using var session = await database.ReadAsync(cancellation);
        var holds = await HoldStore.AllAsync(session, cancellation);
        return TypedResults.Ok(new HoldList { Holds = [.. holds.Where(hold => viewer is null || hold.PlacedBy.Organisation == viewer).Select(hold => Show(hold, viewer, keys, clock.GetUtcNow()))] });
    }

    private static async Task<IResult> PlaceAsync(PlaceHold asked, HttpContext context, HoldLife life, ClientKeys keys, HoldDesk desk)
    {
        var who = context.GetCaller();
        if (desk.FindFault(asked, who) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        return await life.PlaceAsync(desk.Make(asked, who), PartyOf(who, asked.OrderedBy), context.TraceIdentifier) is { } hold
            ? TypedResults.Ok(Show(hold, (who as Caller.Person)?.Organisation, keys, hold.PlacedAt))
            : Problems.InvalidRequest("range", "The last place lies beyond the end of the log.");
    }

    private static async Task<IResult> LiftAsync(string id, LiftHold asked, HttpContext context, HoldLife life, ClientKeys keys, HoldDesk desk)
    {
        var who = context.GetCaller();
        if (desk.FindFault(asked.OrderedBy, who) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        return await life.LiftAsync(id, HoldDesk.OrderOf(asked.OrderedBy, who), PartyOf(who, asked.OrderedBy), context.TraceIdentifier) is { } hold
            ? TypedResults.Ok(Show(hold, (who as Caller.Person)?.Organisation, keys, hold.LiftedAt ?? hold.PlacedAt))
            : Problems.NotFound();
    }

    /// <summary>Who is on record: the person, or the operator with the person at whose order.</summary>
    private static LogParty PartyOf(Caller who, HoldOrder? order) =>
        order is null ? LogReads.PartyOf(who) : LogReads.PartyOf(who) with { Organisation = order.Organisation, Professional = order.Professional };

    private static HoldView Show(Hold hold, OrganisationId? viewer, ClientKeys keys, DateTimeOffset now) => new()
    {
        Id = hold.Id,
        Scope = hold.Scope,
        ClientMark = hold.Client is { } client && viewer is { } organisation ? keys.MarkOf(client, organisation) : null,
        Organisation = hold.Organisation,
        Range = hold.Range,
        Reason = hold.Reason,
        Reference = hold.Reference,
        PlacedBy = hold.PlacedBy,
        PlacedAt = hold.PlacedAt,
        Until = hold.Until,
        LiftedBy = hold.LiftedBy,
        LiftedAt = hold.LiftedAt,
        InForce = hold.IsInForce(now),
    };
}
