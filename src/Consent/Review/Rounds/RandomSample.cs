// Draws a random sample that anybody can draw again.
using System.Buffers.Binary;
using System.Security.Cryptography;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Review.Rounds;

/// <summary>Gives each place of the log a number that follows from the seed, and takes those with the smallest.</summary>
/// <remarks>
/// The number is the first 16 bytes, big-endian, of HMAC-SHA-256 under the seed over the place as 8 bytes, big-endian. Without the seed the numbers are as good as random, so each set of places is
/// as likely as any other; with it they are fixed, whatever the order in which the places are read. An entry that is erased later only makes room: the others keep their numbers.
/// </remarks>
internal static class RandomSample
{
    /// <summary>Draws.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="frame">The places to draw from, each once, in any order; never held in memory as a whole.</param>
    /// <param name="count">How many; fewer where the frame has fewer.</param>
    /// <returns>The places drawn, in the order of the log.</returns>
    public static async Task<IReadOnlyList<long>> DrawAsync(Digest seed, IAsyncEnumerable<long> frame, int count)
    {
        var key = seed.ToArray();
        var drawn = new SortedSet<(UInt128 Number, long Place)>();
        await foreach (var place in frame)
        {
            drawn.Add((NumberOf(key, place), place));
            if (drawn.Count > count)
            {
                drawn.Remove(drawn.Max);
            }
        }

        return [.. drawn.Select(static one => one.Place).Order()];
    }

    private static UInt128 NumberOf(byte[] key, long place)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
