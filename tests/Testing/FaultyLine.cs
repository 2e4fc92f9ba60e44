// A line between two systems that can break in every way in which lines break.
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Sisote.Tests.Testing;

/// <summary>What goes wrong with one message.</summary>
public enum LineFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The line is cut before the message arrives.</summary>
    CutBefore,

    /// <summary>The message arrives, its answer does not.</summary>
    AnswerLost,

    /// <summary>The answer comes, after the sender's patience has ended.</summary>
    Slow,

    /// <summary>Half of the answer comes.</summary>
    HalfAnswer,

    /// <summary>Bytes come that are no answer; the message does not arrive.</summary>
    Garbage,

    /// <summary>The message arrives twice.</summary>
    Duplicate,

    /// <summary>The answer comes in other characters than agreed.</summary>
    WrongCharacters,

    /// <summary>The answer to an earlier message comes instead; over HTTP, one that was fulfilled.</summary>
    OutOfOrder,

    /// <summary>HTTP only: 503, and the message does not arrive.</summary>
    Busy,

    /// <summary>HTTP only: 500, and the message does not arrive.</summary>
    Broken,

    /// <summary>HTTP only: the message arrives, and 500 comes in the place of its answer.</summary>
    BrokenAfter,

    /// <summary>The answer comes twice.</summary>
    AnswerTwice,

    /// <summary>HTTP only: the answer says of itself that it is a page in another character set.</summary>
    WrongType,
}

/// <summary>Listens where a system is looked for, and passes messages on to it as the test says: HTTP, or HL7 messages in MLLP frames. Stopped, nobody listens there: the system is down.</summary>
public sealed partial class FaultyLine : IAsyncDisposable
{
    private static readonly byte[] EndOfFrame = [0x1C, 0x0D];

    private readonly bool isHttp;
    private readonly List<Task> serving = [];
    private readonly CancellationTokenSource end = new();
    private TcpListener listener = new(IPAddress.Loopback, 0);
    private Task accepting = Task.CompletedTask;
    private int messages;
    private byte[] earlier = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray();

    private FaultyLine(int target, bool isHttp, TimeSpan patience)
    {
        (Target, this.isHttp, Patience) = (target, isHttp, patience);
        if (!isHttp)
        {
            earlier = [0x0B, .. "MSH|^~\\&|A|B|C|D|20260101||ACK^T02^ACK|1|P|2.5.1\rMSA|AA|another-message|1\r"u8, .. EndOfFrame];
        }

        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(listener);
    }

    /// <summary>Where the line listens; the same after it was stopped and started.</summary>
    public int Port { get; }

    /// <summary>The port of the system behind it; a restarted system may have another.</summary>
    public int Target { get; set; }

    /// <summary>How long the sender waits for an answer.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Chooses what goes wrong with the next message.</summary>
    public Func<LineFault> Next { get; set; } = static () => LineFault.None;

    /// <summary>Chooses by the message itself; where it is null, <see cref="Next"/> does.</summary>
    public Func<byte[], LineFault>? NextFor { get; set; }

    /// <summary>Messages that came.</summary>
    public int Messages => messages;

    /// <summary>Opens a line to a system that speaks HTTP.</summary>
    public static FaultyLine Http(int target, TimeSpan patience) => new(target, isHttp: true, patience);

    /// <summary>Opens a line to a system that speaks MLLP.</summary>
    public static FaultyLine Mllp(int target, TimeSpan patience) => new(target, isHttp: false, patience);

    /// <summary>Nobody listens any more.</summary>
    public async Task StopAsync()
    {
        listener.Stop();
        await accepting;
    }

    /// <summary>Listens again.</summary>
    public void Start()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await StopAsync();
        await Task.WhenAll(serving);
        end.Dispose();
    }

    private async Task AcceptAsync(TcpListener at)
    {
        try
        {
            while (true)
            {
                var line = await at.AcceptTcpClientAsync(end.Token);
                lock (serving)
                {
                    serving.RemoveAll(static task => task.IsCompleted);
                    serving.Add(ServeAsync(line));
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return; // stopped
        }
    }

    private async Task ServeAsync(TcpClient line)
    {
        using (line)
        {
            try
            {
                var stream = line.GetStream();
                if (await ReadMessageAsync(stream) is { Length: > 0 } message)
                {
                    Interlocked.Increment(ref messages);
                    await PassAsync(line, stream, message, NextFor?.Invoke(message) ?? Next());
                }
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return; // one side hung up: that is what lines do here
            }
        }
    }

    private async Task PassAsync(TcpClient line, NetworkStream stream, byte[] message, LineFault fault)
    {
        if (fault == LineFault.CutBefore)
        {
            line.LingerState = new LingerOption(true, 0);
            return;
        }

        if (fault == LineFault.Garbage)
        {
            await stream.WriteAsync("\u0007\u0000garbage\r\n\r\n<html>"u8.ToArray(), end.Token);
            return;
        }

        if (fault is LineFault.Busy or LineFault.Broken)
        {
            await stream.WriteAsync(Status(fault == LineFault.Busy ? 503 : 500), end.Token);
            return;
        }

        var answer = await AskAsync(message);
        if (fault == LineFault.Duplicate)
        {
            answer = await AskAsync(message);
        }

        var replaced = fault switch
        {
            LineFault.AnswerLost => [],
            LineFault.HalfAnswer => answer[..(answer.Length / 2)],
            LineFault.WrongCharacters => Misspell(answer),
            LineFault.OutOfOrder => earlier,
            LineFault.BrokenAfter => Status(500),
            LineFault.AnswerTwice => [.. answer, .. answer],
            LineFault.WrongType => Encoding.Latin1.GetBytes(ContentType().Replace(Encoding.Latin1.GetString(answer), "Content-Type: text/html; charset=utf-16", 1)),
            _ => answer,
        };
        if (fault == LineFault.Slow)
        {
            await Task.Delay(Patience * 1.5, end.Token);
        }

        await stream.WriteAsync(replaced, end.Token);
        earlier = !isHttp || answer.AsSpan().StartsWith("HTTP/1.1 2"u8) ? answer : earlier;
    }

    private async Task<byte[]> AskAsync(byte[] message)
    {
        using var system = new TcpClient();
        await system.ConnectAsync(IPAddress.Loopback, Target, end.Token);
        var stream = system.GetStream();
        await stream.WriteAsync(isHttp ? Closing(message) : message, end.Token);
        using var answer = new MemoryStream();
        var buffer = new byte[8192];
        while (await stream.ReadAsync(buffer, end.Token) is > 0 and var read)
        {
            answer.Write(buffer, 0, read);
            if (!isHttp && answer.ToArray().AsSpan().EndsWith(EndOfFrame))
            {
                break;
            }
        }

        return answer.ToArray();
    }

    private async Task<byte[]> ReadMessageAsync(NetworkStream stream)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        while (await stream.ReadAsync(buffer, end.Token) is > 0 and var read)
        {
            message.Write(buffer, 0, read);
            if (IsWhole(message.ToArray()))
            {
                return message.ToArray();
            }
        }

        return [];
    }

    private bool IsWhole(byte[] bytes)
    {
        if (!isHttp)
        {
            return bytes.AsSpan().EndsWith(EndOfFrame);
        }

        var head = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        return head >= 0 && bytes.Length - head - 4 >= (Length().Match(Encoding.ASCII.GetString(bytes, 0, head)) is { Success: true } length ? int.Parse(length.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>The system behind the line closes after its answer, so that the answer has an end.</summary>
    private static byte[] Closing(byte[] message)
    {
        var head = message.AsSpan().IndexOf("\r\n"u8) + 2;
        return [.. message.AsSpan(0, head), .. "Connection: close\r\n"u8, .. message.AsSpan(head)];
    }

    /// <summary>Every second letter becomes a byte that is none in UTF-8, after the head of an HTTP answer or the frame's first segment.</summary>
    private byte[] Misspell(byte[] answer)
    {
        var from = isHttp ? Math.Max(0, answer.AsSpan().IndexOf("\r\n\r\n"u8)) + 4 : Math.Max(0, answer.AsSpan().IndexOf((byte)'\r'));
        return [.. answer.Select((one, place) => place > from && place % 2 == 0 && char.IsAsciiLetter((char)one) ? (byte)0xE4 : one)];
    }

    private static byte[] Status(int status) => Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Not now\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    [GeneratedRegex(@"Content-Type:[^\r]*", RegexOptions.IgnoreCase)]
    private static partial Regex ContentType();

    [GeneratedRegex(@"Content-Length:\s*(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Length();
}
