// sisote roster: OneRoster packages looked at before a school's adapter reads them.
using System.CommandLine;
using System.Text.Json;
using Sisote.Adapters.School;

namespace Sisote.Host.Commands;

/// <summary>Commands over a school's register in files.</summary>
internal static class RosterCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("roster", "A school's register as OneRoster 1.2 CSV.") { Check() };

    private static Command Check()
    {
        var path = new Argument<string>("path") { Description = "A package (folder or zip file), or a folder of packages in the order of their names." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("check", "Say all that is wrong with packages, by file, row and field; ends with 5 if anything is.") { path, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(path), parsed.GetValue(json), parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string path, bool json, InvocationConfiguration streams)
    {
        var found = RosterCheck.Look(path);
        if (found.Packages == 0)
        {
            streams.Error.WriteLine($"There is no OneRoster package at {path}: a package has a manifest.csv, or is a zip file.");
            return ExitCodes.Failed;
        }

        if (json)
        {
            streams.Output.WriteLine(JsonSerializer.Serialize(found, CatalogueOptions.Json));
        }
        else
        {
            Write(found, streams.Output);
        }

        return found.FaultCount > 0 ? ExitCodes.VerificationFailed : ExitCodes.Ok;
    }

    private static void Write(RosterFindings found, TextWriter output)
    {
        foreach (var fault in found.Faults)
        {
            output.WriteLine(fault);
        }

        if (found.FaultCount > found.Faults.Length)
        {
            output.WriteLine($"... and {found.FaultCount - found.Faults.Length} more");
        }

        output.WriteLine(found.Rows is { } rows
            ? $"packages: {found.Packages}; rows of the register: {string.Join(", ", rows.Select(static file => $"{file.Value} {file.Key}"))}"
            : $"packages: {found.Packages}; there is no register without fault");
    }
}
