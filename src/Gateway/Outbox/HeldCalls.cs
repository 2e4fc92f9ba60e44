// A call that waited, as if it came now.
using Sisote.Doors.Tokens;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Policy.Deployments;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Outbox;

/// <summary>Makes the call anew from what was kept. Who called was authenticated when it came; that the system is registered for this exchange is checked again, against the deployment as it is now.</summary>
internal sealed class HeldCalls(AskerReader askers, SightFinder sights, Deployment deployment)
{
    /// <summary>The call, the entry, and what the law lets it carry; null where the sender or the target is not registered for it any more.</summary>
    internal (Call Call, EntryOrigin Origin, IReadOnlyList<(Direction, Sight)> Sights)? Recall(HeldContent content, string id)
    {
        var caller = new Caller.System { TokenScopes = [Scopes.Exchange], Id = content.Caller, Business = content.Business };
        if (askers.Recognise(caller) is not { } registered || deployment.FindSystem(content.Target) is not { Adapter: not null } target
            || AskerReader.Attest(content.Stated.Select(static one => (one.Condition, one.Reference)), registered.System) is not { } attestations)
        {
            return null;
        }

        var asker = new Asker { System = registered.System, Business = registered.Business, Purpose = registered.Purpose, Other = target, Attestations = attestations };
        Interaction interaction = content.Type is { } type ? new Interaction.Create(type, content.Body) : new Interaction.Transaction(content.Body);
        return (new Call(content.CorrelationId, asker), new EntryOrigin(interaction, content.CallersKey, id), [Of(Direction.Write), Of(Direction.Notify)]);

        (Direction, Sight) Of(Direction direction) => (direction, sights.Find(asker, direction));
    }
}
