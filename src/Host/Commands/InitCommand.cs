// sisote init: the entry, key pair and mapping that a new system begins with.
using System.CommandLine;
using Sisote.Host.House;
using Sisote.Host.Init;

namespace Sisote.Host.Commands;

/// <summary>Prints a new system's entry; with <c>--to</c> or <c>--write</c> its kit is written, with <c>--write</c> the entry, too. What stands is never written over, and a deployment file that would not load afterwards stays as it is.</summary>
internal static class InitCommand
{
    /// <summary>What was given besides the system.</summary>
    private sealed record Place(HouseOptions Options, string? Folder, bool Writes);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var system = new Argument<string>("system") { Description = "The new system's id: its client_id and its place in addresses." };
        var organisation = new Option<string>("--organisation") { Description = "Its controller, one of the deployment file.", Required = true };
        var sector = new Option<string>("--sector") { Description = "The sector whose data it holds or in whose task it asks.", Required = true };
        var kind = new Option<string>("--kind") { Description = "The kind of its adapter (docs/adapters.md); none for a system that only asks.", Required = true };
        var address = new Option<string?>("--address") { Description = "Where the system is (default: an example to be replaced)." };
        var roles = new Option<string[]>("--role") { Description = "A role that its tokens may have, the first one what it acts as (default: all that the law has for the sector)." };
        var purposes = new Option<string[]>("--purpose") { Description = "A purpose that it may ask for (default: all that the law has for the sector)." };
        var deployment = new Option<FileInfo?>("--deployment") { HelpName = "FILE", Description = "The deployment file (default: that of the data folder)." };
        var to = new Option<DirectoryInfo?>("--to") { HelpName = "DIR", Description = "Write keys, mapping and samples there (with --write and without this: beside the deployment file)." };
        var write = new Option<bool>("--write") { Description = "Put the entry into the deployment file, and write what belongs to it. Without this and --to it is printed only." };
        var command = new Command("init", "Make what a new system begins with: its entry, key pair, mapping file and next steps.") { system, organisation, sector, kind, address, roles, purposes, deployment, to, write, data, port };
        command.SetAction(parsed =>
        {
            var options = Settings.Read(parsed.GetValue(data) ?? parsed.GetValue(deployment)?.DirectoryName, parsed.GetValue(port));
            options = parsed.GetValue(deployment) is { } file ? options with { DeploymentFile = file.FullName } : options;
            var asked = new AskedSystem(parsed.GetRequiredValue(system), parsed.GetRequiredValue(organisation), parsed.GetRequiredValue(sector), parsed.GetRequiredValue(kind), parsed.GetValue(address), [.. parsed.GetValue(roles) ?? []], [.. parsed.GetValue(purposes) ?? []]);
            return Run(asked, new Place(options, parsed.GetValue(to)?.FullName, parsed.GetValue(write)), parsed.InvocationConfiguration);
        });
        return command;
    }

    private static int Run(AskedSystem asked, Place place, InvocationConfiguration streams)
    {
        var catalogue = LawAndDeployment.ReadCatalogue(place.Options.CatalogueFolder);
        var deployment = LawAndDeployment.ReadDeployment(place.Options.DeploymentFile, catalogue);
        var (system, faults) = NewSystem.Read(asked, catalogue, deployment, place.Options.DeploymentFile);
        if (system is null)
        {
            foreach (var fault in faults)
            {
                streams.Error.WriteLine(fault);
            }

            return ExitCodes.Usage;
        }

        system = system.LaidBeside(place.Options);
        var kit = new Kit(system, catalogue, place.Options);
        if (place is { Writes: false, Folder: null })
        {
            kit.TryEntry(File.ReadAllText(place.Options.DeploymentFile));
            streams.Output.Write(EntryText.Write(system));
            streams.Error.WriteLine($"Nothing was written. The same with --write puts the entry into {place.Options.DeploymentFile} and writes key pair, mapping and samples beside it; with --to DIR it writes these there, for the system's owner, and leaves the deployment file as it is.");
            return ExitCodes.Ok;
        }

        var folder = Path.GetFullPath(place.Folder ?? kit.Home);
        if (kit.FindStanding(folder).Concat(kit.FindStanding(kit.Home)).Distinct().ToList() is { Count: > 0 } standing)
        {
            streams.Error.WriteLine($"Nothing was written, because this would be written over: {string.Join(", ", standing)}. Give the system another name, or move these away if nobody uses them.");
            return ExitCodes.Failed;
        }

        var before = File.ReadAllText(place.Options.DeploymentFile);
        var extended = kit.TryEntry(before);
        var files = kit.Write(folder);
        if (place.Writes)
        {
            kit.Share(folder);
            Kit.Replace(place.Options.DeploymentFile, extended);
        }

        streams.Output.Write(EntryText.Write(system));
        Tell(system, kit, place, files, streams.Error);
        return ExitCodes.Ok;
    }

    private static void Tell(NewSystem system, Kit kit, Place place, IEnumerable<string> files, TextWriter said)
    {
        said.WriteLine(place.Writes ? $"The entry stands in {place.Options.DeploymentFile}. Written:" : "Written:");
        foreach (var file in files)
        {
            said.WriteLine($"  {file}");
        }

        said.WriteLine("Next:");
        var number = 0;
        foreach (var step in NextSteps.List(system, kit, place.Options, Path.GetFullPath(place.Folder ?? kit.Home), place.Writes))
        {
            said.WriteLine($"  {++number}. {step}");
        }
    }
}
