// The whole command line: what it understands, and what people read when something goes wrong.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>Runs one command. No exception gets past this place: what goes wrong is a line on standard error and an exit code.</summary>
internal static class CommandLine
{
    private const string Summary = "Sisote moves between sector systems exactly what the law and the client's consent permit, and logs every disclosure.";

    private static readonly Option<bool> Trace = new("--trace") { Description = "Where something goes wrong, say also where in the program.", Recursive = true };

    /// <summary>Runs what the arguments say and gives the exit code.</summary>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        var (root, run) = Make();
        var parsed = root.Parse(arguments);
        var faults = FindFaults(parsed, root, run);
        if (faults.Count > 0)
        {
            faults.ForEach(Console.Error.WriteLine);
            await Console.Error.WriteLineAsync($"`{Path(parsed.CommandResult)} --help` says what it takes.");
            return ExitCodes.Usage;
        }

        using var stop = new StopSignals();
        var trace = parsed.GetValue(Trace);
        AppDomain.CurrentDomain.UnhandledException += (_, thrown) => End(thrown.ExceptionObject as Exception, trace);
        try
        {
            var streams = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(streams, stop.Token);
        }
#pragma warning disable CA1031 // this is the place that tells people, whatever it is
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return stop.Token.IsCancellationRequested
                ? ExitCodes.Failed // asked to stop before it was done: nothing to explain
                : FaultLine.Tell(fault, Console.Error, trace);
        }
    }

    /// <summary>Runs a command inside this process, with all that it says going to a writer, and gives the exit code.</summary>
    internal static async Task<int> RunAsync(string[] arguments, TextWriter said, CancellationToken cancellation)
    {
        var streams = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = said, Error = said };
        return await Make().Root.Parse(arguments).InvokeAsync(streams, cancellation);
    }

    private static (RootCommand Root, Command Run) Make()
    {
        var (root, run) = (new RootCommand(Summary), RunCommand.Make());
        foreach (var option in run.Options)
        {
            root.Options.Add(option); // without a command it is `run`
        }

        root.Options.Add(Trace);
        root.Action = run.Action;
        foreach (var command in (Command[])[run, .. Others()])
        {
            root.Subcommands.Add(command);
        }

        return (root, run);
    }

    /// <summary>In the order in which people come to need them.</summary>
    private static Command[] Others() =>
    [
        TourCommand.Make(), DemoCommand.Make(), InitCommand.Make(), TokenCommand.Make(), DoctorCommand.Make(), ProbeCommand.Make(), CatalogueCommand.Make(), LogCommand.Make(), ReviewCommand.Make(),
        ConsentCommand.Make(), RelationshipCommand.Make(), AgreementCommand.Make(), ReleaseCommand.Make(), OutboxCommand.Make(), ClientCommand.Make(), KeysCommand.Make(), MapCommand.Make(), RosterCommand.Make(),
    ];

    /// <summary>What was not understood, each in one line; help goes to those who ask for it.</summary>
    private static List<string> FindFaults(ParseResult parsed, RootCommand root, Command run)
    {
        var command = parsed.CommandResult.Command;
        if (command != root && command != run && parsed.Action is not HelpAction
            && run.Options.FirstOrDefault(option => parsed.RootCommandResult.GetResult(option) is { Implicit: false }) is { } misplaced)
        {
            return [$"{misplaced.Name} stands before `{command.Name}`, where it would not be looked at: write it behind."];
        }

        var suggestion = parsed.UnmatchedTokens
            .Select(token => NearestCode.Find(token, command.Subcommands.Select(static known => known.Name).Concat(command.Options.Select(static known => known.Name))))
            .FirstOrDefault(static near => near is not null);
        return parsed.Action is ParseErrorAction
            ? [.. parsed.Errors.Select(static error => error.Message).Distinct(), .. suggestion is null ? (string[])[] : [$"Did you mean `{suggestion}`?"]]
            : [];
    }

    private static string Path(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "sisote";

    private static void End(Exception? fault, bool trace)
    {
        if (fault is not null && !trace)
        {
            Environment.Exit(FaultLine.Tell(fault, Console.Error, trace));
        }
    }
}
