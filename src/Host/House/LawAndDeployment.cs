// Reads the law and the deployment, or says what is wrong with them.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;

namespace Sisote.Host.House;

/// <summary>Reads the catalogue and the deployment file at start.</summary>
internal static class LawAndDeployment
{
    /// <summary>The catalogue: built in, or of a folder.</summary>
    /// <exception cref="StartFaultException">It has faults; the message lists them all.</exception>
    internal static LegalCatalogue ReadCatalogue(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new StartFaultException($"The catalogue folder {folder} is not there: correct Sisote__CatalogueFolder or --catalogue.");
        }

        return (folder is null ? CatalogueReader.ReadEmbedded() : CatalogueReader.ReadDirectory(folder)) switch
        {
            CatalogueReading.Loaded loaded => loaded.Catalogue,
            CatalogueReading.Faulty faulty => throw Faulty("The catalogue", folder ?? "built in", faulty.Faults),
            var other => throw new StartFaultException($"Unknown catalogue reading {other.GetType().Name}."),
        };
    }

    /// <summary>The deployment file.</summary>
    /// <exception cref="StartFaultException">It is missing or has faults.</exception>
    internal static Deployment ReadDeployment(string file, LegalCatalogue catalogue)
    {
        try
        {
            return Parse(file, File.ReadAllText(file), catalogue);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartFaultException($"There is no deployment file {file}: start Sisote here once, or name the data folder that has one (--data FOLDER, Sisote__Deployment for a file elsewhere).", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The deployment file {file} is there, but cannot be read ({fault.Message}): give this user the right to.", fault);
        }
    }

    /// <summary>The deployment file; in the demonstration, where there is none yet, the one that would be written.</summary>
    /// <exception cref="StartFaultException">It is missing or has faults.</exception>
    internal static Deployment ReadDeploymentOrDemo(HouseOptions options, LegalCatalogue catalogue, bool anew = false)
    {
        var isThere = File.Exists(options.DeploymentFile);
        if (options.Demo && !anew && !isThere && DataFolder.IsUsed(options.Data))
        {
            throw new StartFaultException($"There is no {options.DeploymentFile}, though {options.Data} has been used: put the file back. (--fresh would begin anew, without the data, the log and the keys that are there.)");
        }

        return options.Demo && (anew || !isThere)
            ? Parse(options.DeploymentFile, DemoWorld.DeploymentText(options.FirstPort), catalogue)
            : ReadDeployment(options.DeploymentFile, catalogue);
    }

    /// <summary>The faults of a deployment that is not in use; none where it would load.</summary>
    internal static IReadOnlyCollection<CatalogueFault> FindFaults(string fileName, string yaml, LegalCatalogue catalogue) =>
        DeploymentReader.Read(fileName, yaml, catalogue) is DeploymentReading.Faulty faulty ? faulty.Faults : [];

    /// <summary>The faults of a file in one line.</summary>
    internal static StartFaultException Faulty(string what, string where, IReadOnlyCollection<CatalogueFault> faults)
    {
        var counted = faults.Count == 1 ? "1 fault" : $"{faults.Count} faults";
        return new StartFaultException($"{what} ({where}) has {counted}; correct and start again: {string.Join(" | ", faults)}");
    }

    private static Deployment Parse(string file, string yaml, LegalCatalogue catalogue) =>
        DeploymentReader.Read(Path.GetFileName(file), yaml, catalogue) switch
        {
            DeploymentReading.Loaded loaded => loaded.Deployment,
            DeploymentReading.Faulty faulty => throw Faulty("The deployment file", file, faulty.Faults),
            var other => throw new StartFaultException($"Unknown deployment reading {other.GetType().Name}."),
        };
}
