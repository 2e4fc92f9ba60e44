// Callers that cost next to nothing: requests made before, sent over sockets that stay open.
using System.Diagnostics;
using System.Net.Sockets;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>What one stretch of load gave: how many answers in which time, and how long each took, in ticks of the stopwatch.</summary>
internal sealed record Stretch(TimeSpan Elapsed, IReadOnlyList<long> Times)
{
    public double PerSecond => Times.Count / Elapsed.TotalSeconds;
}

/// <summary>A fixed number of connections to one contender, each sending the same request again and again. An answer that is not 200, or of another length than the first, ends the run.</summary>
internal sealed class Load : IDisposable
{
    private readonly Socket[] sockets;
    private readonly byte[][] buffers;
    private readonly byte[] request;
    private int expected;

    private Load(Uri address, byte[] request, int connections)
    {
        this.request = request;
        sockets = [.. Enumerable.Range(0, connections).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })];
        buffers = [.. sockets.Select(static _ => new byte[256 * 1024])];
        Array.ForEach(sockets, socket => socket.Connect(address.Host, address.Port));
    }

    /// <summary>Bytes of the body that comes back.</summary>
    public int BodyLength => expected;

    public static async Task<Load> OpenAsync(Uri address, byte[] request, int connections)
    {
        var load = new Load(address, request, connections);
        await load.CallAsync(0);
        return load;
    }

    /// <summary>Every connection sends its next request as soon as it has its answer.</summary>
    public async Task<Stretch> RunAsync(TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(Enumerable.Range(0, sockets.Length).Select(place => Task.Run(async () =>
        {
            var own = new List<long>(4096);
            for (var before = Stopwatch.GetTimestamp(); before < end;)
            {
                await CallAsync(place);
                var now = Stopwatch.GetTimestamp();
                own.Add(now - before);
                before = now;
            }

            return own;
        })));
        return new Stretch(Stopwatch.GetElapsedTime(start), [.. times.SelectMany(static own => own)]);
    }

    /// <summary>So many requests a second, whatever the answers take; a request's time counts from when it was due.</summary>
    public async Task<Stretch> RunAsync(TimeSpan length, double perSecond)
    {
        var due = System.Threading.Channels.Channel.CreateUnbounded<long>();
        var start = Stopwatch.GetTimestamp();
        var callers = Task.WhenAll(Enumerable.Range(0, sockets.Length).Select(place => Task.Run(async () =>
        {
            var own = new List<long>(4096);
            await foreach (var moment in due.Reader.ReadAllAsync())
            {
                await CallAsync(place);
                own.Add(Stopwatch.GetTimestamp() - moment);
            }

            return own;
        })));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var sent = 0; Stopwatch.GetElapsedTime(start) < length;)
        {
            await timer.WaitForNextTickAsync();
            for (var now = Stopwatch.GetTimestamp(); sent < perSecond * Stopwatch.GetElapsedTime(start, now).TotalSeconds; sent++)
            {
                due.Writer.TryWrite(now);
            }
        }

        due.Writer.Complete();
        return new Stretch(Stopwatch.GetElapsedTime(start), [.. (await callers).SelectMany(static own => own)]);
    }

    public void Dispose() => Array.ForEach(sockets, static socket => socket.Dispose());

    private async ValueTask CallAsync(int place)
    {
        var (socket, buffer) = (sockets[place], buffers[place]);
        await socket.SendAsync(request);
        var (filled, whole) = (0, 0);
        while (whole == 0 || filled < whole)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (count == 0)
            {
                throw new InvalidOperationException("A contender closed the connection.");
            }

            filled += count;
            whole = whole == 0 ? Whole(buffer.AsSpan(0, filled)) : whole;
        }
    }

    /// <summary>The length of the answer with its head; 0 while the head is not complete.</summary>
    private int Whole(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return 0;
        }

        var body = RawHead.ContentLength(bytes[..head]);
        if (!bytes.StartsWith("HTTP/1.1 200"u8) || (expected != 0 && body != expected))
        {
            throw new InvalidOperationException("A contender answered something else than before.");
        }

        expected = body;
        return head + 4 + body;
    }
}
