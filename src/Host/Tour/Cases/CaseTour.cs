// Plays cases in a house of their own.
using Sisote.Host.Commands;
using Sisote.Host.House;

namespace Sisote.Host.Tour.Cases;

/// <summary>Opens a house with the systems and people of all cases on a new folder, plays, and removes the folder unless it was named.</summary>
internal static class CaseTour
{
    /// <summary>Plays cases, or a scenario file of somebody's own, and gives the exit code.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<int> cases, FileInfo? own, string? data, int? port, CancellationToken cancellation)
    {
        var settings = Commands.Settings.Read(data, port);
        TourCommand.RequireDemo(settings);
        var folder = data ?? Path.Combine(Path.GetTempPath(), $"sisote-cases-{Guid.CreateVersion7():N}");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new StartFaultException($"Cases are played in a new folder, and {Path.GetFullPath(folder)} is in use: name another with --data FOLDER, or none.");
        }

        try
        {
            return await PlayAsync(cases, own, MakeOptions(folder, settings.FirstPort), cancellation);
        }
        finally
        {
            if (data is null && Directory.Exists(folder))
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Reads all before anything is played.</summary>
    private static List<Scenario> ReadScenarios(IReadOnlyList<int> cases, FileInfo? own, ScenarioWorld world)
    {
        var scenarios = cases.Where(static number => number != CaseFiles.OfTheTour).Select(number => CaseFiles.Read(number, world)).ToList();
        if (own is not null)
        {
            scenarios.Add(CaseFiles.Read(own, world));
        }

        return scenarios;
    }

    /// <summary>Settings of a house that shares nothing with the installation of this machine but the ports.</summary>
    private static HouseOptions MakeOptions(string folder, int port) => HouseOptions.Read(new ConfigurationBuilder().Build(), folder, port);

    private static async Task<int> PlayAsync(IReadOnlyList<int> cases, FileInfo? own, HouseOptions options, CancellationToken cancellation)
    {
        CaseFiles.Furnish(options);
        var report = new TourReport(Console.Out);
        await using (var house = await OpenHouse.OpenAsync(options, cancellation))
        {
            using var running = RunningHouse.Find(options);
            var world = ScenarioWorld.Of(running);
            var scenarios = ReadScenarios(cases, own, world);
            if (cases.Contains(CaseFiles.OfTheTour))
            {
                using var story = new Story(running, report);
                await TourCommand.PlayAsync(report, story.PlayAsync, cancellation);
            }

            using var log = new TourLog(running);
            foreach (var scenario in scenarios)
            {
                await TourCommand.PlayAsync(report, stop => new CasePlayer(running, options, report, log).PlayAsync(scenario, stop), cancellation);
            }
        }

        report.Close();
        return report.Failures.Count == 0 ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }
}
