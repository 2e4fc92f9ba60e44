// Listens for messages and answers each with its acknowledgement.
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Sisote.Adapters.Hl7v2;

/// <summary>
/// An MLLP door: only the peers named, a bounded number of connections, bounded messages, and a bounded time for each; any number of messages on one
/// connection, each answered before the next is read.
/// </summary>
internal sealed class MllpListener : IAsyncDisposable
{
    private const int MaxMessage = 1024 * 1024;
    private const int MaxConnections = 50;

    private readonly TcpListener listener;
    private readonly MllpListenerOptions options;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> answer;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim places = new(MaxConnections);
    private Task accepting = Task.CompletedTask;

    /// <summary>Makes the door; it opens with <see cref="Start"/>.</summary>
    /// <param name="options">Where and for whom.</param>
    /// <param name="answer">Gives the acknowledgement of a message's bytes.</param>
    /// <param name="log">Diagnostics.</param>
    public MllpListener(MllpListenerOptions options, Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> answer, ILogger log)
    {
        this.options = options;
        this.answer = answer;
        this.log = log;
        listener = new TcpListener(options.At);
    }

    /// <summary>The real port, once started.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Opens the door.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public void Start()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
        places.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await places.WaitAsync(stop.Token);
                var connection = await listener.AcceptTcpClientAsync(stop.Token);
                connections.RemoveAll(static task => task.IsCompleted);
                connections.Add(ServeAsync(connection));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Log.ListenerStopped(log, options.Name);
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                if (connection.Client.RemoteEndPoint is IPEndPoint { Address: var peer } && options.Peers.Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer))
                {
                    await TalkAsync(connection.GetStream());
                }
                else
                {
                    Log.PeerRefused(log, options.Name);
                }
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
            {
                Log.ConnectionLost(log, options.Name);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        var frames = new MllpStream(stream, MaxMessage);
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            limit.CancelAfter(options.Idle);
            switch (await frames.ReadAsync(limit.Token))
            {
                case MllpFraming.Message(var bytes):
                    var acknowledgement = await answer(bytes, stop.Token);
                    limit.CancelAfter(options.Idle);
                    await frames.WriteAsync(acknowledgement, limit.Token);
                    break;
                case MllpFraming.Broken(var reason):
                    Log.FrameBroken(log, options.Name, reason);
                    return;
                default:
                    return;
            }
        }
    }
}

/// <summary>Where an MLLP door is and whom it lets in.</summary>
internal sealed record MllpListenerOptions
{
    /// <summary>Name of the system in diagnostics.</summary>
    public required string Name { get; init; }

    /// <summary>Address and port; port 0 = any free one.</summary>
    public required IPEndPoint At { get; init; }

    /// <summary>Addresses that may connect; MLLP itself knows no sign-in.</summary>
    public required ImmutableHashSet<IPAddress> Peers { get; init; }

    /// <summary>How long a connection may be silent, or a message may take to come in.</summary>
    public required TimeSpan Idle { get; init; }
}
