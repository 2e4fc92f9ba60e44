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

    [LoggerMessage(2020, LogLevel.Warning, "{Count} appends carried an id that another entry or relationship has; they were not written")]
    public static partial void EntryIdTaken(ILogger log, int count);

    [LoggerMessage(2022, LogLevel.Error, "{Count} appends were not well formed ({Fields}); they were not written")]
    public static partial void EntryMalformed(ILogger log, int count, string fields);

    [LoggerMessage(2023, LogLevel.Critical, "The record of entry {Index} is not the one that the log committed to; it is not shown")]
    public static partial void RecordChanged(ILogger log, long index);

    [LoggerMessage(2021, LogLevel.Critical, "Entry {Index} of the log is gone from the database; the export ends before it")]
    public static partial void EntryGone(ILogger log, long index);

    [LoggerMessage(2030, LogLevel.Warning, "Notices of withdrawals could not be written; they are written as soon as the database takes them")]
    public static partial void NoticesWait(ILogger log, Exception fault);

    [LoggerMessage(2070, LogLevel.Warning, "What waits for decisions could not be looked at; it is looked at again soon")]
    public static partial void ReleasesStumbled(ILogger log, Exception fault);

    [LoggerMessage(2071, LogLevel.Warning, "{Most} wishes of {Recipient} wait at {Giver} already; one more makes no work there")]
    public static partial void ReleasesFull(ILogger log, string giver, string recipient, int most);

    [LoggerMessage(2040, LogLevel.Critical, "The watched log {Origin} goes against what it signed: {Kind}; `sisote log witness` has the evidence")]
    public static partial void WatchedLogBroken(ILogger log, string origin, string kind);

    [LoggerMessage(2041, LogLevel.Warning, "The watched log {Origin} could not be judged: {Outcome}")]
    public static partial void WatchedLogUnusable(ILogger log, string origin, string outcome);

    [LoggerMessage(2042, LogLevel.Critical, "The witness {Witness} says that this log is not the one it saw: {Outcome}")]
    public static partial void OwnLogContradicted(ILogger log, string witness, string outcome);

    [LoggerMessage(2043, LogLevel.Warning, "The witness {Witness} did not cosign: {Outcome}")]
    public static partial void WitnessFails(ILogger log, string witness, string outcome);

    [LoggerMessage(2044, LogLevel.Warning, "The witness {Witness} had cosigned {Known} entries and remembers {Remembered}")]
    public static partial void WitnessForgot(ILogger log, string witness, long known, long remembered);

    [LoggerMessage(2045, LogLevel.Error, "A watcher stumbled ({What}); it goes on with the next turn")]
    public static partial void WatcherStumbled(ILogger log, string what, Exception fault);

    [LoggerMessage(2046, LogLevel.Information, "All sealed values are under key {Number}")]
    public static partial void ValuesUnderNewestKey(ILogger log, int number);

    [LoggerMessage(2047, LogLevel.Warning, "Sealing values anew waits for the database; it goes on with the next turn")]
    public static partial void ResealingWaits(ILogger log, Exception fault);

    [LoggerMessage(2048, LogLevel.Error, "A value of {Table}.{Column} cannot be opened with any key on file")]
    public static partial void ValueNotOpened(ILogger log, string table, string column);

    [LoggerMessage(2049, LogLevel.Warning, "Old changes could not be removed; it is tried again with the next turn")]
    public static partial void ChangesNotTrimmed(ILogger log, Exception fault);

    [LoggerMessage(2050, LogLevel.Warning, "The database server does not answer yet; it is asked again")]
    public static partial void DatabaseAwaited(ILogger log, Exception fault);

    [LoggerMessage(2060, LogLevel.Warning, "Erased bytes may still stand in the database's files; go on with the run of erasing to clear them")]
    public static partial void NotCleared(ILogger log, Exception? fault);
}
