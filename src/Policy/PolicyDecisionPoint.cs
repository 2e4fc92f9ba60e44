// The decision: pure, total, explained.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy;

/// <summary>Decides by the catalogue, narrowed by the deployment. Pure and total: no I/O, no clock, never an exception; any doubt is a deny.</summary>
public sealed class PolicyDecisionPoint(LegalCatalogue catalogue, Deployment deployment)
{
    /// <summary>Decides a request on the state of the client at an instant.</summary>
    public Decision Decide(AccessRequest request, ConsentState state, DateTimeOffset at) =>
        throw new NotImplementedException($"{catalogue.Version}{deployment.Systems.Length}");
}
