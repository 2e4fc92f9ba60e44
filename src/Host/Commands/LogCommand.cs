// sisote log: ask the disclosure log, take it out and verify it.
using System.CommandLine;

namespace Sisote.Host.Commands;

/// <summary>Commands over the disclosure log.</summary>
internal static class LogCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("log", "Ask the disclosure log, take it out and verify it.") { LogQueryCommand.Make(), LogExportCommand.Make(), LogVerifyCommand.Make() };
}
