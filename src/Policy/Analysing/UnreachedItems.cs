// Items that nobody but the client may get.
using Sisote.Policy.Cells;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Analysing;

internal static class UnreachedItems
{
    internal static void Find(FindingList found)
    {
        var reached = LawCell.Of(found.Catalogue)
            .Where(static cell => !IsOwnView(cell))
            .Where(cell => !NeverRules.Touching(found.Catalogue, cell.Key, cell.Rule)
                .Any(never => never.Mask.IsEmpty && !NeverRules.IsLifted(never, cell.Door) && NeverRules.IsAlways(never, cell.Door, found.Catalogue)))
            .Select(static cell => cell.Key.Item)
            .ToHashSet();
        foreach (var item in found.Catalogue.Items.Keys.Where(item => !reached.Contains(item)))
        {
            Explain(found, item);
        }
    }

    /// <summary>The client's own view: from anybody, to a person who stands for the client.</summary>
    private static bool IsOwnView(LawCell cell) => cell.Key.From.IsAnybody && !cell.Key.To.IsAnybody;

    private static void Explain(FindingList found, DataItemId item)
    {
        var nevers = found.Catalogue.Prohibitions.Values.Where(never => never.Mask.IsEmpty && never.Items.Contains(item)).Select(static never => never.Id).OrderBy(static never => never.Value, StringComparer.Ordinal).ToArray();
        var isClients = LawCell.Of(found.Catalogue).Any(cell => IsOwnView(cell) && cell.Key.Item == item && cell.Rule.Items.Length < found.Catalogue.Items.Count);
        found.File(nevers.Length > 0 || isClients ? FindingSeverity.Note : FindingSeverity.Warning, "item-nobody-gets", $"items/{item}.yaml", "id", item.Value, language =>
            Say.Of(
                $"Tietoa {found.Names.Item(item, "fi")} ({item}) ei voi saada kukaan muu kuin asiakas, hänen huoltajansa tai edustajansa.",
                $"Uppgiften {found.Names.Item(item, "sv")} ({item}) kan ingen annan få än klienten, vårdnadshavaren eller en företrädare.",
                $"Nobody but the client, a guardian or a representative may get {found.Names.Item(item, "en")} ({item}).").In(language)
            + (nevers.Length == 0 ? string.Empty : " " + Say.Of("Sitä koskee ehdoton kielto ", "Den omfattas av det absoluta förbudet ", "It is named by never rule ").In(language) + Say.And(nevers.Select(never => found.Names.Prohibition(never, language)), language) + "."));
    }
}
