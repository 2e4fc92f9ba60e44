// Which items wait for nothing but a human decision of the giver.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>
/// Decides twice: as it is, and as if every decision that a professional of the giver may record for this very request stood on record. What only the second permits waits for those decisions
/// and for nothing else, whatever else the rules ask for.
/// </summary>
internal static class Waiting
{
    private const string Mark = "waits:";

    internal static ImmutableArray<WaitingItem> Find(PolicyDecisionPoint point, LegalCatalogue catalogue, AccessRequest request, ConsentState state, DateTimeOffset at)
    {
        if (request is not { From.Organisation: { } from, To.Organisation: { } to, Purpose: { } purpose } || from == to)
        {
            return [];
        }

        var denied = point.Decide(request, state, at).Denials.Select(static deny => deny.Item).ToHashSet();
        var scope = new DecisionScope { Items = [.. denied], Sector = request.To.Sector, Role = request.To.Role, Purpose = purpose };
        var supposed = catalogue.Conditions.Values.Where(static condition => condition.IsDecided).Select(condition => new Relationship
        {
            Id = Mark + condition.Id.Value,
            Kind = condition.Id.Value,
            Status = RelationshipStatus.Active,
            FromOrganisation = from,
            ToOrganisation = to,
            From = at,
            Scope = scope,
        });
        var decided = point.Decide(request, state with { Relationships = [.. Whole.Of(state).Relationships, .. supposed] }, at);
        return [.. decided.Permits.Where(permit => denied.Contains(permit.Item)).Select(static permit => new WaitingItem(permit.Item, permit.Rule, Supposed(permit)))];
    }

    private static ImmutableArray<ConditionId> Supposed(ItemDecision.Permit permit) =>
        [.. permit.Conditions.Where(static evidence => evidence.Reference?.StartsWith(Mark, StringComparison.Ordinal) == true).Select(static evidence => evidence.Condition)];
}
