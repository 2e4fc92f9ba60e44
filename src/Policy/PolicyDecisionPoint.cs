// The decision: pure, total, explained.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy;

/// <summary>
/// Decides by the catalogue, narrowed by the deployment. Pure and total: no I/O, no clock, never an exception; any doubt is a deny.
/// Order: statutory notification, never rules and prohibitions, masks, permit rules, deny.
/// </summary>
public sealed class PolicyDecisionPoint(LegalCatalogue catalogue, Deployment deployment)
{
    private readonly CompiledLaw law = new(catalogue, deployment);

    /// <summary>Decides a request on the state of the client at an instant.</summary>
    public Decision Decide(AccessRequest request, ConsentState state, DateTimeOffset at) => Decide(request, state, at, stated: null);

    /// <summary>Decides a case on paper, whose circumstances are stated instead of recorded.</summary>
    internal Decision Decide(AccessRequest request, ConsentState state, DateTimeOffset at, StatedConditions? stated)
    {
        var assessment = new ItemAssessment(law, new Circumstances(law, Whole.Of(request), Whole.Of(state), at, stated));
        var items = ImmutableArray.CreateBuilder<ItemDecision>(request.Items.IsDefault ? 0 : request.Items.Length);
        var obligations = ImmutableArray.CreateBuilder<string>();
        var holding = new Holding();
        foreach (var item in request.Items.IsDefault ? [] : request.Items)
        {
            var outcome = assessment.Assess(item);
            items.Add(outcome.Decision);
            obligations.AddRange(outcome.Obligations.Except(obligations));
            holding.EndsAt(outcome.Until);
        }

        if (request.Atomic && items.FirstOrDefault(static item => item is ItemDecision.Deny) is ItemDecision.Deny refused)
        {
            return AllRefused(items, refused);
        }

        return new Decision { Items = items.DrainToImmutable(), Obligations = obligations.DrainToImmutable(), HoldsUntil = holding.Until, Catalogue = law.Catalogue.Version };
    }

    /// <summary>One refused item refuses the whole entry; the others carry the reason of the first.</summary>
    private Decision AllRefused(ImmutableArray<ItemDecision>.Builder items, ItemDecision.Deny first) => new()
    {
        Items = [.. items.Select(item => item is ItemDecision.Permit permit ? first with { Item = permit.Item, Rule = permit.Rule } : item)],
        Catalogue = law.Catalogue.Version,
    };
}
