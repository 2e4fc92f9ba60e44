// sisote catalogue: the law as data, looked at from the command line.
using System.CommandLine;
using Sisote.Gateway.Minimising;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;

namespace Sisote.Host.Commands;

/// <summary>Commands over the catalogue.</summary>
internal static class CatalogueCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("catalogue", "Look at the law as data.")
    {
        Check(),
        CatalogueExplainCommand.Make(TimeProvider.System),
        CatalogueMatrixCommand.Make(),
        CatalogueDiffCommand.Make(),
        CatalogueAnalyseCommand.Make(TimeProvider.System),
        CatalogueDecideCommand.Make(),
        CatalogueBacktestCommand.Make(),
    };

    private static Command Check()
    {
        var folder = new Option<string?>("--catalogue") { Description = "A catalogue folder to check instead of the built-in one." };
        var deployment = new Option<string?>("--deployment") { Description = "A deployment file to check against it." };
        var command = new Command("check", "Read the catalogue and say all that is wrong with it.") { folder, deployment };
        command.SetAction(parsed => RunCheck(parsed.GetValue(folder), parsed.GetValue(deployment), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int RunCheck(string? folder, string? deployment, TextWriter output)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new StartFaultException($"The catalogue folder {folder} is not there.");
        }

        switch (folder is null ? CatalogueReader.ReadEmbedded() : CatalogueReader.ReadDirectory(folder))
        {
            case CatalogueReading.Loaded loaded:
                output.WriteLine($"{loaded.Catalogue.Items.Count} data items, {loaded.Catalogue.Rules.Count} rules; version {loaded.Catalogue.Version}");
                var lost = LostElements.FindIn(loaded.Catalogue).ToArray();
                Array.ForEach(lost, output.WriteLine);
                return lost.Length > 0 ? ExitCodes.Failed : deployment is null ? ExitCodes.Ok : CheckDeployment(deployment, loaded.Catalogue, output);
            case CatalogueReading.Faulty faulty:
                foreach (var fault in faulty.Faults)
                {
                    output.WriteLine(fault);
                }

                return ExitCodes.Failed;
            default:
                return ExitCodes.Failed;
        }
    }

    private static int CheckDeployment(string file, LegalCatalogue catalogue, TextWriter output)
    {
        var read = LawAndDeployment.ReadDeployment(Path.GetFullPath(file), catalogue);
        var options = Settings.Read(Path.GetDirectoryName(Path.GetFullPath(file)), port: null) with { DeploymentFile = Path.GetFullPath(file) };
        var settings = OpenHouse.MakeSettings(options, catalogue, read);
        DeploymentCheck.Require(file, settings);
        DeploymentCheck.RequireSoundKeys(options.DeploymentFile, settings.Deployment);
        foreach (var warning in DeploymentCheck.FindMissingFiles(options.DeploymentFile, settings, beforeStart: true).Concat(DeploymentCheck.FindUnsetRetention(options.DeploymentFile, settings)))
        {
            Console.Error.WriteLine(warning);
        }

        output.WriteLine($"{read.Organisations.Length} organisations, {read.Systems.Length} systems, {read.Agreements.Length} agreements");
        return ExitCodes.Ok;
    }
}
