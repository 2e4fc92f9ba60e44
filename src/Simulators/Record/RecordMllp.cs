// The record's MLLP door and line.
using System.Net;
using System.Net.Sockets;

namespace Sisote.Simulators.Record;

/// <summary>Listens for messages on the loopback address and answers each; sends messages of its own.</summary>
internal sealed class RecordMllp(int port, Func<byte[], byte[]> answer) : IAsyncDisposable
{
    private const int MaxMessage = 1024 * 1024;

    /// <summary>Longer than whoever takes a message may take to hand it on (Sisote gives its gateway half a minute): a sender who gives up first would call not sent what arrives.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private readonly TcpListener listener = new(IPAddress.Loopback, port);
    private readonly CancellationTokenSource stop = new();
    private Task accepting = Task.CompletedTask;

    /// <summary>The real port, once started.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Opens the door.</summary>
    public void Start()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Sends a message and gives the answer's bytes, or null where none came.</summary>
    public static async Task<byte[]?> SendAsync(Uri address, byte[] message, TimeProvider clock, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var line = new TcpClient();
            await line.ConnectAsync(address.Host, address.Port, limit.Token);
            await line.GetStream().WriteAsync(Frame(message), limit.Token);
            await using var input = new BufferedStream(line.GetStream());
            return await ReadAsync(input, limit.Token);
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                var line = await listener.AcceptTcpClientAsync(stop.Token);
                lines.RemoveAll(static task => task.IsCompleted);
                lines.Add(ServeAsync(line));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task ServeAsync(TcpClient line)
    {
        using (line)
        {
            try
            {
                await using var input = new BufferedStream(line.GetStream());
                while (await ReadAsync(input, stop.Token) is { } message)
                {
                    await line.GetStream().WriteAsync(Frame(answer(message)), stop.Token);
                }
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
            {
                return; // the other side is gone: it will come again with the same control id
            }
        }
    }

    private static async Task<byte[]?> ReadAsync(BufferedStream stream, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var message = new MemoryStream();
        var one = new byte[1];
        var last = -1;
        while (message.Length < MaxMessage && await stream.ReadAsync(one, limit.Token) == 1)
        {
            if (last == 0x1C && one[0] == 0x0D)
            {
                var bytes = message.ToArray();
                return bytes.Length > 1 && bytes[0] == 0x0B ? bytes[1..^1] : null;
            }

            message.Write(one);
            last = one[0];
        }

        return null;
    }

    private static byte[] Frame(byte[] message) => [0x0B, .. message, 0x1C, 0x0D];
}
