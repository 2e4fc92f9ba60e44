// sisote tour: the story, played over real HTTP.
using System.CommandLine;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Host.Tour;

namespace Sisote.Host.Commands;

/// <summary>Plays the story against the instance that runs, or starts one for it.</summary>
internal static class TourCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var command = new Command("tour", "Play the story: a referral, what may be read, an entry, a withdrawal, the log.") { data, port };
        command.SetAction((parsed, cancellation) => RunAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, CancellationToken cancellation)
    {
        if (!options.Demo)
        {
            throw new StartFaultException("The tour plays with invented people only: it does not run outside demo mode.");
        }

        await using var house = await FindOrOpenAsync(options, cancellation);
        using var running = RunningHouse.Find(options);
        var report = new TourReport(Console.Out);
        try
        {
            using var story = new Story(running, report);
            await story.PlayAsync(cancellation);
        }
        catch (Exception fault) when (fault is TourBrokenException or HttpRequestException or IOException or TokenRefusedException)
        {
            report.Expect(fault.Message, held: false);
        }

        report.Close();
        return report.Failures.Count == 0 ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }

    private static async Task<OpenHouse?> FindOrOpenAsync(HouseOptions options, CancellationToken cancellation)
    {
        var gateway = options.Address(RoomName.Gateway);
        if (await RunningHouse.AnswersAsync(gateway, cancellation))
        {
            var key = SystemKey.PrivateFile(options.Configuration["Sisote:Keys"] ?? Path.Combine(options.Data, "keys"), InnerSystems.Operator.Value);
            if (!File.Exists(options.DeploymentFile) || !File.Exists(key))
            {
                throw new StartFaultException($"Sisote answers at {gateway}, but {options.Data} is not its data folder: name that one with --data FOLDER, or open another instance with --port NUMBER.");
            }

            await Console.Error.WriteLineAsync($"Playing at the instance that runs ({gateway}).");
            return null;
        }

        await Console.Error.WriteLineAsync($"No instance runs: opening one on {options.Data} for the tour; what is played stays there.");
        return await OpenHouse.OpenAsync(options, cancellation);
    }
}
