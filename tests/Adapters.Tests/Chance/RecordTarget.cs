// A patient record's door for HL7 messages.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hl7.Fhir.Model;
using Sisote.Policy.Deployments;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>Takes MDM^T02 in MLLP frames, one to a connection; it knows them by their control id.</summary>
internal sealed class RecordTarget(int seed, int each) : ChanceTarget(seed, each)
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private Task accepting = Task.CompletedTask;

    /// <inheritdoc />
    public override string System => "pohjois-savo-record";

    /// <inheritdoc />
    public override int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <inheritdoc />
    public override bool IsHttp => false;

    /// <inheritdoc />
    public override string Rule => "EX-04";

    /// <inheritdoc />
    public override Task StartAsync()
    {
        listener.Start();
        accepting = AcceptAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override SystemEntry Connect(string folder, int port) => SectorHouse.Entry(
        System, "patient-record", "pohjois-savo", ("documents", "http://127.0.0.1:1"), ("credentials", "key"), ("sendMllp", $"mllp://127.0.0.1:{port}"), ("timeoutSeconds", "1"));

    /// <inheritdoc />
    public override Resource[] Make(string client, int entry)
    {
        var feedback = PatientRecord.Entries.Feedback(client);
        feedback.Payload = [new Communication.PayloadComponent { Content = new FhirString($"entry-{entry}.") }];
        return [feedback];
    }

    /// <inheritdoc />
    public override bool IsPlaceOf(string place, string id) => place.StartsWith($"/{System}/Communication/{id}-", StringComparison.Ordinal);

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return; // closed
        }
    }

    private async Task ServeAsync(TcpClient line)
    {
        using (line)
        {
            try
            {
                var stream = line.GetStream();
                var (message, buffer) = (new List<byte>(), new byte[8192]);
                while (message is not [.., 0x1C, 0x0D] && await stream.ReadAsync(buffer) is > 0 and var read)
                {
                    message.AddRange(buffer.AsSpan(0, read));
                }

                await stream.WriteAsync(Answer(Encoding.UTF8.GetString([.. message])));
            }
            catch (IOException)
            {
                return; // the sender is gone
            }
        }
    }

    private byte[] Answer(string message)
    {
        var control = Segment(message, "MSH")[9];
        var text = message[(message.IndexOf("entry-", StringComparison.Ordinal) + "entry-".Length)..];
        var id = Take(control, Segment(message, "PID")[3].Split('^')[0], int.Parse(text[..text.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
        return [0x0B, .. Encoding.UTF8.GetBytes($"MSH|^~\\&|R|R|S|S|20260101||ACK^T02^ACK|1|P|2.5.1\rMSA|{(id is null ? "AE" : "AA")}|{control}|{id}\r"), 0x1C, 0x0D];
    }

    private static string[] Segment(string message, string name) => message.TrimStart('\u000B').Split('\r').First(line => line.StartsWith(name + "|", StringComparison.Ordinal)).Split('|');
}
