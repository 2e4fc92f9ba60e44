// Sends a message and waits for its acknowledgement.
using System.Net.Sockets;

namespace Sisote.Adapters.Hl7v2;

/// <summary>What became of a sent message.</summary>
internal abstract record MllpOutcome
{
    private MllpOutcome()
    {
    }

    /// <summary>The other side acknowledged, one way or the other.</summary>
    internal sealed record Acknowledged(Hl7AckCode Code, string Text) : MllpOutcome;

    /// <summary>No connection at all: nothing was sent.</summary>
    internal sealed record NoConnection : MllpOutcome;

    /// <summary>A connection that did not last until the acknowledgement: whether the message arrived is unknown.</summary>
    internal sealed record NoAnswer : MllpOutcome;
}

/// <summary>Sends one message per connection. A broken connection is tried once more with the very same bytes: the same control id tells the other side that it is a retry.</summary>
/// <param name="address">Where to: <c>mllp://host:port</c>.</param>
/// <param name="timeout">The most that one try may take.</param>
internal sealed class MllpSender(Uri address, TimeSpan timeout)
{
    private const int Tries = 2;
    private const int MaxAnswer = 64 * 1024;

    /// <summary>Sends the message whose control id is given.</summary>
    public async Task<MllpOutcome> SendAsync(byte[] message, string controlId, CancellationToken cancellation)
    {
        MllpOutcome outcome = new MllpOutcome.NoConnection();
        for (var tries = 0; tries < Tries; tries++)
        {
            switch (await TryAsync(message, controlId, cancellation))
            {
                case MllpOutcome.Acknowledged acknowledged:
                    return acknowledged;
                case MllpOutcome.NoAnswer unknown:
                    outcome = unknown; // stays unknown, also where the next try finds no connection
                    break;
                default:
                    break;
            }
        }

        return outcome;
    }

    private async Task<MllpOutcome> TryAsync(byte[] message, string controlId, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        var sent = false;
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, limit.Token);
            sent = true;
            var frames = new MllpStream(connection.GetStream(), MaxAnswer);
            await frames.WriteAsync(message, limit.Token);
            return await frames.ReadAsync(limit.Token) is MllpFraming.Message(var bytes) && Hl7Acknowledgement.Read(bytes, controlId) is { } answer
                ? new MllpOutcome.Acknowledged(answer.Code, answer.Text)
                : new MllpOutcome.NoAnswer();
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return sent ? new MllpOutcome.NoAnswer() : new MllpOutcome.NoConnection();
        }
    }
}
