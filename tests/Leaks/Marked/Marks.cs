// Unique marks, one for each place in a resource, that any answer can be searched for.
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sisote.Tests.Leaks.Marked;

/// <summary>Gives every element path a number, and writes the number in whatever kind of value stands there: a text, a code, a number, a date.</summary>
internal static partial class Marks
{
    private const int Numbers = 910_000_000;
    private static readonly DateOnly Days = new(1000, 1, 1);
    private static readonly ConcurrentDictionary<string, int> NumberOf = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<int, string> PathOf = new();

    /// <summary>The number of a path.</summary>
    public static int At(string path) => NumberOf.GetOrAdd(path, static path =>
    {
        lock (PathOf)
        {
            var number = PathOf.Count + 1;
            PathOf[number] = path;
            return number;
        }
    });

    /// <summary>A mark that is a text, a code, an id and base64 alike.</summary>
    public static string Text(string path) => string.Create(CultureInfo.InvariantCulture, $"m{At(path):000000}k");

    /// <summary>A mark that is a number.</summary>
    public static int Number(string path) => Numbers + At(path);

    /// <summary>A mark that is a day.</summary>
    public static string Day(string path) => Days.AddDays(At(path)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A mark that is a time of day.</summary>
    public static string Time(string path) => string.Create(CultureInfo.InvariantCulture, $"23:59:59.{At(path):000000}");

    /// <summary>The paths whose marks stand somewhere in a text.</summary>
    public static IReadOnlySet<string> FindIn(string text)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match match in Any().Matches(Handle().Replace(text, string.Empty)))
        {
            var number = match.Groups["day"].Success
                ? DateOnly.TryParse(match.Groups["day"].Value, CultureInfo.InvariantCulture, out var day) ? day.DayNumber - Days.DayNumber : 0
                : int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            if (PathOf.TryGetValue(number, out var path))
            {
                found.Add(path);
            }
        }

        return found;
    }

    /// <summary>The text with other values where the marks of some paths stand: as a source that differs in these elements has it.</summary>
    public static string Change(string text, Func<string, bool> isChanged) => Any().Replace(text, match => FindIn(match.Value).Any(isChanged)
        ? (match.Value[0] switch { 'm' => "w", '9' => "8", '1' => "2", _ => "1" }) + match.Value[1..]
        : match.Value);

    [GeneratedRegex(@"m(?<number>\d{6})k|(?<![0-9A-Za-z])91(?<number>\d{7})(?![0-9A-Za-z])|23:59:59\.(?<number>\d{6})|(?<day>1\d{3}-\d\d-\d\d)")]
    private static partial Regex Any();

    // Sixty-four characters of ciphertext: what looks like a mark in there is chance.
    [GeneratedRegex(@"(?<![A-Za-z0-9.\-])[A-Za-z0-9.\-]{64}(?![A-Za-z0-9.\-])")]
    private static partial Regex Handle();
}
