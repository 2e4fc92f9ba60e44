// A subscriber's search, as if it came now.
using Sisote.Doors.Tokens;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Policy.Deployments;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Subscriptions;

/// <summary>A search with all that its look needs.</summary>
internal sealed record SubscribedCall(Call Call, Interaction.Search Search, Sight Sight, NotifyEntry Notify);

/// <summary>Makes the search anew from what was kept, against the deployment and catalogue as they are now.</summary>
internal sealed class SubscribedCalls(AskerReader askers, SightFinder sights, SubscriptionReader reader, Deployment deployment)
{
    /// <summary>The search; null where the subscriber is not registered for it any more, where it has no address for notifications, or where nobody could ask so now.</summary>
    internal SubscribedCall? Recall(SubscriptionContent content)
    {
        var caller = new Caller.System { TokenScopes = [Scopes.Exchange], Id = content.Caller, Business = content.Business };
        if (askers.Recognise(caller) is not { System.Notify: { } notify } registered || deployment.FindSystem(content.Source) is not { Adapter: not null } source
            || AskerReader.Attest(content.Stated.Select(static one => (one.Condition, one.Reference)), registered.System) is not { } attestations)
        {
            return null;
        }

        // INVARIANT: a system is believed as one that has checked something in the call in which it says so, and in no look that comes after.
        var asker = new Asker { System = registered.System, Business = registered.Business, Purpose = registered.Purpose, Other = source, Attestations = [.. attestations.Select(static one => one with { BySystem = false })] };
        var sight = sights.Find(asker, Direction.Read);
        return reader.ReadSearch(content.Criteria, asker, sight) is { } search ? new SubscribedCall(new Call(Guid.CreateVersion7().ToString("N"), asker), search, sight, notify) : null;
    }
}
