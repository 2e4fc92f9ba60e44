// How tile numbers become path elements.
using System.Globalization;

namespace Sisote.DisclosureLog.Tiles;

/// <summary>Three digits for each path element, all but the last with <c>x</c> before them; <c>.p/W</c> where the width is partial.</summary>
internal static class TilePath
{
    private const long Group = 1000;

    internal static string Write(long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNotEqual(width is >= 1 and <= TileAddress.FullWidth, true, nameof(width));
        var path = Digits(index % Group);
        for (var rest = index / Group; rest > 0; rest /= Group)
        {
            path = $"x{Digits(rest % Group)}/{path}";
        }

        return width == TileAddress.FullWidth ? path : string.Create(CultureInfo.InvariantCulture, $"{path}.p/{width}");
    }

    /// <summary>Reads an index and a width; lenient, because the caller compares with what <see cref="Write"/> says.</summary>
    internal static bool TryRead(string text, out long index, out int width)
    {
        (index, width) = (0, TileAddress.FullWidth);
        var partial = text.IndexOf(".p/", StringComparison.Ordinal);
        if (partial >= 0 && !(int.TryParse(text.AsSpan(partial + 3), NumberStyles.None, CultureInfo.InvariantCulture, out width) && width is >= 1 and < TileAddress.FullWidth))
        {
            return false;
        }

        foreach (var element in (partial < 0 ? text : text[..partial]).Split('/'))
        {
            if (index > long.MaxValue / Group - 1 || !int.TryParse(element.AsSpan(element.StartsWith('x') ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out var digits) || digits >= Group)
            {
                return false;
            }

            index = (index * Group) + digits;
        }

        return true;
    }

    private static string Digits(long group) => group.ToString("000", CultureInfo.InvariantCulture);
}
