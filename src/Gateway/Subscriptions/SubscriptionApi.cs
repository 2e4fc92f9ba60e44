// The gateway's side of the doors to subscriptions.
using Sisote.Doors.Subscriptions;
using Sisote.Gateway.Clients;

namespace Sisote.Gateway.Subscriptions;

/// <summary>Calls the room that keeps subscriptions. Null means that it could not be asked.</summary>
internal sealed class SubscriptionApi(ConsentApi consent)
{
    internal Task<KeepAnswer?> KeepAsync(NewSubscription kept) => consent.PostAsync<NewSubscription, KeepAnswer>("subscriptions/keep", kept, CancellationToken.None);

    internal Task<SubscriptionList?> FindAsync(SubscriptionQuestion question, CancellationToken cancellation) => consent.PostAsync<SubscriptionQuestion, SubscriptionList>("subscriptions/find", question, cancellation);

    internal Task<EndAnswer?> EndAsync(EndSubscription end) => consent.PostAsync<EndSubscription, EndAnswer>("subscriptions/end", end, CancellationToken.None);

    /// <summary>Not to be cancelled: what is leased and not told is nobody's until the lease ends.</summary>
    internal Task<SubscriptionsLeased?> LeaseAsync(SubscriptionsWanted wanted) => consent.PostAsync<SubscriptionsWanted, SubscriptionsLeased>("subscriptions/lease", wanted, CancellationToken.None);

    internal Task<SettledAnswer?> SettleAsync(SettledSubscription settled) => consent.PostAsync<SettledSubscription, SettledAnswer>("subscriptions/settle", settled, CancellationToken.None);
}
