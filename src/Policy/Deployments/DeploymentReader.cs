// Reads sisote.yaml and reports every fault at once.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;

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
    public static DeploymentReading Read(string fileName, string yaml, LegalCatalogue catalogue) => throw new NotImplementedException();
}
