// How the log writes an instant.
using System.Globalization;

namespace Sisote.DisclosureLog.Entries;

/// <summary>Instants as <c>2026-11-22T17:05:09.123Z</c>: UTC, always milliseconds, 24 characters; what is finer is cut off.</summary>
public static class CanonicalTime
{
    /// <summary>Number of characters.</summary>
    public const int Length = 24;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Cuts an instant to what the log keeps of it.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>Writes an instant.</summary>
    public static string Write(DateTimeOffset time) => Cut(time).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Write"/> wrote; false for any other form.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
