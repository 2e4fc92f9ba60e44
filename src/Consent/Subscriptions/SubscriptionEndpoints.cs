// The doors to subscriptions.
using Sisote.Doors.Subscriptions;

namespace Sisote.Consent.Subscriptions;

/// <summary><c>/subscriptions</c>: the gateway keeps, shows, ends and looks after them. Nobody else comes in.</summary>
internal static class SubscriptionEndpoints
{
    private const int LengthOfId = 32;
    private const int MostAtOnce = 100;
    private const int LongestLease = 3600;
    private const int LengthOfSeen = 64;

    public static void MapSubscriptions(this IEndpointRouteBuilder app)
    {
        app.MapPost("/subscriptions/keep", KeepAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/subscriptions/find", FindAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/subscriptions/end", EndAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/subscriptions/lease", LeaseAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/subscriptions/settle", SettleAsync).RequireAuthorization(Admission.Gateway);
    }

    private static async Task<IResult> KeepAsync(NewSubscription kept, SubscriptionStore store) =>
        !FreshId.Is(kept.Id) ? Problems.InvalidRequest("id", $"An identifier has {LengthOfId} hexadecimal digits.")
        : kept.Content.Length == 0 ? Problems.InvalidRequest("content", "A subscription has content.")
        : TypedResults.Ok(new KeepAnswer(await store.KeepAsync(kept, CancellationToken.None)));

    private static async Task<IResult> FindAsync(SubscriptionQuestion question, SubscriptionStore store, CancellationToken cancellation) => TypedResults.Ok(new SubscriptionList(await store.FindAsync(question, cancellation)));

    private static async Task<IResult> EndAsync(EndSubscription end, SubscriptionStore store) => TypedResults.Ok(new EndAnswer(await store.EndAsync(end, CancellationToken.None)));

    private static async Task<IResult> LeaseAsync(SubscriptionsWanted wanted, SubscriptionLeases leases) =>
        wanted.Most is < 0 or > MostAtOnce ? Problems.InvalidRequest("most", $"Ask for at most {MostAtOnce}.")
        : wanted.Seconds is < 1 or > LongestLease ? Problems.InvalidRequest("seconds", $"A lease lasts 1 to {LongestLease} seconds.")
        : TypedResults.Ok(new SubscriptionsLeased(await leases.TakeAsync(wanted, CancellationToken.None)));

    private static async Task<IResult> SettleAsync(SettledSubscription settled, SubscriptionLeases leases) =>
        settled.Standing.Seen is { Length: not LengthOfSeen } ? Problems.InvalidRequest("standing.seen", $"What was seen has {LengthOfSeen} bytes.")
        : TypedResults.Ok(new SettledAnswer(await leases.SettleAsync(settled, CancellationToken.None)));
}
