// Conditions that a decision case states to hold, in place of records.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>The circumstances of a case on paper: exactly these conditions hold, some only between two instants.</summary>
internal sealed class StatedConditions(IEnumerable<StatedCondition> conditions)
{
    private readonly ILookup<ConditionId, StatedCondition> byId = conditions.ToLookup(static condition => condition.Condition);

    internal Proof Show(Condition condition, LegalCatalogue catalogue, DateTimeOffset at, ref Holding holding) =>
        Show(condition.Id, 0, at, ref holding) is { IsShown: true } proof ? proof : ShowWithGrace(condition, catalogue, at, ref holding);

    private Proof Show(ConditionId condition, int graceDays, DateTimeOffset at, ref Holding holding)
    {
        foreach (var stated in byId[condition])
        {
            var to = Lasting.WithGrace(stated.To, graceDays);
            if ((stated.From is null || stated.From <= at) && (to is null ? !stated.Ended : at <= to) && (!stated.Ended || graceDays > 0))
            {
                holding.EndsAt(to);
                return new Proof(ProofKind.Stated, stated.Reference);
            }
        }

        return default;
    }

    /// <summary>A condition with days of grace also rests on the stated condition of the same kind without them.</summary>
    private Proof ShowWithGrace(Condition condition, LegalCatalogue catalogue, DateTimeOffset at, ref Holding holding)
    {
        foreach (var source in condition.EvaluatedFrom.OfType<EvidenceSource.RecordedRelationship>())
        {
            foreach (var plain in catalogue.Conditions.Values)
            {
                if (source.GraceDays > 0 && plain.EvaluatedFrom.OfType<EvidenceSource.RecordedRelationship>().Any(other => other.GraceDays == 0 && other.Between == source.Between && other.Kinds.SequenceEqual(source.Kinds))
                    && Show(plain.Id, source.GraceDays, at, ref holding) is { IsShown: true } proof)
                {
                    return proof;
                }
            }
        }

        return default;
    }
}

/// <summary>A condition that holds between two instants (both inclusive); one that ended by word holds only through days of grace.</summary>
internal sealed record StatedCondition(ConditionId Condition, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Reference = null, bool Ended = false);
