// A source that costs next to nothing: it reads a request to its end and sends bytes that were made before.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>HTTP/1.1 on a socket, as little of it as the forwarders need. What it answers depends on the address alone.</summary>
internal sealed class RawSource : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] observation = Answer(MinimiseInputs.Make("Observation 2 KB"));
    private readonly byte[] patient = Answer(Searchset(MinimiseInputs.Make("Patient 10 KB")));
    private readonly byte[] bundle = Answer(MinimiseInputs.Make("Bundle 200 KB"));

    public RawSource()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        _ = AcceptAsync();
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/"));

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync());
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return; // closed
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        connection.NoDelay = true;
        var request = new byte[16 * 1024];
        var filled = 0;
        try
        {
            while (await connection.ReceiveAsync(request.AsMemory(filled)) is > 0 and var count)
            {
                filled += count;
                var head = request.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
                if (head < 0 || filled < head + 4 + RawHead.ContentLength(request.AsSpan(0, head)))
                {
                    continue;
                }

                await connection.SendAsync(Choose(request.AsSpan(0, head)));
                filled = 0; // nobody sends a second request before the first is answered
            }
        }
        catch (SocketException)
        {
            return;
        }
        finally
        {
            connection.Dispose();
        }
    }

    private byte[] Choose(ReadOnlySpan<byte> head)
    {
        var target = head[..head.IndexOf((byte)'\r')];
        return target.IndexOf("/Patient"u8) > 0 ? patient : target.IndexOf("/Observation/_search"u8) > 0 || target.IndexOf("/Observation?"u8) > 0 ? bundle : observation;
    }

    private static byte[] Searchset(byte[] resource) => [.. "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"u8, .. resource, .. "}]}"u8];

    private static byte[] Answer(byte[] body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: {body.Length}\r\n\r\n")), .. body];
}

/// <summary>What must be known of a message's head.</summary>
internal static class RawHead
{
    /// <summary>The length of the body that follows; 0 where none is named.</summary>
    internal static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return 0;
        }

        var number = head[(at + 16)..];
        var end = number.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? number : number[..end], CultureInfo.InvariantCulture);
    }
}
