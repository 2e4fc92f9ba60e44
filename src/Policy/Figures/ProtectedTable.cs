// What may be said of a table.
using System.Collections.Immutable;

namespace Sisote.Policy.Figures;

/// <summary>A table of which some figures are hidden, so that no small one can be computed from the rest. Made only by <see cref="Suppression"/>.</summary>
/// <remarks>A small figure and one that is hidden for its sake look the same: a mark that told them apart would help to compute.</remarks>
public sealed class ProtectedTable
{
    private const char Hidden = 'x';
    private const char Said = '.';

    private readonly bool[] hidden;

    internal ProtectedTable(FigureTable table, int smallest, bool[] hidden) => (Table, Smallest, this.hidden) = (table, smallest, hidden);

    /// <summary>The smallest figure of persons that is said.</summary>
    public int Smallest { get; }

    /// <summary>The dimensions, in the order of codes.</summary>
    public ImmutableArray<FigureDimension> Dimensions => Table.Dimensions;

    /// <summary>How many cells there are, sums included.</summary>
    public int Size => hidden.Length;

    /// <summary>How many of them are hidden.</summary>
    public int HiddenCount => hidden.Count(static one => one);

    /// <summary>What is hidden, one character for each place: <c>x</c> hidden, <c>.</c> said.</summary>
    public string Pattern => string.Concat(hidden.Select(static one => one ? Hidden : Said));

    internal FigureTable Table { get; }

    /// <summary>The table as it was published; null where the pattern is not one of this table, or says a small figure: then nothing of it is said.</summary>
    public static ProtectedTable? Read(FigureTable table, int smallest, string pattern)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.Length == table.Size && smallest >= Suppression.Floor && pattern.Select((mark, place) => mark == Hidden || (mark == Said && !table.IsSmall(place, smallest))).All(static fits => fits)
            ? new ProtectedTable(table, smallest, [.. pattern.Select(static mark => mark == Hidden)])
            : null;
    }

    /// <summary>Whether the figure at a place is hidden.</summary>
    public bool IsHidden(int place) => hidden[place];

    /// <summary>The figure at a place; null where it is hidden.</summary>
    public long? At(int place) => hidden[place] ? null : Table.At(place);

    /// <summary>The codes of a place, null where it is a sum.</summary>
    public ImmutableArray<string?> CodesAt(int place) => Table.CodesAt(place);

    /// <summary>The place of a cell or sum; null where there is none.</summary>
    public int? Find(ImmutableArray<string?> codes) => Table.Find(codes);
}
