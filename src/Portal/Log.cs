// All diagnostics of the portal; never a person, a text or an address with a query.
namespace Sisote.Portal;

/// <summary>Diagnostics of the room, ids 5000-5999.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Debug, "Kept files removed: {Count}.")]
    public static partial void KeptFilesRemoved(ILogger log, int count);

    [LoggerMessage(5002, LogLevel.Warning, "Old kept files could not be removed; trying again in an hour.")]
    public static partial void KeptFilesNotRemoved(ILogger log);

    [LoggerMessage(5003, LogLevel.Warning, "The consent service answered {Status} to {Operation}.")]
    public static partial void ConsentAnswered(ILogger log, int status, string operation);

    [LoggerMessage(5004, LogLevel.Warning, "The consent service did not answer {Operation}: {Kind}.")]
    public static partial void ConsentDown(ILogger log, string operation, string kind);

    [LoggerMessage(5005, LogLevel.Warning, "The gateway did not answer for system {System}: {Kind}.")]
    public static partial void GatewayDown(ILogger log, string system, string kind);

    [LoggerMessage(5006, LogLevel.Information, "The gateway answered {Status} for {ResourceType} of system {System}.")]
    public static partial void GatewayAnswered(ILogger log, int status, string resourceType, string system);

    [LoggerMessage(5007, LogLevel.Warning, "Signing in failed: {Kind}.")]
    public static partial void SignInFailed(ILogger log, string kind);

    [LoggerMessage(5008, LogLevel.Warning, "The authority gave no token to system {System}: {Error}.")]
    public static partial void TokenRefused(ILogger log, string system, string error);

    [LoggerMessage(5009, LogLevel.Information, "A link was made by system {System} to system {Provider}.")]
    public static partial void LinkMade(ILogger log, string system, string provider);

    [LoggerMessage(5010, LogLevel.Information, "A link of system {System} showed {Count} items.")]
    public static partial void LinkOpened(ILogger log, string system, int count);

    [LoggerMessage(5011, LogLevel.Information, "A link was not opened.")]
    public static partial void LinkNotOpened(ILogger log);

    [LoggerMessage(5012, LogLevel.Information, "A link was taken back.")]
    public static partial void LinkRevoked(ILogger log);
}
