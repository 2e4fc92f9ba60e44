// How long the simulated record waits for an acknowledgement.
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sisote.Simulators.Record;

namespace Sisote.Tests.Simulators.Record;

public sealed class PatienceTests : IDisposable
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("MSH|^~\\&|A|B|C|D|20261122||REF^I12|L1|P|2.5.1\r");
    private readonly FakeTimeProvider clock = new();
    private readonly TcpListener receiver = new(IPAddress.Loopback, 0);

    public PatienceTests() => receiver.Start();

    public void Dispose() => receiver.Dispose();

    [Fact]
    public async Task AnAcknowledgementThatComesAfterTheWholeTimeOfADeliveryStillCounts()
    {
        var sending = RecordMllp.SendAsync(Address, Message, clock, TestContext.Current.CancellationToken);
        using var line = await receiver.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await line.GetStream().ReadExactlyAsync(new byte[Message.Length + 3], TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(35)); // a delivery has 30
        await line.GetStream().WriteAsync((byte[])[0x0B, .. "MSA|AA|L1\r"u8, 0x1C, 0x0D], TestContext.Current.CancellationToken);

        Assert.Equal("MSA|AA|L1\r", Encoding.UTF8.GetString((await sending)!));
    }

    [Fact]
    public async Task AReceiverThatNeverAnswersIsGivenUp()
    {
        var sending = RecordMllp.SendAsync(Address, Message, clock, TestContext.Current.CancellationToken);
        using var line = await receiver.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await line.GetStream().ReadExactlyAsync(new byte[Message.Length + 3], TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await sending);
    }

    private Uri Address => new($"mllp://127.0.0.1:{((IPEndPoint)receiver.LocalEndpoint).Port}");
}
