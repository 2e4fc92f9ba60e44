// Times of HL7 version 3 and version 2.
using System.Globalization;

namespace Sisote.Adapters.Cda;

/// <summary>Reads <c>yyyy[MM[dd[HHmm[ss[.fff]]]]][±zzzz]</c>. A time without offset is Finnish local time, for that is who writes it.</summary>
internal static class CdaTime
{
    private static readonly string[] Shapes = ["yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyyMMdd", "yyyyMM", "yyyy"];
    private static readonly Lazy<TimeZoneInfo> Finland = new(static () => TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki"));

    /// <summary>The instant, or null.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        if (text is not { Length: >= 4 and <= 30 })
        {
            return null;
        }

        var sign = text.AsSpan(4).IndexOfAny('+', '-');
        var local = sign < 0 ? text : text[..(sign + 4)];
        var point = local.IndexOf('.', StringComparison.Ordinal);
        local = point < 0 ? local : local[..point];
        if (!DateTime.TryParseExact(local, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        return sign < 0 ? new DateTimeOffset(time, Finland.Value.GetUtcOffset(time)) : WithOffset(time, text[(sign + 4)..]);
    }

    private static DateTimeOffset? WithOffset(DateTime time, string offset) =>
        offset.Length == 5 && int.TryParse(offset.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
        && int.TryParse(offset.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && hours <= 14 && minutes < 60
            ? new DateTimeOffset(time, new TimeSpan(hours, minutes, 0) * (offset[0] == '-' ? -1 : 1))
            : null;
}
