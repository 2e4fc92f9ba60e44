// An item that only a human decision keeps back.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Decisions;

/// <summary>An item that would go if a professional of the giver decided so.</summary>
/// <param name="Item">The item.</param>
/// <param name="Rule">The rule that would carry it.</param>
/// <param name="Decisions">The conditions to decide on.</param>
public sealed record WaitingItem(DataItemId Item, RuleId Rule, ImmutableArray<ConditionId> Decisions);
