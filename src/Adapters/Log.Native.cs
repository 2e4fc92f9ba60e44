// Diagnostics of the adapters that call by HTTP.
using Sisote.Adapters.Native;

namespace Sisote.Adapters;

internal static partial class Log
{
    [LoggerMessage(3050, LogLevel.Warning, "{System} gave nothing usable ({Fault}): {What}.")]
    internal static partial void NativeFaulted(ILogger log, string system, NativeFault fault, string what);

    [LoggerMessage(3051, LogLevel.Warning, "{System} refused an entry with status {Status}.")]
    internal static partial void EntryRefused(ILogger log, string system, int status);

    [LoggerMessage(3052, LogLevel.Warning, "The notice door of {System} turned a caller away.")]
    internal static partial void NoticeTurnedAway(ILogger log, string system);

    [LoggerMessage(3054, LogLevel.Information, "{Count} resources of {System} were withheld by its mapping.")]
    internal static partial void ResourcesWithheld(ILogger log, string system, int count);

    [LoggerMessage(3053, LogLevel.Information, "A notice of {System} was answered by the gateway with status {Status}.")]
    internal static partial void NoticeAnswered(ILogger log, string system, int status);
}
