// Runs `sisote catalogue ...` in this process and keeps what it says.
using System.CommandLine;
using Sisote.Host.Commands;

namespace Sisote.Tests.Host;

/// <summary>What a run of a catalogue command left.</summary>
internal sealed record CatalogueRun(int ExitCode, string Output, string Errors)
{
    internal IEnumerable<string> OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal IEnumerable<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal static CatalogueRun Of(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var ended = CatalogueCommand.Make().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return new CatalogueRun(ended, output.ToString(), errors.ToString());
    }
}
