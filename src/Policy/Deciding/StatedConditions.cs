// Conditions that a decision case states to hold, in place of records.
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>The circumstances of a case on paper: exactly these conditions hold, some only between two instants.</summary>
internal sealed class StatedConditions(IEnumerable<StatedCondition> conditions)
{
    private readonly ILookup<ConditionId, StatedCondition> byId = conditions.ToLookup(static condition => condition.Condition);

    internal ConditionEvidence? Show(ConditionId condition, DateTimeOffset at, ref Holding holding)
    {
        foreach (var stated in byId[condition])
        {
            if ((stated.From is null || stated.From <= at) && (stated.To is null || at <= stated.To))
            {
                holding.EndsAt(stated.To);
                return new ConditionEvidence { Condition = condition, Source = "stated", Reference = stated.Reference };
            }
        }

        return null;
    }
}

/// <summary>A condition that holds between two instants (both inclusive).</summary>
internal sealed record StatedCondition(ConditionId Condition, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Reference = null);
