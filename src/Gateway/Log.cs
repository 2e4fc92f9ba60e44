// The gateway's diagnostics: codes, counts and durations, never a client, an address with query, a header or a body.
namespace Sisote.Gateway;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "The consent service could not be asked ({Call}): {Fault}")]
    internal static partial void ConsentUnreachable(ILogger logger, string call, string fault);

    [LoggerMessage(1002, LogLevel.Warning, "The consent service answered {Status} to {Call}")]
    internal static partial void ConsentRefused(ILogger logger, string call, int status);

    [LoggerMessage(1003, LogLevel.Warning, "The answer of system {System} cannot be used ({Why}), upstream status {Status}, correlation {Correlation}")]
    internal static partial void SourceUnusable(ILogger logger, string system, string why, int status, string correlation);

    [LoggerMessage(1004, LogLevel.Warning, "System {System} could not be reached ({Why}), correlation {Correlation}")]
    internal static partial void SourceUnreachable(ILogger logger, string system, string why, string correlation);

    [LoggerMessage(1005, LogLevel.Error, "The outcome of entry {Entry} could not be recorded; the sender was told to send it again")]
    internal static partial void OutcomeNotRecorded(ILogger logger, string entry);

    [LoggerMessage(1006, LogLevel.Error, "Unexpected fault {Fault}, correlation {Correlation}")]
    internal static partial void Unexpected(ILogger logger, string fault, string correlation);

    [LoggerMessage(1007, LogLevel.Warning, "A resource of type {Type} of system {System} was withheld: {Why}")]
    internal static partial void ResourceWithheld(ILogger logger, string type, string system, string why);

    [LoggerMessage(1008, LogLevel.Warning, "The authority gave no token for the adapters' door: {Error}")]
    internal static partial void NoToken(ILogger logger, string error);

    [LoggerMessage(1009, LogLevel.Warning, "System {System} has more requests under way than it may have; some were turned away")]
    internal static partial void TurnedAway(ILogger logger, string system);

    [LoggerMessage(1010, LogLevel.Warning, "There was no room in memory for an answer of system {System}, correlation {Correlation}")]
    internal static partial void NoRoom(ILogger logger, string system, string correlation);

    [LoggerMessage(1011, LogLevel.Warning, "{Count} entries wait in the outbox for system {Target}, the oldest for {Minutes} minutes")]
    internal static partial void OutboxOverdue(ILogger logger, int count, string target, long minutes);

    [LoggerMessage(1012, LogLevel.Error, "Entry {Entry} of the outbox cannot be opened ({Fault}); is this gateway's handle key the one that sealed it?")]
    internal static partial void EntrySealed(ILogger logger, string entry, string fault);

    [LoggerMessage(1013, LogLevel.Error, "The outbox stumbled ({Fault}); it goes on with the next look")]
    internal static partial void OutboxStumbled(ILogger logger, string fault);

    [LoggerMessage(1014, LogLevel.Warning, "The lease on entry {Entry} of the outbox had ended when it was settled; whoever has it now settles it")]
    internal static partial void LeaseLost(ILogger logger, string entry);

    [LoggerMessage(1015, LogLevel.Information, "Entry {Entry} of the outbox for system {Target} has ended: {State}")]
    internal static partial void EntryEnded(ILogger logger, string entry, string target, string state);

    [LoggerMessage(1016, LogLevel.Error, "System {System} has not taken notifications of subscription {Subscription} for {Failures} attempts in a row")]
    internal static partial void ReceiverDown(ILogger logger, string system, string subscription, int failures);

    [LoggerMessage(1017, LogLevel.Error, "Looking after subscription {Subscription} stumbled ({Fault}); it is looked after again when its lease ends")]
    internal static partial void SubscriptionStumbled(ILogger logger, string subscription, string fault);

    [LoggerMessage(1019, LogLevel.Error, "Subscriptions could not be taken ({Fault}); it goes on with the next look")]
    internal static partial void SubscriptionsNotTaken(ILogger logger, string fault);

    [LoggerMessage(1018, LogLevel.Error, "The X-Road ingress cannot read {File} ({Fault}): nobody comes in there until it can")]
    internal static partial void XRoadCertificateUnreadable(ILogger log, string file, string fault);

    [LoggerMessage(1020, LogLevel.Information, "Correlation {Correlation} came as X-Road message {Message}")]
    internal static partial void XRoadMessage(ILogger logger, string correlation, Guid message);

    [LoggerMessage(1040, LogLevel.Information, "The feed of changes is {State}; what is released stays safe either way")]
    internal static partial void ChangesFollowed(ILogger logger, string state);
}
