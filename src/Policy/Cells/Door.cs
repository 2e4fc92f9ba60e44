// What opens one cell of the catalogue: everything that must be there at once.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Cells;

/// <summary>Conditions and consents that must all be there. Fewer needs open more.</summary>
internal sealed class Door : IEquatable<Door>
{
    private readonly string key;

    internal Door(DisclosureRule rule, RulePair pair)
    {
        Conditions = rule.Conditions.Concat(pair.Conditions).ToImmutableSortedSet(ByCode);
        Consents = rule.Consents.ToImmutableHashSet();
        key = string.Join(' ', Conditions) + '|' + string.Join(' ', Consents.Select(static consent => $"{consent}").Order(StringComparer.Ordinal));
    }

    internal ImmutableSortedSet<ConditionId> Conditions { get; }

    internal ImmutableHashSet<ConsentRequirement> Consents { get; }

    /// <summary>Whether this door opens whenever the other does.</summary>
    internal bool OpensWhenever(Door other) => Conditions.IsSubsetOf(other.Conditions) && Consents.IsSubsetOf(other.Consents);

    public bool Equals(Door? other) => other is not null && key == other.key;

    public override bool Equals(object? obj) => Equals(obj as Door);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(key);

    public override string ToString() => key;

    private static readonly IComparer<ConditionId> ByCode = Comparer<ConditionId>.Create(static (one, other) => string.CompareOrdinal(one.Value, other.Value));
}
