// Diagnostics of the room. Never a client, a value or an upstream text.
using Sisote.Policy.Ids;

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

    [LoggerMessage(3004, LogLevel.Warning, "{System} does not answer.")]
    internal static partial void SourceUnavailable(ILogger log, SystemId system);

    [LoggerMessage(3005, LogLevel.Error, "{System} gave a document that is no readable CDA R2.")]
    internal static partial void DocumentUnreadable(ILogger log, SystemId system);

    [LoggerMessage(3006, LogLevel.Error, "{System} gave a document whose record target names no client; it was left out.")]
    internal static partial void DocumentAboutNobody(ILogger log, SystemId system);

    [LoggerMessage(3007, LogLevel.Information, "{Count} entries of a document of {System} were withheld: the mapping does not know their codes, units or shape.")]
    internal static partial void EntriesWithheld(ILogger log, SystemId system, int count);

    [LoggerMessage(3008, LogLevel.Warning, "{System} did not take an entry ({Acknowledgement}).")]
    internal static partial void EntryNotTaken(ILogger log, SystemId system, string acknowledgement);

    [LoggerMessage(3009, LogLevel.Warning, "A message of {System} was not taken: {Reason}")]
    internal static partial void MessageNotTaken(ILogger log, SystemId system, string reason);

    [LoggerMessage(3010, LogLevel.Error, "Answering a message of {System} failed ({Fault}).")]
    internal static partial void MessageFailed(ILogger log, SystemId system, string fault);

    [LoggerMessage(3011, LogLevel.Error, "A merge that {System} told was refused ({Problem}); the operator has to look into it.")]
    internal static partial void MergeRefused(ILogger log, SystemId system, string problem);
}
