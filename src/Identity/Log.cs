// Everything this room writes to the diagnostics.
using Sisote.Identity.Assertions;

namespace Sisote.Identity;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "No key file for client {System}: it gets no token")]
    internal static partial void NoKeyFile(this ILogger log, string system);

    [LoggerMessage(4002, LogLevel.Warning, "The key file of client {System} cannot be read: it gets no token")]
    internal static partial void KeyFileUnreadable(this ILogger log, string system);

    [LoggerMessage(4003, LogLevel.Warning, "A key in the key file of client {System} is not a public signing key (EC P-256 or P-384, RSA from 2048 bits) and is left out")]
    internal static partial void KeyNotUsable(this ILogger log, string system);

    [LoggerMessage(4004, LogLevel.Warning, "Client {System} used an assertion a second time")]
    internal static partial void AssertionReplayed(this ILogger log, string system);

    [LoggerMessage(4005, LogLevel.Information, "Client {System} was refused: {Reason}")]
    internal static partial void AssertionRefused(this ILogger log, string system, AssertionReason reason);

    [LoggerMessage(4006, LogLevel.Warning, "Client {System} asks for tokens more often than it may")]
    internal static partial void TooManyTokens(this ILogger log, string system);

    [LoggerMessage(4007, LogLevel.Warning, "Removing ended entries failed; it is tried again")]
    internal static partial void HousekeepingFailed(this ILogger log);

    [LoggerMessage(4008, LogLevel.Debug, "Removed {Count} used assertions")]
    internal static partial void Cleaned(this ILogger log, int count);
}
