// The law as shipped and the demonstration's deployment, for tests of the pages.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Portal;

internal static class World
{
    internal static LegalCatalogue Catalogue { get; } = CatalogueReader.ReadEmbedded() is CatalogueReading.Loaded loaded
        ? loaded.Catalogue
        : throw new InvalidOperationException("The shipped catalogue does not load.");

    internal static Deployment Deployment { get; } =
        DeploymentReader.Read("sisote.yaml", File.ReadAllText(Path.Combine(Root, "src", "Host", "Demo", "sisote.yaml")), Catalogue) is DeploymentReading.Loaded loaded
            ? loaded.Deployment
            : throw new InvalidOperationException("The demonstration's deployment does not load.");

    internal static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Sisote.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the checkout.");
            }

            return folder;
        }
    }
}
