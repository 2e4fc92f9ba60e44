// Finds the relationship on record that a condition rests on.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>Of the relationships that hold now and join the right ends, the one that lasts longest.</summary>
internal static class RelationshipSearch
{
    internal static Proof Find(EvidenceSource.RecordedRelationship recorded, in Circumstances circumstances, ref Holding holding)
    {
        if (recorded.Between != RelationshipEnds.BothEnds)
        {
            return Longest(recorded, null, circumstances) is { } found ? Rest(recorded, found, null, ref holding) : default;
        }

        var source = Longest(recorded, circumstances.Request.From, circumstances);
        var recipient = Longest(recorded, circumstances.Request.To, circumstances);
        return source is null || recipient is null ? default : Rest(recorded, recipient, source, ref holding);
    }

    /// <summary>The decision of the giver on a condition that lasts longest among those that cover the item.</summary>
    internal static Proof FindDecision(ConditionId condition, DataItemId item, in Circumstances circumstances, ref Holding holding)
    {
        Relationship? longest = null;
        foreach (var relationship in circumstances.State.Relationships)
        {
            if (relationship.Scope is { } scope && relationship.Kind == condition.Value && InForce(relationship, 0, circumstances.At) && Covers(relationship, scope, item, circumstances.Request)
                && (longest is null || Lasting.IsLonger(relationship.To, relationship.Id, longest.To, longest.Id)))
            {
                longest = relationship;
            }
        }

        holding.EndsAt(longest?.To);
        return longest is null ? default : new Proof(ProofKind.Human, longest.Id);
    }

    /// <summary>INVARIANT: nothing about a decision is read generously: giver, recipient, purpose and item are those that it names.</summary>
    private static bool Covers(Relationship relationship, DecisionScope scope, DataItemId item, AccessRequest request) =>
        relationship.FromOrganisation is { } from && from == request.From.Organisation && relationship.ToOrganisation is { } to && to == request.To.Organisation
        && scope.Sector == request.To.Sector && scope.Role == request.To.Role && scope.Purpose == request.Purpose && scope.Items.AsSpan().Contains(item)
        && (relationship.Professional is null || relationship.Professional == request.To.Professional);

    private static Proof Rest(EvidenceSource.RecordedRelationship recorded, Relationship relationship, Relationship? other, ref Holding holding)
    {
        holding.EndsAt(Lasting.WithGrace(relationship.To, recorded.GraceDays));
        holding.EndsAt(Lasting.WithGrace(other?.To, recorded.GraceDays));
        return new Proof(ProofKind.Relationship, relationship.Id);
    }

    /// <summary>Among those that hold now and join the ends the condition names, or where given, this one end; ties by id, so that order on record does not matter.</summary>
    private static Relationship? Longest(EvidenceSource.RecordedRelationship recorded, Party? end, in Circumstances circumstances)
    {
        Relationship? longest = null;
        foreach (var relationship in circumstances.State.Relationships)
        {
            if (relationship.Scope is null && recorded.Kinds.Contains(relationship.Kind) && InForce(relationship, recorded.GraceDays, circumstances.At)
                && (end is null ? Joins(relationship, recorded.Between, circumstances) : Joins(relationship, end, ReferenceEquals(end, circumstances.Requester)))
                && (longest is null || Lasting.IsLonger(relationship.To, relationship.Id, longest.To, longest.Id)))
            {
                longest = relationship;
            }
        }

        return longest;
    }

    private static bool InForce(Relationship relationship, int graceDays, DateTimeOffset at) =>
        relationship.From <= at
        && (relationship.To is null || at - relationship.To <= TimeSpan.FromDays(graceDays))
        && (relationship.Status == RelationshipStatus.Active || (graceDays > 0 && relationship is { Status: RelationshipStatus.Ended, To: not null }));

    private static bool Joins(Relationship relationship, RelationshipEnds ends, in Circumstances circumstances)
    {
        var request = circumstances.Request;
        var requester = circumstances.Requester;
        return ends switch
        {
            RelationshipEnds.Requester => Touches(relationship, requester.Organisation) && !IsOthersClient(relationship, requester),
            RelationshipEnds.Recipient => Touches(relationship, request.To.Organisation),
            RelationshipEnds.Source => Touches(relationship, request.From.Organisation),
            // INVARIANT: a name is that of one house: the same identifier elsewhere is somebody else.
            RelationshipEnds.RequesterProfessional => requester is { Professional: { } person, Organisation: { } house } && relationship.Professional == person && relationship.ToOrganisation == house,
            RelationshipEnds.Organisations => request is { From.Organisation: { } from, To.Organisation: { } to }
                && ((relationship.FromOrganisation == from && relationship.ToOrganisation == to) || (relationship.FromOrganisation == to && relationship.ToOrganisation == from)),
            _ => false,
        };
    }

    /// <summary>
    /// The side that asks joins by its professional, and without one has no more than a stranger of its own house. INVARIANT: the side that does not ask joins by its house; the name that the asker gives
    /// for it is the asker's word and can only narrow.
    /// </summary>
    private static bool Joins(Relationship relationship, Party party, bool asks) =>
        asks && party.Professional is { } person ? relationship.Professional == person
            : Touches(relationship, party.Organisation) && !((asks || party.Professional is not null) && IsOthersClient(relationship, party));

    /// <summary>
    /// Whether a relationship names somebody of the party's own house, and not the party: a colleague's client is not one's own. INVARIANT: who names nobody is not that somebody either;
    /// else a colleague would ask in the name of the house.
    /// </summary>
    private static bool IsOthersClient(Relationship relationship, Party party) =>
        relationship.ToOrganisation == party.Organisation && relationship.Professional is { } named && named != party.Professional;

    private static bool Touches(Relationship relationship, OrganisationId? organisation) =>
        organisation is { } known && (relationship.FromOrganisation == known || relationship.ToOrganisation == known);
}
