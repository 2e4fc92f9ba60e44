// The MLLP door under good and bad peers.
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sisote.Adapters.Hl7v2;

namespace Sisote.Tests.Adapters.Hl7v2;

public sealed class MllpTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1\r");

    [Fact]
    public async Task SeveralMessagesOnOneConnectionAreAnsweredOneAfterTheOther()
    {
        await using var door = Open(out _);
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, door.Port);
        var frames = new MllpStream(peer.GetStream(), 10_000);

        for (var round = 0; round < 3; round++)
        {
            await frames.WriteAsync(Message, default);
            Assert.IsType<MllpFraming.Message>(await frames.ReadAsync(default));
        }
    }

    [Fact]
    public async Task AMessageThatComesInPiecesIsWhole()
    {
        await using var door = Open(out var taken);
        using var peer = new TcpClient { NoDelay = true };
        await peer.ConnectAsync(IPAddress.Loopback, door.Port);

        foreach (var value in (byte[])[0x0B, .. Message, 0x1C, 0x0D])
        {
            await peer.GetStream().WriteAsync(new[] { value });
        }

        Assert.IsType<MllpFraming.Message>(await new MllpStream(peer.GetStream(), 10_000).ReadAsync(default));
        Assert.Equal(Message, Assert.Single(taken));
    }

    [Theory]
    [InlineData("no frame at all")]
    [InlineData("\u000Bhalf a frame")]
    [InlineData("\u000Bends wrongly\u001Cx")]
    [InlineData("\u000Bframe \u000B inside")]
    public async Task AHalfFrameOrGarbageIsNeverTakenAndTheConnectionEnds(string bytes)
    {
        await using var door = Open(out var taken);
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, door.Port);
        var stream = peer.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(bytes));
        peer.Client.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await ReadToEndAsync(stream));
        Assert.Empty(taken);
    }

    [Fact]
    public async Task ATooLargeMessageIsCutOff()
    {
        await using var door = Open(out var taken);
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, door.Port);
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await peer.GetStream().WriteAsync(new byte[] { 0x0B });
            while (true)
            {
                await peer.GetStream().WriteAsync(block);
            }
        });

        Assert.Empty(taken);
    }

    [Fact]
    public async Task ASlowPeerLosesItsPlace()
    {
        await using var door = Open(out var taken, idle: TimeSpan.FromMilliseconds(200));
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, door.Port);
        var stream = peer.GetStream();
        await stream.WriteAsync(new byte[] { 0x0B, (byte)'M' });

        Assert.Equal(0, await ReadToEndAsync(stream));
        Assert.Empty(taken);
    }

    [Fact]
    public async Task APeerThatTheSettingsDoNotNameIsNotHeard()
    {
        await using var door = Open(out var taken, peer: IPAddress.Parse("192.0.2.1"));

        var outcome = await new MllpSender(new Uri($"mllp://127.0.0.1:{door.Port}"), TimeSpan.FromSeconds(2)).SendAsync(Message, "1", default);

        Assert.IsType<MllpOutcome.NoAnswer>(outcome);
        Assert.Empty(taken);
    }

    [Fact]
    public async Task ABrokenConnectionIsTriedOnceMoreWithTheSameBytes()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var sending = new MllpSender(new Uri($"mllp://127.0.0.1:{port}"), TimeSpan.FromSeconds(5)).SendAsync(Message, "1", default);

        var first = await TakeAsync(listener, answer: false);
        var second = await TakeAsync(listener, answer: true);

        Assert.Equal(first, second);
        Assert.Equal(Hl7AckCode.Accepted, Assert.IsType<MllpOutcome.Acknowledged>(await sending).Code);
    }

    private static async Task<byte[]> TakeAsync(TcpListener listener, bool answer)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var frames = new MllpStream(connection.GetStream(), 10_000);
        var bytes = Assert.IsType<MllpFraming.Message>(await frames.ReadAsync(default)).Bytes;
        if (answer)
        {
            await frames.WriteAsync(Acknowledge(bytes), default);
        }

        return bytes;
    }

    private static MllpListener Open(out List<byte[]> taken, TimeSpan? idle = null, IPAddress? peer = null)
    {
        var messages = taken = [];
        var door = new MllpListener(
            new MllpListenerOptions { Name = "test", At = new IPEndPoint(IPAddress.Loopback, 0), Peers = [peer ?? IPAddress.Loopback], Idle = idle ?? TimeSpan.FromSeconds(20) },
            (bytes, _) =>
            {
                messages.Add(bytes.ToArray());
                return Task.FromResult(Acknowledge(bytes.Span));
            },
            NullLogger.Instance);
        door.Start();
        return door;
    }

    private static byte[] Acknowledge(ReadOnlySpan<byte> bytes) =>
        Hl7Acknowledgement.Write(((Hl7Reading.Read)Hl7Parser.Parse(bytes)).Message, Hl7AckCode.Accepted, null, TimeProvider.System.GetUtcNow());

    private static async Task<int> ReadToEndAsync(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[100]);
        }
        catch (IOException)
        {
            return 0; // closed with unread bytes of ours: a reset
        }
    }
}
