// Neighbouring places of the log.
namespace Sisote.DisclosureLog.Entries;

/// <summary>Places from one to another, both included.</summary>
public sealed record LogRange
{
    /// <summary>The first place.</summary>
    public required long First { get; init; }

    /// <summary>The last place.</summary>
    public required long Last { get; init; }

    /// <summary>Ascending places as few ranges.</summary>
    public static IReadOnlyList<LogRange> Join(IEnumerable<long> ascending)
    {
        ArgumentNullException.ThrowIfNull(ascending);
        var ranges = new List<LogRange>();
        foreach (var place in ascending)
        {
            if (ranges.Count > 0 && ranges[^1].Last == place - 1)
            {
                ranges[^1] = ranges[^1] with { Last = place };
            }
            else
            {
                ranges.Add(new LogRange { First = place, Last = place });
            }
        }

        return ranges;
    }
}
