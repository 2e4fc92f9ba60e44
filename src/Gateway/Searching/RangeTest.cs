// Dates, numbers and quantities in a search.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sisote.Gateway.Searching;

/// <summary>A date, number or quantity with its prefix (FHIR R4 3.1.1.4.5): the value of the search is a stretch as wide as its precision, and so is the value that leaves.</summary>
internal sealed partial class RangeTest : SearchTest
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    private readonly string prefix;
    private readonly SearchRange range;
    private readonly bool endsBefore;
    private readonly string? system;
    private readonly string? code;

    private RangeTest(string prefix, SearchRange range, bool endsBefore, string? system = null, string? code = null) =>
        (this.prefix, this.range, this.endsBefore, this.system, this.code) = (prefix, range, endsBefore && range.From < range.To, system, code);

    /// <summary>Reads a date; about a date is a tenth of how long ago it was when the search was asked.</summary>
    internal static RangeTest? ReadDate(string text, DateTimeOffset asked)
    {
        var (prefix, rest) = TakePrefix(text);
        return SearchRange.OfDate(rest) is not { } range ? null
            : new RangeTest(prefix, prefix == "ap" ? range.WidenedBy(Math.Abs(asked.UtcTicks - range.From) / 10) : range, endsBefore: false);
    }

    internal static RangeTest? ReadNumber(string text)
    {
        var (prefix, rest) = TakePrefix(text);
        return RangeOf(prefix, rest) is { } range ? new RangeTest(prefix, range, endsBefore: true) : null;
    }

    internal static RangeTest? ReadQuantity(string text)
    {
        var (prefix, rest) = TakePrefix(text);
        var parts = SearchText.Split(rest, '|').ConvertAll(SearchText.Unescape);
        return parts is not [{ } number, ..] || RangeOf(prefix, number) is not { } range ? null : parts switch
        {
            [_] => new RangeTest(prefix, range, endsBefore: true),
            [_, { } system, { Length: > 0 } code] => new RangeTest(prefix, range, endsBefore: true, system.Length == 0 ? null : system, code),
            _ => null,
        };
    }

    internal override bool Accepts(FoundValue value) =>
        (code is null || (value.Text("code") == code && (system is null || value.Text("system") == system)))
        && SearchRange.Of(value) is { } found && prefix switch
        {
            "ne" => !IsEqual(found),
            "gt" => found.To > range.To,
            "lt" => found.From < range.From,
            "ge" => found.To > range.To || IsEqual(found),
            "le" => found.From < range.From || IsEqual(found),
            "sa" => found.From > range.To,
            "eb" => found.To < range.From,
            "ap" => range.Meets(found),
            _ => IsEqual(found),
        };

    /// <summary>The stretch of a number of some precision ends just before the next one begins.</summary>
    private bool IsEqual(SearchRange found) => range.Holds(found) && !(endsBefore && found.To == range.To);

    private static (string Prefix, string Value) TakePrefix(string text) => text.Length > 2 && Prefixes.Contains(text[..2]) ? (text[..2], text[2..]) : ("eq", text);

    /// <summary>The precision of a number counts where it is to be equal; where it is to be more or less, the number itself does.</summary>
    private static SearchRange? RangeOf(string prefix, string text)
    {
        var found = NumberText().Match(text);
        if (!found.Success || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1e20m)
        {
            return null;
        }

        // FHIR R4 3.1.1.4.6: 100 is 99.5 to 100.5, and 1e2 is 95 to 105.
        var exponent = found.Groups["exponent"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) - 1 : 0;
        var place = exponent - found.Groups["fraction"].Length;
        var half = place is < -20 or > 20 ? 0 : (place < 0 ? 1 / PowerOfTen(-place) : PowerOfTen(place)) / 2;
        return prefix switch
        {
            "eq" or "ne" => new SearchRange(number - half, number + half),
            "ap" => new SearchRange(number, number).WidenedBy(Math.Abs(number) / 10),
            _ => new SearchRange(number, number),
        };
    }

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    [GeneratedRegex(@"\A-?[0-9]{1,18}(?:\.(?<fraction>[0-9]{1,10}))?(?:[eE](?<exponent>-?[0-9]{1,2}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberText();
}
