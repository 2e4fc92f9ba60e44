// Diagnostics of the room. Never a client, a value or an upstream text.
namespace Sisote.Adapters;

internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "The listener of {System} stopped.")]
    internal static partial void ListenerStopped(ILogger log, string system);

    [LoggerMessage(3001, LogLevel.Warning, "The listener of {System} refused a peer that its settings do not name.")]
    internal static partial void PeerRefused(ILogger log, string system);

    [LoggerMessage(3002, LogLevel.Information, "A connection to the listener of {System} was lost or timed out.")]
    internal static partial void ConnectionLost(ILogger log, string system);

    [LoggerMessage(3003, LogLevel.Warning, "The listener of {System} got {Reason} and closed the connection.")]
    internal static partial void FrameBroken(ILogger log, string system, string reason);
}
