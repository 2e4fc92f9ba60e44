// HTTP by the byte: what is sent is what the test wrote, what is compared is what came over the wire.
using System.Net.Sockets;
using System.Text;

namespace Sisote.Tests.Leaks.House;

/// <summary>An answer with every byte of it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Head">Status line and header lines.</param>
/// <param name="Body">The body as it came, with its chunks where it had any.</param>
internal sealed record RawReply(int Status, string Head, string Body)
{
    /// <summary>Everything but what differs on every call (Date, correlation id).</summary>
    public string Comparable => string.Join('\n', Lines.Where(static line => !Is(line, "Date") && !Is(line, "X-Request-Id"))) + "\n\n" + Body;

    /// <summary>All of it.</summary>
    public string Everything => Head + "\r\n\r\n" + Body;

    /// <summary>Names of the headers, in their order.</summary>
    public IEnumerable<string> HeaderNames => Lines.Skip(1).Select(static line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    private string[] Lines => Head.Split("\r\n");

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) => Lines.Where(line => Is(line, name)).Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

    private static bool Is(string line, string name) => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One request on one connection.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request and reads until the other side closes.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="request">The request line and headers of the test, each ended by a line feed; Host and Connection are added.</param>
    /// <param name="body">The body; its length is added where it is not empty.</param>
    public static async Task<RawReply> SendAsync(Uri address, string request, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(request);
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        var head = request.TrimEnd('\n').ReplaceLineEndings("\r\n") + $"\r\nHost: {address.Authority}\r\nConnection: close\r\n" + (body.IsEmpty || request.Contains("Transfer-Encoding", StringComparison.Ordinal) ? "" : $"Content-Length: {body.Length}\r\n") + "\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        await stream.WriteAsync(body);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return Read(Encoding.UTF8.GetString(answer.GetBuffer().AsSpan(0, (int)answer.Length)));
    }

    private static RawReply Read(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end > 12 && text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            ? new RawReply(int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text[..end], text[(end + 4)..])
            : throw new IOException($"No HTTP answer: {text}");
    }
}
