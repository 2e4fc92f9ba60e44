// sisote tour: the story, played over real HTTP.
using System.CommandLine;
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
        catch (Exception fault) when (fault is TourBrokenException or HttpRequestException or IOException or Doors.Tokens.TokenRefusedException)
        {
            report.Expect(fault.Message, held: false);
        }

        report.Close();
        return report.Failures.Count == 0 ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }

    private static async Task<OpenHouse?> FindOrOpenAsync(HouseOptions options, CancellationToken cancellation)
    {
        if (File.Exists(options.DeploymentFile))
        {
            using var running = RunningHouse.Find(options);
            if (await running.AnswersAsync(cancellation))
            {
                await Console.Error.WriteLineAsync($"Playing at the instance that runs ({running.Settings.Gateway}).");
                return null;
            }
        }

        await Console.Error.WriteLineAsync("No instance runs: opening one for the tour.");
        return await OpenHouse.OpenAsync(options, cancellation);
    }
}
