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
        string yaml;
        try
        {
            yaml = File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The deployment file {file} cannot be read: create it, or name it with Sisote__Deployment.", fault);
        }

        return DeploymentReader.Read(Path.GetFileName(file), yaml, catalogue) switch
        {
            DeploymentReading.Loaded loaded => loaded.Deployment,
            DeploymentReading.Faulty faulty => throw Faulty("The deployment file", file, faulty.Faults),
            var other => throw new StartFaultException($"Unknown deployment reading {other.GetType().Name}."),
        };
    }

    private static StartFaultException Faulty(string what, string where, IReadOnlyCollection<CatalogueFault> faults)
    {
        var counted = faults.Count == 1 ? "1 fault" : $"{faults.Count} faults";
        return new StartFaultException($"{what} ({where}) has {counted}; correct and start again: {string.Join(" | ", faults)}");
    }
}
