// The decision: pure, total, explained.
using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    /// <summary>The memory that this thread decided with last. Deciding neither waits nor calls out, so one per thread is enough; the law is checked, because a thread may serve several.</summary>
    [ThreadStatic]
    private static ItemAssessment? idle;

    private readonly CompiledLaw law = new(catalogue, deployment);

    /// <summary>Decides a request on the state of the client at an instant.</summary>
    public Decision Decide(AccessRequest request, ConsentState state, DateTimeOffset at) => Decide(request, state, at, stated: null);

    /// <summary>The denied items that wait for nothing but decisions which a professional of the giver may record; decides nothing.</summary>
    public ImmutableArray<WaitingItem> FindWaiting(AccessRequest request, ConsentState state, DateTimeOffset at) => Waiting.Find(this, law.Catalogue, Whole.Of(request), state, at);

    /// <summary>What the client's consents say about a request, rule by rule; decides nothing.</summary>
    public ImmutableArray<ConsentLook> LookForConsents(AccessRequest request, ConsentState state, DateTimeOffset at) => ConsentLook.Find(law, Whole.Of(request), Whole.Of(state), at);

    /// <summary>Decides a case on paper, whose circumstances are stated instead of recorded.</summary>
    internal Decision Decide(AccessRequest request, ConsentState state, DateTimeOffset at, StatedConditions? stated)
    {
        var assessment = idle is { } used && used.Law == law ? used : new ItemAssessment(law);
        idle = null; // whatever goes wrong below, memory in disorder is not used again
        assessment.Begin(Whole.Of(request), Whole.Of(state), at, stated);
        var decision = Decide(request, assessment);
        assessment.Forget();
        idle = assessment;
        return decision;
    }

    private Decision Decide(AccessRequest request, ItemAssessment assessment)
    {
        var items = new ItemDecision[request.Items.IsDefault ? 0 : request.Items.Length];
        ItemDecision.Deny? refused = null;
        for (var index = 0; index < items.Length; index++)
        {
            items[index] = assessment.Assess(request.Items[index]);
            refused ??= items[index] as ItemDecision.Deny;
        }

        if (request.Atomic && refused is not null)
        {
            return AllRefused(items, refused);
        }

        return new Decision
        {
            Items = ImmutableCollectionsMarshal.AsImmutableArray(items),
            Obligations = assessment.Obligations,
            HoldsUntil = assessment.Until,
            Catalogue = law.Catalogue.Version,
        };
    }

    /// <summary>One refused item refuses the whole entry; the others carry the reason of the first.</summary>
    private Decision AllRefused(ItemDecision[] items, ItemDecision.Deny first) => new()
    {
        Items = [.. items.Select(item => item is ItemDecision.Permit permit ? first with { Item = permit.Item, Rule = permit.Rule } : item)],
        Catalogue = law.Catalogue.Version,
    };
}
