// Finds what the law lets an asker see or send.
using System.Collections.Concurrent;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Callers;

/// <summary>Finds the <see cref="Sight"/> of an asker. The catalogue and the deployment do not change while the room is open, so each is worked out once.</summary>
internal sealed class SightFinder(LegalCatalogue catalogue, Deployment deployment, ItemMasks masks)
{
    private readonly ConcurrentDictionary<(SystemId Caller, RoleId Role, PurposeId Purpose, SystemId Other, Direction Direction), Sight> known = new();

    internal Sight Find(Asker asker, Direction direction) =>
        known.GetOrAdd((asker.System.Id, asker.Business.SubjectRole, asker.Purpose, asker.Other.Id, direction), _ => Sight.Of(catalogue, deployment, masks, asker, direction));
}
