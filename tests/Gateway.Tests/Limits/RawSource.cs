// A source on a bare socket, which can say what no HTTP server would let it say.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Limits;

/// <summary>Finds the Patient as an ordinary source does; everything else is answered by the test, byte by byte.</summary>
public sealed class RawSource : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private long sent;
    private int asked;

    private RawSource(Func<RawSource, NetworkStream, CancellationToken, Task> answer)
    {
        listener.Start();
        _ = AcceptAsync(answer);
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));

    /// <summary>Bytes that left for a gateway that took them.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Requests but those for the Patient.</summary>
    public int Asked => Volatile.Read(ref asked);

    /// <summary>Ends with the gateway's closing of a connection while it was being answered.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static RawSource Start(Func<RawSource, NetworkStream, CancellationToken, Task> answer) => new(answer);

    /// <summary>A search answer with these resources.</summary>
    public static string Searchset(IEnumerable<string> resources) =>
        $$"""{"resourceType":"Bundle","type":"searchset","entry":[{{string.Join(',', resources.Select(static resource => $$"""{"resource":{{resource}}}"""))}}]}""";

    public static string Head(long? length, params string[] more) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n{(length is { } known ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {known}\r\n") : string.Empty)}{string.Concat(more.Select(static line => line + "\r\n"))}\r\n";

    public async Task SendAsync(NetworkStream connection, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await connection.WriteAsync(bytes, cancellation);
        Interlocked.Add(ref sent, bytes.Length);
    }

    public Task SendAsync(NetworkStream connection, string text, CancellationToken cancellation) => SendAsync(connection, Encoding.UTF8.GetBytes(text), cancellation);

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync(Func<RawSource, NetworkStream, CancellationToken, Task> answer)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(), answer);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return; // the test is over
        }
    }

    private async Task ServeAsync(TcpClient client, Func<RawSource, NetworkStream, CancellationToken, Task> answer)
    {
        using var _ = client;
        await using var connection = client.GetStream();
        try
        {
            while (await ReadHeadAsync(connection) is { } head)
            {
                if (head.Contains("/Patient/_search", StringComparison.Ordinal))
                {
                    var patient = Searchset([Some.Patient(Some.Aino).ToJsonString()]);
                    await connection.WriteAsync(Encoding.UTF8.GetBytes(Head(Encoding.UTF8.GetByteCount(patient)) + patient));
                }
                else
                {
                    Interlocked.Increment(ref asked);
                    await answer(this, connection, CancellationToken.None);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            Closed.TrySetResult();
        }
    }

    /// <summary>The head of the next request, with its body read and thrown away.</summary>
    private static async Task<string?> ReadHeadAsync(NetworkStream connection)
    {
        var text = new StringBuilder();
        var one = new byte[4096];
        while (await connection.ReadAsync(one) is > 0 and var count)
        {
            text.Append(Encoding.ASCII.GetString(one, 0, count));
            var whole = text.ToString();
            var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && whole.Length >= end + 4 + LengthIn(whole[..end]))
            {
                return whole[..end];
            }
        }

        return null;
    }

    private static int LengthIn(string head) =>
        head.Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line["Content-Length:".Length..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)
            : 0;
}
