// A network between the room and PostgreSQL that breaks at the worst moment.
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sisote.Tests.Consent.Keeping;

/// <summary>Hands bytes on between the room and the server. Armed, it lets the next commit through and then breaks every connection before the server's answer comes back.</summary>
internal sealed class LosingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource open = new();
    private readonly EndPoint server;
    private readonly Task accepting;
    private int armed;
    private int lost;

    private LosingProxy(EndPoint server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>How many answers to a commit were lost.</summary>
    public int Lost => lost;

    /// <summary>Stands between a room and a database; the connection string that leads through it.</summary>
    public static (LosingProxy Proxy, string Connection) Before(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        var port = builder.Port;
        var proxy = new LosingProxy(builder.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{builder.Host}/.s.PGSQL.{port}") : new DnsEndPoint(builder.Host, port));
        (builder.Host, builder.Port, builder.SslMode) = ("127.0.0.1", ((IPEndPoint)proxy.listener.LocalEndpoint).Port, SslMode.Disable);
        return (proxy, builder.ConnectionString);
    }

    public void Arm() => Interlocked.Exchange(ref armed, 1);

    public async ValueTask DisposeAsync()
    {
        await open.CancelAsync();
        listener.Dispose();
        await accepting;
        open.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = HandOnAsync(await listener.AcceptSocketAsync(open.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // closed
        }
    }

    private async Task HandOnAsync(Socket room)
    {
        using var database = new Socket(server.AddressFamily == AddressFamily.Unix ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, server.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        using (room)
        {
            var losing = false;
            try
            {
                await database.ConnectAsync(server, open.Token);
                await Task.WhenAny(CopyAsync(room, database, IsLost), CopyAsync(database, room, _ => losing));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // either side is gone
            }

            bool IsLost(ReadOnlyMemory<byte> bytes)
            {
                losing |= bytes.Span.IndexOf("COMMIT"u8) >= 0 && Interlocked.Exchange(ref armed, 0) == 1;
                return false;
            }
        }
    }

    /// <summary>Copies until one side closes, or until what arrives is to be lost.</summary>
    private async Task CopyAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> loses)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, open.Token) is > 0 and var count)
        {
            if (loses(buffer.AsMemory(0, count)))
            {
                Interlocked.Increment(ref lost);
                return;
            }

            for (var sent = 0; sent < count; sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), open.Token))
            {
            }
        }
    }
}
