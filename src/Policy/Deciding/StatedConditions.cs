// Conditions that a decision case states to hold, in place of records.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>The circumstances of a case on paper: exactly these conditions hold, some only between two instants.</summary>
internal sealed class StatedConditions(IEnumerable<StatedCondition> conditions)
{
    private readonly ILookup<ConditionId, StatedCondition> byId = conditions.ToLookup(static condition => condition.Condition);

    internal ConditionEvidence? Show(ConditionId condition, DateTimeOffset at, ref Holding holding, int graceDays = 0, ConditionId? shownFor = null)
    {
        foreach (var stated in byId[condition])
        {
            var to = stated.To?.AddDays(graceDays);
            if ((stated.From is null || stated.From <= at) && (to is null ? !stated.Ended : at <= to) && (!stated.Ended || graceDays > 0))
            {
                holding.EndsAt(to);
                return new ConditionEvidence { Condition = shownFor ?? condition, Source = "stated", Reference = stated.Reference };
            }
        }

        return null;
    }

    /// <summary>A condition with days of grace also rests on the stated condition of the same kind without them.</summary>
    internal ConditionEvidence? ShowWithGrace(Condition condition, LegalCatalogue catalogue, DateTimeOffset at, ref Holding holding)
    {
        foreach (var source in condition.EvaluatedFrom.OfType<EvidenceSource.RecordedRelationship>())
        {
            foreach (var plain in catalogue.Conditions.Values)
            {
                if (source.GraceDays > 0 && plain.EvaluatedFrom.OfType<EvidenceSource.RecordedRelationship>().Any(other => other.GraceDays == 0 && other.Between == source.Between && other.Kinds.SequenceEqual(source.Kinds))
                    && Show(plain.Id, at, ref holding, source.GraceDays, condition.Id) is { } evidence)
                {
                    return evidence;
                }
            }
        }

        return null;
    }
}

/// <summary>A condition that holds between two instants (both inclusive); one that ended by word holds only through days of grace.</summary>
internal sealed record StatedCondition(ConditionId Condition, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Reference = null, bool Ended = false);
