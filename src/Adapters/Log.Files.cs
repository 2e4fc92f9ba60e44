// Diagnostics of dropped files: the kind of record and counts, never a file's name.
using Sisote.Policy.Ids;

namespace Sisote.Adapters;

internal static partial class Log
{
    [LoggerMessage(3070, LogLevel.Error, "A file of {System} with records {Record} is refused: {Faults} faults; they stand beside it in the folder of rejected files.")]
    internal static partial void FileRejected(ILogger log, SystemId system, string record, int faults);

    [LoggerMessage(3071, LogLevel.Error, "A refused file of {System} with records {Record} cannot be moved to the rejected ones.")]
    internal static partial void FileNotMoved(ILogger log, SystemId system, string record);

    [LoggerMessage(3072, LogLevel.Warning, "{System} has no file of records {Record} that is good and new enough.")]
    internal static partial void FileTooOld(ILogger log, string system, string record);
}
