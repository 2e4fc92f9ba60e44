// Who may give what to whom: what opens, what closes, what is needed more or less.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Comparing;

/// <summary>Compares the cells of each rule; cells that change alike are told in one sentence.</summary>
internal static class FlowChanges
{
    internal static void Find(ChangeList found)
    {
        foreach (var id in found.Old.Rules.Keys.Union(found.New.Rules.Keys).OrderBy(static rule => rule.Value, StringComparer.Ordinal))
        {
            Compare(found, id, Live(found.Old, id), Live(found.New, id));
        }
    }

    private static DisclosureRule? Live(LegalCatalogue catalogue, RuleId id) => catalogue.Rules.TryGetValue(id, out var rule) && rule.Enabled ? rule : null;

    private static void Compare(ChangeList found, RuleId id, DisclosureRule? old, DisclosureRule? @new)
    {
        var (before, after) = (Doors(old), Doors(@new));
        var tale = new FlowTale(found, old, @new, id);
        foreach (var group in CellGroup.Of(after.Where(cell => !before.ContainsKey(cell.Key))))
        {
            tale.Opened(group);
        }

        foreach (var group in CellGroup.Of(before.Where(cell => !after.ContainsKey(cell.Key))))
        {
            tale.Closed(group);
        }

        var kept = before.Where(cell => after.ContainsKey(cell.Key)).ToArray();
        var turned = kept.Where(cell => !Same(cell.Value, after[cell.Key])).GroupBy(cell => string.Join('\n', cell.Value) + "\n->\n" + string.Join('\n', after[cell.Key]));
        foreach (var alike in turned)
        {
            var (was, now) = (alike.First().Value, after[alike.First().Key]);
            var whole = alike.Count() == kept.Length;
            foreach (var group in whole ? [CellGroup.Whole(alike.Select(static cell => cell.Key))] : CellGroup.Of(alike))
            {
                tale.Turned(group, was, now, whole);
            }
        }
    }

    private static bool Same(ImmutableArray<Door> one, ImmutableArray<Door> other) => one.Length == other.Length && one.All(other.Contains);

    /// <summary>The doors of each cell: several where the rule names several ways; a door that another one covers is left out.</summary>
    private static Dictionary<CellKey, ImmutableArray<Door>> Doors(DisclosureRule? rule) => (rule is null ? [] : LawCell.Of(rule))
        .GroupBy(static cell => cell.Key)
        .ToDictionary(static group => group.Key, static group => Needed([.. group.Select(static cell => cell.Door).Distinct()]));

    private static ImmutableArray<Door> Needed(ImmutableArray<Door> doors) =>
        [.. doors.Where(door => !doors.Any(other => !other.Equals(door) && other.OpensWhenever(door))).OrderBy(static door => door.ToString(), StringComparer.Ordinal)];
}

/// <summary>Cells of one rule that can be told in one sentence: everybody of the senders may give every item to everybody of the recipients.</summary>
internal sealed record CellGroup(ImmutableArray<LawEnd> From, ImmutableArray<LawEnd> To, PurposeId? Purpose, Requests.Direction Direction, ImmutableArray<DataItemId> Items, ImmutableArray<Door> Doors)
{
    internal static CellGroup Whole(IEnumerable<CellKey> cells)
    {
        var all = cells.ToArray();
        return new CellGroup([.. all.Select(static cell => cell.From).Distinct()], [.. all.Select(static cell => cell.To).Distinct()], all[0].Purpose, all[0].Direction, [.. all.Select(static cell => cell.Item).Distinct()], []);
    }

    internal static IEnumerable<CellGroup> Of(IEnumerable<KeyValuePair<CellKey, ImmutableArray<Door>>> cells)
    {
        var byItems = cells
            .GroupBy(static cell => (cell.Key.From, cell.Key.To, cell.Key.Purpose, cell.Key.Direction, Doors: string.Join('\n', cell.Value)))
            .Select(static group => new CellGroup([group.Key.From], [group.Key.To], group.Key.Purpose, group.Key.Direction, [.. group.Select(static cell => cell.Key.Item)], group.First().Value));
        var bySenders = byItems
            .GroupBy(static group => (group.To[0], group.Purpose, group.Direction, Same: group.ItemsAndDoors))
            .Select(static alike => alike.First() with { From = [.. alike.SelectMany(static group => group.From).Distinct()] });
        return bySenders
            .GroupBy(static group => (Senders: string.Join(' ', group.From), group.Purpose, group.Direction, Same: group.ItemsAndDoors))
            .Select(static alike => alike.First() with { To = [.. alike.SelectMany(static group => group.To).Distinct()] })
            .ToArray();
    }

    private string ItemsAndDoors => string.Join(' ', Items) + "|" + string.Join('\n', Doors);
}
