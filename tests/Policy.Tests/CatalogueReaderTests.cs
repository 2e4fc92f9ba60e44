// The catalogue is read as a whole or not at all, and every fault has its place.
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Policy;

public sealed class CatalogueReaderTests
{
    [Fact]
    public void TheShippedCatalogueHasNoFault() => Assert.NotEmpty(Catalogues.Shipped.Rules);

    [Fact]
    public void TheDemoDeploymentOnlyNarrows()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sisote.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var reading = DeploymentReader.Read("sisote.yaml", File.ReadAllText(Path.Combine(folder, "src/Host/Demo/sisote.yaml")), Catalogues.Shipped);

        Assert.True(reading is DeploymentReading.Loaded, reading is DeploymentReading.Faulty faulty ? string.Join('\n', faulty.Faults) : null);
    }
}
