// sisote run: opens the rooms and keeps them open.
using System.CommandLine;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Opens the rooms, says where they are, and closes them on Ctrl-C.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var fresh = new Option<bool>("--fresh") { Description = "Start anew: remove the demonstration's databases, log, keys and settings first (a sisote.yaml or persons.yaml changed by hand is kept under another name)." };
        var command = new Command("run", "Open the rooms of this process (what `sisote` without a command does, too).") { data, port, fresh };
        command.SetAction((parsed, cancellation) => RunAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.GetValue(fresh), cancellation));
        return command;
    }

    /// <summary>Runs until cancelled.</summary>
    private static async Task<int> RunAsync(HouseOptions options, bool fresh, CancellationToken cancellation)
    {
        var isOpen = false;
        try
        {
            await using var house = await OpenHouse.OpenAsync(options, cancellation, fresh);
            isOpen = true;
            await Console.Out.WriteAsync(Welcome.Text(house));
            foreach (var warning in DeploymentCheck.FindMissingFiles(options.DeploymentFile, house.Settings, beforeStart: false))
            {
                await Console.Error.WriteLineAsync(warning);
            }

            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Console.Error.WriteLineAsync("Closing.");
        }
        catch (Exception fault) when (!isOpen && (fault is OperationCanceledException || cancellation.IsCancellationRequested))
        {
            await Console.Error.WriteLineAsync("Stopped before it was open.");
        }

        return ExitCodes.Ok;
    }
}
