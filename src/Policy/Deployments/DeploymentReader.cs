// Reads sisote.yaml and reports every fault at once.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Catalogues.Reading;

namespace Sisote.Policy.Deployments;

/// <summary>What reading a deployment file gives.</summary>
public abstract record DeploymentReading
{
    private DeploymentReading()
    {
    }

    /// <summary>The deployment stands and only narrows the catalogue.</summary>
    public sealed record Loaded(Deployment Deployment) : DeploymentReading;

    /// <summary>It does not; at least one fault.</summary>
    public sealed record Faulty(ImmutableArray<CatalogueFault> Faults) : DeploymentReading;
}

/// <summary>Reads a deployment file against the catalogue it narrows.</summary>
public static class DeploymentReader
{
    /// <summary>Reads the file's text.</summary>
    public static DeploymentReading Read(string fileName, string yaml, LegalCatalogue catalogue)
    {
        var faults = new FaultCollector();
        Know(catalogue, faults);
        if (YamlFile.Parse(fileName, yaml, faults) is not { } file)
        {
            return new DeploymentReading.Faulty(faults.Sorted());
        }

        var deployment = DeploymentFile.Read(file.Open(faults), catalogue);
        faults.CheckReferences();
        return faults.Any ? new DeploymentReading.Faulty(faults.Sorted()) : new DeploymentReading.Loaded(deployment);
    }

    private static void Know(LegalCatalogue catalogue, FaultCollector faults)
    {
        faults.Know(Vocabulary.Item, catalogue.Items.Keys.Select(static code => code.Value));
        faults.Know(Vocabulary.Rule, catalogue.Rules.Keys.Select(static code => code.Value));
        faults.Know(Vocabulary.Sector, catalogue.Sectors.Keys.Select(static code => code.Value));
        faults.Know(Vocabulary.Role, catalogue.Roles.Keys.Select(static code => code.Value));
        faults.Know(Vocabulary.Purpose, catalogue.Purposes.Keys.Select(static code => code.Value));
        faults.Know(Vocabulary.Condition, catalogue.Conditions.Keys.Select(static code => code.Value));
    }
}
