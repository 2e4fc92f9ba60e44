// The body of a source's answer, read whole.
using System.Threading.RateLimiting;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Forwarding;

/// <summary>How reading a body ended.</summary>
internal enum BodyReading
{
    Whole,
    TooLarge,

    /// <summary>There was no room for it in time.</summary>
    Crowded,
}

/// <summary>A body in memory, with the room that it takes until it is disposed of.</summary>
internal sealed class AnswerBody : IDisposable
{
    private RateLimitLease? space;

    internal PooledBytes Bytes { get; private set; } = null!;

    /// <summary>Reads a body up to a size. Room for a large one is there before it is read; one that does not say how long it is counts as small until it is not, and then as the largest.</summary>
    internal async Task<BodyReading> ReadAsync(HttpContent content, AnswerRoom room, int largest, CancellationToken limit)
    {
        var length = content.Headers.ContentLength;
        if (length > largest)
        {
            return BodyReading.TooLarge;
        }

        var expected = (int)(length ?? Math.Min(AnswerRoom.Block, largest));
        if (expected > AnswerRoom.Block && !await TryTakeAsync(room, expected, limit))
        {
            return BodyReading.Crowded;
        }

        Bytes = new PooledBytes(Math.Max(expected, 1));
        await using var stream = await content.ReadAsStreamAsync(limit);
        await FillAsync(stream, expected, limit);
        if (length is not null)
        {
            return BodyReading.Whole; // exactly so many bytes: the HTTP stack hands out neither more nor fewer
        }

        if (Bytes.Length == AnswerRoom.Block)
        {
            if (!await TryTakeAsync(room, largest, limit))
            {
                return BodyReading.Crowded;
            }

            await FillAsync(stream, largest, limit);
        }

        return await stream.ReadAsync(new byte[1], limit) == 0 ? BodyReading.Whole : BodyReading.TooLarge;
    }

    /// <summary>Gives the memory back, not the room.</summary>
    internal void Forget() => Bytes?.Dispose();

    public void Dispose()
    {
        Bytes?.Dispose();
        space?.Dispose();
    }

    private async ValueTask FillAsync(Stream stream, int size, CancellationToken limit)
    {
        while (Bytes.Length < size)
        {
            var space = Bytes.Room(1);
            var count = await stream.ReadAsync(space[..Math.Min(space.Length, size - Bytes.Length)], limit);
            if (count == 0)
            {
                return;
            }

            Bytes.Advance(count);
        }
    }

    private async ValueTask<bool> TryTakeAsync(AnswerRoom room, long bytes, CancellationToken limit) => (space = await room.TakeAsync(bytes, limit)) is not null;
}
