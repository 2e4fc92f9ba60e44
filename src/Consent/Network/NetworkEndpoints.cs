// The doors of the network's registers.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Network;
using Sisote.Policy.Deciding;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Network;

/// <summary><c>/network</c>: the gateway finds and writes rows in the name of connected systems; the operator keeps groups and reads histories.</summary>
internal static class NetworkEndpoints
{
    public static void AddNetwork(this IServiceCollection services)
    {
        services.AddSingleton<NetworkChecks>();
        services.AddSingleton<NetworkLife>();
    }

    public static void MapNetwork(this IEndpointRouteBuilder app)
    {
        app.MapPost("/network/find", FindAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/put", PutAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/places", SetPlacesAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/end", EndAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/groups/{id}", PutGroupAsync).RequireAuthorization(Admission.Operator);
        app.MapPost("/network/groups/{id}/end", EndGroupAsync).RequireAuthorization(Admission.Operator);
        app.MapGet("/network/history/{id}", ShowHistoryAsync).RequireAuthorization(Admission.Operator);
    }

    private static async Task<IResult> FindAsync(NetworkQuestion question, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var rows = await NetworkStore.FindAsync(session, question, CanonicalTime.Cut(clock.GetUtcNow()), cancellation);
        return TypedResults.Ok(new NetworkFound([.. rows.Take(NetworkStore.Most)], rows.Count > NetworkStore.Most));
    }

    private static async Task<IResult> PutAsync(NetworkPut put, NetworkChecks checks, NetworkLife life, Deployment deployment, TimeProvider clock) =>
        deployment.FindSystem(put.By.System) is not { } system ? TypedResults.Ok(new NetworkAnswer { Outcome = NetworkOutcome.Absent })
        : !FreshId.Is(put.Id) ? Faulty(new NetworkFault(NetworkOutcome.Malformed, "id"))
        : put switch
        {
            { Unit: { } unit, Contact: null, Offer: null } => checks.FaultOf(unit) is { } fault ? Faulty(fault)
                : await DoneAsync(life, put, Draft(NetworkKind.Unit, put.Id, (unit.FirstDay, unit.LastDay), system.Organisation, clock) with { Unit = unit }),
            { Unit: null, Contact: { } contact, Offer: null } => checks.FaultOf(contact) is { } fault ? Faulty(fault)
                : await DoneAsync(life, put, Draft(NetworkKind.Contact, put.Id, (contact.FirstDay, contact.LastDay), system.Organisation, clock) with { Contact = contact }),
            { Unit: null, Contact: null, Offer: { } offer } => checks.FaultOf(offer, system.Sector) is { } fault ? Faulty(fault)
                : await DoneAsync(life, put, Draft(NetworkKind.Offer, put.Id, (offer.FirstDay, offer.LastDay), system.Organisation, clock) with { Offer = offer }),
            _ => Problems.InvalidRequest("offer", "Exactly one of unit, contact and offer."),
        };

    private static async Task<IResult> SetPlacesAsync(NetworkPlaces places, NetworkLife life) =>
        NetworkChecks.Places(places.Free) is not null ? Faulty(new NetworkFault(NetworkOutcome.Malformed, "free")) : TypedResults.Ok(await life.SetPlacesAsync(places));

    private static async Task<IResult> EndAsync(NetworkEnd end, NetworkLife life) =>
        end.Kind == NetworkKind.Group ? Faulty(new NetworkFault(NetworkOutcome.Malformed, "kind")) : TypedResults.Ok(await life.EndAsync(end));

    private static async Task<IResult> PutGroupAsync(string id, GroupSaid group, HttpContext context, NetworkChecks checks, NetworkLife life, TimeProvider clock)
    {
        if (!SystemId.TryParse(id, out _) || FreshId.Is(id) || Hetu.IsIn(id))
        {
            return Problems.InvalidRequest("id", "A code, for example `alueellinen-opiskeluhuolto`.");
        }

        if (checks.FaultOf(group) is { } fault)
        {
            return Problems.InvalidRequest(fault.Field, "docs/network.md says what a group takes: known organisations, levels and codes, members of its area, and no text that names a client.");
        }

        return Show(await life.PutGroupAsync(Draft(NetworkKind.Group, id, (group.FirstDay, group.LastDay), group.Convener, clock) with { Group = group }, context.TraceIdentifier));
    }

    private static async Task<IResult> EndGroupAsync(string id, HttpContext context, NetworkLife life) => Show(await life.EndGroupAsync(id, context.TraceIdentifier));

    private static async Task<IResult> ShowHistoryAsync(string id, Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await NetworkStore.HistoryAsync(session, id, cancellation) is { Count: > 0 } versions ? TypedResults.Ok(new NetworkFound([.. versions])) : Problems.NotFound();
    }

    private static async Task<IResult> DoneAsync(NetworkLife life, NetworkPut put, NetworkRow draft) => TypedResults.Ok(await life.PutAsync(put.By, draft));

    /// <summary>Days are Finnish: valid from midnight to midnight; without a first day from the beginning of today.</summary>
    private static NetworkRow Draft(NetworkKind kind, string id, (DateOnly? First, DateOnly? Last) days, OrganisationId organisation, TimeProvider clock) => new()
    {
        Kind = kind,
        Id = id,
        Version = 1,
        Organisation = organisation,
        From = CanonicalTime.Cut(FinnishTime.StartOf(days.First ?? FinnishTime.DateOf(clock.GetUtcNow()))),
        To = days.Last is { } last ? CanonicalTime.Cut(FinnishTime.EndOf(last)) : null,
        RecordedAt = default,
    };

    private static IResult Faulty(NetworkFault fault) => TypedResults.Ok(new NetworkAnswer { Outcome = fault.Outcome, Field = fault.Field });

    private static IResult Show(NetworkAnswer answer) => answer.Outcome switch
    {
        NetworkOutcome.Done => TypedResults.Ok(answer),
        NetworkOutcome.Taken => Problems.IdTaken(),
        NetworkOutcome.Ended => Problems.WrongState("The group has ended already."),
        _ => Problems.NotFound(),
    };
}
