// What the rules of the law say of one sector.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Host.Init;

/// <summary>Roles and purposes in which a sector has a part, and what may leave from it.</summary>
/// <param name="Roles">Its roles that some rule names.</param>
/// <param name="Purposes">The purposes of those rules.</param>
/// <param name="Items">Items that a rule lets leave from it.</param>
internal sealed record SectorInLaw(ImmutableArray<RoleId> Roles, ImmutableArray<PurposeId> Purposes, ImmutableArray<DataItem> Items)
{
    /// <summary>Resource types of what may leave, and Patient, without whom nobody is found.</summary>
    internal IEnumerable<string> Types => Items.SelectMany(static item => item.Selectors).Select(static selector => selector.ResourceType).Append("Patient").Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads it from the rules that are switched on.</summary>
    internal static SectorInLaw Of(SectorId sector, LegalCatalogue catalogue)
    {
        var parts = catalogue.Rules.Values.Where(static rule => rule.Enabled)
            .SelectMany(static rule => rule.Pairs.Select(pair => (Pair: pair, Purpose: pair.Purpose ?? rule.Purpose)))
            .Where(part => part.Pair.From.Sector == sector || part.Pair.To.Sector == sector).ToList();
        var named = parts.SelectMany(static part => part.Pair.From.Roles.Concat(part.Pair.To.Roles)).ToHashSet();
        var leaving = parts.Where(part => part.Pair.From.Sector == sector).SelectMany(static part => part.Pair.Items).ToHashSet();
        return new SectorInLaw(
            [.. catalogue.Roles.Where(role => role.Value.Sector == sector && named.Contains(role.Key)).Select(static role => role.Key).OrderBy(static role => role.Value, StringComparer.Ordinal)],
            [.. parts.Select(static part => part.Purpose).OfType<PurposeId>().Distinct().OrderBy(static purpose => purpose.Value, StringComparer.Ordinal)],
            [.. catalogue.Items.Values.Where(item => leaving.Contains(item.Id)).OrderBy(static item => item.Id.Value, StringComparer.Ordinal)]);
    }
}
