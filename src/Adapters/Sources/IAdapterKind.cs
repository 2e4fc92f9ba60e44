// How an adapter kind makes its systems from the deployment.
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.Sources;

/// <summary>A kind of source system, named in the deployment file (<c>patient-record</c>, ...). One implementation for each folder of this room.</summary>
internal interface IAdapterKind
{
    /// <summary>The name in the deployment file.</summary>
    string Kind { get; }

    /// <summary>Makes the adapter of one system; reports unusable settings to <paramref name="settings"/> instead of throwing.</summary>
    /// <returns>The adapter, or null where settings are unusable.</returns>
    ISourceSystem? Open(SystemEntry system, AdapterSettings settings);
}
