// Diagnostics of the register that is told to the consent service: counts only.
using Sisote.Policy.Ids;

namespace Sisote.Adapters;

internal static partial class Log
{
    [LoggerMessage(3060, LogLevel.Information, "The register of {System} was told: {Rows} relationships, of which {Begun} began, {Changed} changed, {Ended} ended; {SchoolForms} forms of school changed.")]
    internal static partial void RosterTold(ILogger log, SystemId system, int rows, int begun, int changed, int ended, int schoolForms);

    [LoggerMessage(3062, LogLevel.Error, "A package of the register of {System} is refused: {Faults} faults, the first in {File} row {Row} field {Field}. `sisote roster check` says them all.")]
    internal static partial void PackageRefused(ILogger log, SystemId system, int faults, string file, int row, string field);

    [LoggerMessage(3061, LogLevel.Warning, "The register of {System} was not told ({What}); it is tried again.")]
    internal static partial void RosterNotTold(ILogger log, SystemId system, string what);
}
