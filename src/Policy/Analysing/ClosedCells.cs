// What a rule opens and a never rule always closes, or a mask leaves nothing of.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Analysing;

internal static class ClosedCells
{
    internal static void Find(FindingList found)
    {
        foreach (var rule in LawCell.Ordered(found.Catalogue).Where(static rule => rule.Enabled))
        {
            Closed(found, rule);
            Emptied(found, rule);
        }

        EmptiedByFact(found);
    }

    private static void Closed(FindingList found, DisclosureRule rule)
    {
        var cells = LawCell.Of(rule).ToArray();
        var closed = cells
            .Select(cell => (Cell: cell, Never: NeverRules.Touching(found.Catalogue, cell.Key, rule)
                .FirstOrDefault(never => never.Mask.IsEmpty && !NeverRules.IsLifted(never, cell.Door) && NeverRules.IsAlways(never, cell.Door, found.Catalogue))))
            .Where(static entry => entry.Never is not null)
            .ToArray();
        if (cells.Length > 0 && closed.Length == cells.Length)
        {
            found.Rule(FindingSeverity.Error, "dead-rule", rule.Id, "items", language => Say.Of(
                $"Sääntö {rule.Id} ei voi koskaan sallia mitään: ehdoton kielto {Nevers("fi")} sulkee aina kaiken.",
                $"Regel {rule.Id} kan aldrig tillåta något: det absoluta förbudet {Nevers("sv")} stänger alltid allt.",
                $"Rule {rule.Id} can never permit anything: never rule {Nevers("en")} always closes all of it.").In(language));
            return;
        }

        foreach (var group in closed.GroupBy(static entry => (entry.Never, entry.Cell.Pair)))
        {
            found.Pair(FindingSeverity.Warning, "closed-part", rule, group.Key.Pair, language => Say.Of(
                $"Sääntö {rule.Id} antaa tiedot {Items("fi")}, mutta ehdoton kielto {found.Names.Prohibition(group.Key.Never!.Id, "fi")} sulkee ne aina.",
                $"Regel {rule.Id} ger uppgifterna {Items("sv")}, men det absoluta förbudet {found.Names.Prohibition(group.Key.Never!.Id, "sv")} stänger dem alltid.",
                $"Rule {rule.Id} gives {Items("en")}, but never rule {found.Names.Prohibition(group.Key.Never!.Id, "en")} always closes it.").In(language));

            string Items(string language) => found.Names.Items(group.Select(static entry => entry.Cell.Key.Item).Distinct(), language);
        }

        string Nevers(string language) => Say.And(closed.Select(static entry => entry.Never!.Id).Distinct().Select(never => found.Names.Prohibition(never, language)), language);
    }

    /// <summary>Masks that always apply and leave nothing.</summary>
    private static void Emptied(FindingList found, DisclosureRule rule)
    {
        foreach (var cell in LawCell.Of(rule).DistinctBy(static cell => (cell.Pair, cell.Key.Item)))
        {
            var masks = NeverRules.Touching(found.Catalogue, cell.Key, rule)
                .Where(mask => !mask.Mask.IsEmpty && !NeverRules.IsLifted(mask, cell.Door) && NeverRules.IsAlways(mask, cell.Door, found.Catalogue))
                .ToArray();
            if (masks.Length > 0 && MaskedElements.HideAll([.. masks.SelectMany(static mask => mask.Mask)], found.Catalogue.Items[cell.Key.Item]))
            {
                found.Pair(FindingSeverity.Error, "empty-item", rule, cell.Pair, language => Say.Of(
                    $"Sääntö {rule.Id} antaa tiedon {found.Names.Item(cell.Key.Item, "fi")}, mutta {masks[0].Id} jättää siitä aina kaiken pois.",
                    $"Regel {rule.Id} ger uppgiften {found.Names.Item(cell.Key.Item, "sv")}, men {masks[0].Id} utelämnar alltid allt i den.",
                    $"Rule {rule.Id} gives {found.Names.Item(cell.Key.Item, "en")}, but {masks[0].Id} always leaves out all of it.").In(language));
            }
        }
    }

    /// <summary>Masks that leave nothing of an item when a fact about the client makes them apply.</summary>
    private static void EmptiedByFact(FindingList found)
    {
        foreach (var mask in found.Catalogue.Prohibitions.Values.Where(static never => !never.Mask.IsEmpty && !never.When.IsEmpty))
        {
            var emptied = mask.Items.Where(item => MaskedElements.HideAll(mask.Mask, found.Catalogue.Items[item])).ToArray();
            if (emptied.Length > 0)
            {
                found.File(FindingSeverity.Note, "empty-when-masked", $"prohibitions/{mask.Id}.yaml", "mask", mask.Id.Value, language => Say.Of(
                    $"Kun {found.Names.Prohibition(mask.Id, "fi")} soveltuu, näistä ei jää jäljelle mitään: {found.Names.Items(emptied, "fi")}.",
                    $"När {found.Names.Prohibition(mask.Id, "sv")} tillämpas återstår inget av detta: {found.Names.Items(emptied, "sv")}.",
                    $"Where {found.Names.Prohibition(mask.Id, "en")} applies, nothing is left of {found.Names.Items(emptied, "en")}.").In(language));
            }
        }
    }
}
