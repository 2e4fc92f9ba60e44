// sisote run: opens the rooms and keeps them open.
using System.CommandLine;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Opens the rooms, says where they are, and closes them on Ctrl-C.</summary>
internal static class RunCommand
{
    /// <summary>What the command line said.</summary>
    internal sealed record Choice(string? Data, int? Port, bool Fresh);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var fresh = new Option<bool>("--fresh") { Description = "Start anew: remove the data of earlier runs first." };
        var command = new Command("run", "Open the rooms of this process (what `sisote` alone does, too).") { data, port, fresh };
        command.SetAction((parsed, cancellation) => RunAsync(new Choice(parsed.GetValue(data), parsed.GetValue(port), parsed.GetValue(fresh)), cancellation));
        return command;
    }

    /// <summary>Runs until cancelled.</summary>
    internal static async Task<int> RunAsync(Choice choice, CancellationToken cancellation)
    {
        var options = Settings.Read(choice.Data, choice.Port);
        if (choice.Fresh)
        {
            DataFolder.Clear(options.Data);
        }

        await using var house = await OpenHouse.OpenAsync(options, cancellation);

        await Console.Out.WriteAsync(Welcome.Text(house));
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Closing.");
        }

        return ExitCodes.Ok;
    }
}
