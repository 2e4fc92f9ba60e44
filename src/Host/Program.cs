// The command line of Sisote: opens the rooms of this process, or talks to an instance that runs.
using System.CommandLine;
using Sisote.Host.Commands;
using Sisote.Host.House;

var root = new RootCommand("Sisote moves between sector systems exactly what the law and the client's consent permit, and logs every disclosure.");
var run = RunCommand.Make();
root.SetAction((parsed, cancellation) => RunCommand.RunAsync(new RunCommand.Choice(null, null, Fresh: false), cancellation));
root.Subcommands.Add(run);
root.Subcommands.Add(TourCommand.Make());
root.Subcommands.Add(DemoCommand.Make());
root.Subcommands.Add(TokenCommand.Make());
root.Subcommands.Add(CatalogueCommand.Make());
root.Subcommands.Add(LogCommand.Make());

try
{
    var parsed = root.Parse(args);
    var ended = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCodes.Usage : ended;
}
catch (StartFaultException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return ExitCodes.Failed;
}
