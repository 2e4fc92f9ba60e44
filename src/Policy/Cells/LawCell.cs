// The catalogue taken apart: one sender, one recipient, one item under one pair of one rule.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Cells;

/// <summary>A sector with one role of it.</summary>
internal readonly record struct LawEnd(SectorId Sector, RoleId Role)
{
    internal bool IsAnybody => Role.Value == RuleParty.AnyCode;

    public override string ToString() => IsAnybody ? RuleParty.AnyCode : $"{Sector}/{Role}";
}

/// <summary>Who gives what to whom, for what, which way.</summary>
internal readonly record struct CellKey(LawEnd From, LawEnd To, PurposeId? Purpose, Direction Direction, DataItemId Item);

/// <summary>One cell with the rule and pair that open it.</summary>
internal sealed record LawCell(CellKey Key, DisclosureRule Rule, RulePair Pair, Door Door)
{
    /// <summary>All cells of a rule, in the order of its file.</summary>
    internal static IEnumerable<LawCell> Of(DisclosureRule rule)
    {
        foreach (var pair in rule.Pairs)
        {
            var door = new Door(rule, pair);
            var cells =
                from sender in pair.From.Roles
                from recipient in pair.To.Roles
                from item in pair.Items
                select new CellKey(new LawEnd(pair.From.Sector, sender), new LawEnd(pair.To.Sector, recipient), pair.Purpose ?? rule.Purpose, rule.Direction, item);
            foreach (var key in cells)
            {
                yield return new LawCell(key, rule, pair, door);
            }
        }
    }

    /// <summary>All cells of all rules that the law layer uses, in order of rule ids.</summary>
    internal static IEnumerable<LawCell> Of(LegalCatalogue catalogue) => Ordered(catalogue).Where(static rule => rule.Enabled).SelectMany(Of);

    internal static IEnumerable<DisclosureRule> Ordered(LegalCatalogue catalogue) => catalogue.Rules.Values.OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal);
}
