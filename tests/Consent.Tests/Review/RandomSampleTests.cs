// The sample is fair, and it is the same for whoever draws it again.
using CsCheck;
using Sisote.Consent.Review.Rounds;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Tests.Consent.Review;

public sealed class RandomSampleTests
{
    private static readonly Gen<Digest> Seeds = Gen.Byte.Array[Digest.Length].Select(static bytes => new Digest(bytes));
    private static readonly Gen<long[]> Frames = Gen.Long[0, 1_000_000].HashSet[0, 200].Select(static places => places.ToArray());

    [Fact]
    public Task TheSameSeedAndFrameGiveTheSameSampleInWhateverOrderTheFrameIsRead() => Gen.Select(Seeds, Frames, Gen.Int[0, 50], Gen.Int).SampleAsync(async (seed, frame, count, order) =>
    {
        var drawn = await DrawAsync(seed, frame, count);
        var again = await DrawAsync(seed, [.. frame.OrderBy(place => HashCode.Combine(place, order))], count);

        Assert.Equal(drawn, again);
        Assert.Equal(Math.Min(count, frame.Length), drawn.Count);
        Assert.All(drawn, place => Assert.Contains(place, frame));
        Assert.Equal(drawn.Order(), drawn);
    }, iter: 300, threads: 1);

    [Fact]
    public Task AnErasedEntryMakesRoomAndMovesNoOther() => Gen.Select(Seeds, Frames.Where(static frame => frame.Length > 1), Gen.Int[1, 50]).SampleAsync(async (seed, frame, count) =>
    {
        var drawn = await DrawAsync(seed, frame, count);
        var left = await DrawAsync(seed, [.. frame.Where(place => place != drawn[0])], count);

        Assert.All(drawn.Skip(1), place => Assert.Contains(place, left));
    }, iter: 300, threads: 1);

    /// <summary>Chi-squared over 20 places, 5 drawn each of 20,000 times: 99.9 % of fair draws stay below 43.8; a place that is 6 % more likely than another is found.</summary>
    [Fact]
    public async Task EachEntryOfTheFrameIsEquallyLikely()
    {
        const int places = 20, drawn = 5, rounds = 20_000;
        const double limit = 43.8;
        var frame = Enumerable.Range(0, places).Select(static place => (place * 977L) + 12).ToArray();
        var counts = frame.ToDictionary(static place => place, static _ => 0);
        for (var number = 0; number < rounds; number++)
        {
            var seed = new Digest(global::System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)));
            foreach (var place in await DrawAsync(seed, frame, drawn))
            {
                counts[place]++;
            }
        }

        // Drawing without putting back makes the counts of one round depend on one another; dividing by 1 - drawn / places corrects for that.
        var expected = (double)rounds * drawn / places;
        var chiSquared = counts.Values.Sum(count => (count - expected) * (count - expected) / expected) * (places - 1) / places / (1 - ((double)drawn / places));
        Assert.True(chiSquared < limit, $"Chi-squared {chiSquared:F1}.");
    }

    private static Task<IReadOnlyList<long>> DrawAsync(Digest seed, long[] frame, int count) => RandomSample.DrawAsync(seed, frame.ToAsyncEnumerable(), count);
}
