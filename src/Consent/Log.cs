// Everything this room says to whoever operates it. Numbers 2000-2999, never used twice.
namespace Sisote.Consent;

/// <summary>Diagnostics of the consent room: counts, codes and durations; never a person.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Applied migration {Migration}")]
    public static partial void MigrationApplied(ILogger log, string migration);

    [LoggerMessage(2001, LogLevel.Information, "Took over {Count} agreements of the deployment file")]
    public static partial void AgreementsTakenOver(ILogger log, int count);

    [LoggerMessage(2010, LogLevel.Error, "The log could not be written; {Count} callers were told so")]
    public static partial void LogNotWritten(ILogger log, int count, Exception fault);

    [LoggerMessage(2011, LogLevel.Warning, "{Length} calls wait for the log; a further one was told to come again")]
    public static partial void LogBusy(ILogger log, int length);

    [LoggerMessage(2020, LogLevel.Warning, "An append carried an id that another entry has; nothing was written")]
    public static partial void EntryIdTaken(ILogger log);

    [LoggerMessage(2021, LogLevel.Critical, "Entry {Index} of the log is gone from the database; the export ends before it")]
    public static partial void EntryGone(ILogger log, long index);

    [LoggerMessage(2060, LogLevel.Warning, "Erased bytes may still stand in the database's files; go on with the run of erasing to clear them")]
    public static partial void NotCleared(ILogger log, Exception? fault);
}
