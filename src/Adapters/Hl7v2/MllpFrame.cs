// The minimal lower layer protocol: where a message begins and ends in a stream.
namespace Sisote.Adapters.Hl7v2;

/// <summary>What the next frame of a stream is.</summary>
internal abstract record MllpFraming
{
    private MllpFraming()
    {
    }

    /// <summary>A whole message.</summary>
    internal sealed record Message(byte[] Bytes) : MllpFraming;

    /// <summary>The other side closed between messages.</summary>
    internal sealed record Closed : MllpFraming;

    /// <summary>Bytes outside a frame, a frame that ends in the middle, or one that is too large: the connection is of no more use.</summary>
    internal sealed record Broken(string Reason) : MllpFraming;
}

/// <summary>Reads and writes MLLP frames on one stream: 0x0B message 0x1C 0x0D.</summary>
/// <param name="stream">The connection.</param>
/// <param name="maxBytes">The largest message.</param>
internal sealed class MllpStream(Stream stream, int maxBytes)
{
    private const byte Start = 0x0B;
    private const byte End = 0x1C;
    private const byte Return = 0x0D;

    private readonly byte[] buffer = new byte[8192];
    private int at;
    private int filled;

    /// <summary>Reads the next frame.</summary>
    public async Task<MllpFraming> ReadAsync(CancellationToken cancellation)
    {
        int next;
        do
        {
            next = await NextAsync(cancellation);
        }
        while (next is Return or '\n'); // tolerated between frames: some senders end with CR LF

        if (next != Start)
        {
            return next < 0 ? new MllpFraming.Closed() : new MllpFraming.Broken("bytes outside a frame");
        }

        using var message = new MemoryStream();
        while (await NextAsync(cancellation) is >= 0 and var value)
        {
            if (value == End)
            {
                return await NextAsync(cancellation) == Return ? new MllpFraming.Message(message.ToArray()) : new MllpFraming.Broken("a frame without its end");
            }

            if (value == Start || message.Length == maxBytes)
            {
                return new MllpFraming.Broken(value == Start ? "a frame inside a frame" : "a frame that is too large");
            }

            message.WriteByte((byte)value);
        }

        return new MllpFraming.Broken("a frame that ends in the middle");
    }

    /// <summary>Writes a frame.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        byte[] frame = [Start, .. message.Span, End, Return];
        await stream.WriteAsync(frame, cancellation);
        await stream.FlushAsync(cancellation);
    }

    private async ValueTask<int> NextAsync(CancellationToken cancellation)
    {
        if (at == filled)
        {
            (at, filled) = (0, await stream.ReadAsync(buffer, cancellation));
            if (filled == 0)
            {
                return -1;
            }
        }

        return buffer[at++];
    }
}
