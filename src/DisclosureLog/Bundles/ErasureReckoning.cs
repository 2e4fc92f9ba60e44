// Whether the log itself tells of the records that a bundle lacks.
using Sisote.DisclosureLog.Entries;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>Compares places without a record with those that entries of kind erasure name. Its memory grows with the number of ranges, not of entries.</summary>
internal sealed class ErasureReckoning
{
    private readonly List<(long First, long Last)> gone = [];
    private readonly List<(long First, long Last)> told = [];

    private static ReadOnlySpan<byte> Mark => "\"kind\":\"erasure\""u8;

    /// <summary>Takes note of a place without its record.</summary>
    internal void Gone(long index)
    {
        if (gone.Count > 0 && gone[^1].Last == index - 1)
        {
            gone[^1] = (gone[^1].First, index);
        }
        else
        {
            gone.Add((index, index));
        }
    }

    /// <summary>Takes note of what a record tells; most records tell of something else and are not read.</summary>
    internal void Read(ReadOnlySpan<byte> record)
    {
        if (record.IndexOf(Mark) < 0)
        {
            return;
        }

        try
        {
            told.AddRange((CanonicalForm.Read(record).Erasure?.Ranges ?? []).Select(static range => (range.First, range.Last)));
        }
        catch (FormatException)
        {
            // committed to, and not of a schema known here: whatever it tells, nobody can count on it
        }
    }

    /// <summary>How many of the places without a record no entry tells of.</summary>
    internal long CountUntold()
    {
        told.Sort();
        var (untold, next) = (0L, 0);
        foreach (var (first, last) in gone)
        {
            var place = first;
            while (next < told.Count && told[next].Last < place)
            {
                next++;
            }

            for (var range = next; range < told.Count && told[range].First <= last; range++)
            {
                untold += Math.Max(0, told[range].First - place);
                place = Math.Max(place, told[range].Last + 1);
            }

            untold += Math.Max(0, last - place + 1);
        }

        return untold;
    }
}
