// The files that a new system begins with.
using System.Collections.Immutable;
using Sisote.Adapters.Mapping;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;

namespace Sisote.Host.Init;

/// <summary>A system's key pair, mapping file and samples; and its entry, tried before anything is written.</summary>
/// <param name="system">The system.</param>
/// <param name="catalogue">The law.</param>
/// <param name="options">The installation.</param>
internal sealed class Kit(NewSystem system, LegalCatalogue catalogue, HouseOptions options)
{
    private readonly MappingSketch? mapping = system.Adapter?.MappingFormat is { } format ? MappingSketch.Make(catalogue, system.Items, format) : null;

    /// <summary>Folder of the deployment file, where its public key set is looked for.</summary>
    internal string Home { get; } = Path.GetDirectoryName(options.DeploymentFile)!;

    /// <summary>The mapping file's name; null where the kind has none.</summary>
    internal string? MappingFile => mapping is null ? null : $"{system.Id}.mapping.yaml";

    /// <summary>Samples that the mapping file maps, by kind of record.</summary>
    internal IEnumerable<(string Record, string File, string Text)> Samples =>
        mapping?.Samples.Select(sample => (sample.Record, $"{system.Id}.samples/{sample.Record}.{system.Adapter!.MappingFormat}", sample.Text)) ?? [];

    /// <summary>Files that would be written over in a folder; a key is never.</summary>
    internal IEnumerable<string> FindStanding(string folder) =>
        Samples.Select(sample => Path.Combine(folder, sample.File))
            .Prepend(Path.Combine(folder, $"{system.Id}.mapping.yaml")).Prepend(SystemKey.PublicFile(Path.Combine(folder, "keys"), system.Id.Value)).Prepend(SystemKey.PrivateFile(Path.Combine(folder, "keys"), system.Id.Value))
            .Where(File.Exists);

    /// <summary>The deployment file with the entry, proven to load with this law and these adapters.</summary>
    /// <exception cref="StartFaultException">It would not load; the message lists why.</exception>
    internal string TryEntry(string yaml)
    {
        var extended = EntryText.PutInto(options.DeploymentFile, yaml, system);
        var deployment = DeploymentReader.Read(Path.GetFileName(options.DeploymentFile), extended, catalogue) switch
        {
            DeploymentReading.Loaded loaded => loaded.Deployment,
            DeploymentReading.Faulty faulty => throw LawAndDeployment.Faulty("With the new entry the deployment file", options.DeploymentFile, faulty.Faults),
            var other => throw new StartFaultException($"Unknown deployment reading {other.GetType().Name}."),
        };
        var staged = Directory.CreateTempSubdirectory("sisote-init-").FullName;
        try
        {
            DeploymentCheck.Require(options.DeploymentFile, OpenHouse.MakeSettings(options, catalogue, WithStagedMapping(deployment, staged)));
        }
        finally
        {
            Directory.Delete(staged, recursive: true);
        }

        return extended;
    }

    /// <summary>Writes all that is not there yet. The private key is readable by its owner alone.</summary>
    /// <returns>The files.</returns>
    internal ImmutableArray<string> Write(string folder)
    {
        var keys = Path.Combine(folder, "keys");
        SystemKey.Ensure(keys, system.Id.Value);
        var files = ImmutableArray.Create(SystemKey.PrivateFile(keys, system.Id.Value), SystemKey.PublicFile(keys, system.Id.Value));
        foreach (var (name, text) in Samples.Select(static sample => (sample.File, sample.Text)).Prepend((MappingFile ?? string.Empty, mapping?.Text ?? string.Empty)).Where(static file => file.Item1.Length > 0))
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            files = files.Add(path);
        }

        return files;
    }

    /// <summary>Lays what the installation reads beside the deployment file, where the kit lies elsewhere.</summary>
    internal void Share(string folder)
    {
        if (Path.GetFullPath(folder) == Home)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(Home, "keys"));
        File.Copy(SystemKey.PublicFile(Path.Combine(folder, "keys"), system.Id.Value), Path.Combine(Home, system.KeysFile), overwrite: false);
        if (MappingFile is { } name)
        {
            File.Copy(Path.Combine(folder, name), Path.Combine(Home, name), overwrite: false);
        }
    }

    /// <summary>Puts the extended text in the deployment file's place, whole or not at all, with the rights that the file has.</summary>
    internal static void Replace(string file, string text)
    {
        var real = new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
        var aside = $"{real}.{Guid.CreateVersion7():N}";
        File.Copy(real, aside); // takes the rights along
        File.WriteAllText(aside, text);
        File.Move(aside, real, overwrite: true);
    }

    /// <summary>The mapping file is not in its place before the entry is known to be sound.</summary>
    private Deployment WithStagedMapping(Deployment deployment, string folder)
    {
        if (mapping is null)
        {
            return deployment;
        }

        var file = Path.Combine(folder, MappingFile!);
        File.WriteAllText(file, mapping.Text);
        return deployment with
        {
            Systems = [.. deployment.Systems.Select(entry => entry.Id == system.Id ? entry with { Adapter = entry.Adapter! with { Settings = entry.Adapter.Settings.SetItem("mapping", file) } } : entry)],
        };
    }
}
