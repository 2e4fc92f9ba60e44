// Hides in one table what its hidden figures need.
namespace Sisote.Policy.Figures;

/// <summary>
/// Protects the hidden figures of one table. Several of them share what is hidden: the table that is published, and for each who knows a part of it the table of what they do not know.
/// </summary>
internal sealed class TableHiding(FigureTable table, bool isPublished, int smallest, bool[] hidden, SaidBefore[] said, long[] prices, HashSet<(int Dimension, int Sum)> mixed)
{
    private readonly HidingCubes cubes = new(table, smallest, hidden, said, prices);
    private readonly bool[] done = new bool[table.Size];

    /// <summary>Hides around every hidden figure that was not seen to; null where one cannot be protected, else whether there was one. What protects a figure goes on doing so when more is hidden.</summary>
    public bool? HideAround()
    {
        var open = Enumerable.Range(0, table.Size).Where(place => hidden[place] && !done[place] && (isPublished || table.IsSmall(place, smallest))).OrderBy(place => prices[place]).ToArray();
        foreach (var place in open)
        {
            if (!cubes.Hide(place))
            {
                return null;
            }

            if (table.IsSmall(place, smallest))
            {
                HideOthers(place);
            }

            done[place] = true;
        }

        return open.Length > 0;
    }

    /// <summary>Hides in the lines of a small figure something that is not small, where there is such a figure.</summary>
    private void HideOthers(int place)
    {
        for (var dimension = 0; dimension < table.Dimensions.Length; dimension++)
        {
            var line = table.LineOf(place, dimension).ToArray();
            if (!mixed.Contains((dimension, line[^1])))
            {
                continue;
            }

            var others = line.Where(one => !table.IsSmall(one, smallest) && said[one] != SaidBefore.Shown).ToArray();
            if (others.Length > 0 && !others.Any(one => hidden[one]))
            {
                hidden[others.MinBy(one => prices[one])] = true;
            }
        }
    }
}
