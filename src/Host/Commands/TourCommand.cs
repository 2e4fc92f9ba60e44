// sisote tour: the story and the cases, played over real HTTP.
using System.CommandLine;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Host.Tour;
using Sisote.Host.Tour.Cases;

namespace Sisote.Host.Commands;

/// <summary>Plays the story against the instance that runs, or starts one for it; plays cases in a house of their own.</summary>
internal static class TourCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var number = new Option<int?>("--case") { HelpName = "NUMBER", Description = "Play one of the fifteen cases (docs/cases.md) in a house of its own." };
        var all = new Option<bool>("--all") { Description = "Play all cases that have a scenario, in one house of their own." };
        var file = new Option<FileInfo?>("--scenario") { HelpName = "FILE", Description = "Play a scenario file of your own in the house of the cases." };
        var command = new Command("tour", "Play the story: a referral, what may be read, an entry, a withdrawal, the log. Or a case.") { number, all, file, data, port };
        command.Validators.Add(result =>
        {
            if (result.GetValue(number) is < 1 or > 15)
            {
                result.AddError("--case is a number from 1 to 15.");
            }

            if (new[] { result.GetValue(number) is not null, result.GetValue(all), result.GetValue(file) is not null }.Count(static given => given) > 1)
            {
                result.AddError("Give one of --case, --all and --scenario.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var (one, own) = (parsed.GetValue(number), parsed.GetValue(file));
            return one is null && own is null && !parsed.GetValue(all)
                ? RunAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), cancellation)
                : CaseTour.RunAsync(one is null ? own is null ? CaseFiles.Cases : [] : [one.Value], own, parsed.GetValue(data), parsed.GetValue(port), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, CancellationToken cancellation)
    {
        RequireDemo(options);
        await using var house = await FindOrOpenAsync(options, cancellation);
        using var running = RunningHouse.Find(options);
        var report = new TourReport(Console.Out);
        using var story = new Story(running, report);
        await PlayAsync(report, story.PlayAsync, cancellation);
        report.Close();
        return report.Failures.Count == 0 ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }

    /// <summary>Refuses where real people may be.</summary>
    internal static void RequireDemo(HouseOptions options)
    {
        if (!options.Demo)
        {
            throw new StartFaultException("The tour plays with invented people only: it does not run outside demo mode.");
        }
    }

    /// <summary>Plays something; where it cannot go on, that is an expectation that did not hold.</summary>
    internal static async Task PlayAsync(TourReport report, Func<CancellationToken, Task> play, CancellationToken cancellation)
    {
        try
        {
            await play(cancellation);
        }
        catch (Exception fault) when (fault is TourBrokenException or HttpRequestException or IOException or TokenRefusedException)
        {
            report.Expect(fault.Message, held: false);
        }
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
