// sisote log: ask the disclosure log, take it out, verify it, and erase what has served its time.
using System.CommandLine;

namespace Sisote.Host.Commands;

/// <summary>Commands over the disclosure log.</summary>
internal static class LogCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("log", "Ask the disclosure log, take it out, verify it, and erase what has served its time.")
    {
        LogQueryCommand.Make(), LogExportCommand.Make(), LogVerifyCommand.Make(), LogWitnessCommand.Make(),
        LogRetentionCommand.Make(), LogEraseCommand.Make(), LogHoldCommand.Make(),
    };
}
