// The smallest figure of persons that the law lets be said.
using System.Globalization;
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Figures;

/// <summary>Reads the obligation <c>min-cell-N</c>: no figure of fewer than N persons is said.</summary>
public static class SmallestFigure
{
    private const string Prefix = "min-cell-";

    /// <summary>The greatest of the obligations of all rules of the catalogue, 5 at the least: a table is published for everybody, so the strictest rule holds for it.</summary>
    public static int Of(LegalCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return Of(catalogue.Rules.Values.SelectMany(static rule => rule.Obligations));
    }

    /// <summary>The greatest that these obligations ask for, 5 at the least; the greatest number there is for an obligation of this kind that cannot be read, so that nothing but 0 is said.</summary>
    public static int Of(IEnumerable<string> obligations)
    {
        ArgumentNullException.ThrowIfNull(obligations);
        return obligations.Where(static one => one.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static one => int.TryParse(one.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
            .Append(Suppression.Floor).Max();
    }
}
