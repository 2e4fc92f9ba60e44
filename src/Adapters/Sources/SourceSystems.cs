// The source systems that this process reaches.
using System.Collections.Immutable;
using Sisote.Doors;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Sources;

/// <summary>Opens the adapter of every system of the deployment that has one, finds it by system id, and runs those that listen.</summary>
internal sealed class SourceSystems(Deployment deployment, IEnumerable<IAdapterKind> kinds, RoomSettings settings) : IHostedService
{
    private ImmutableDictionary<SystemId, ISourceSystem> systems = ImmutableDictionary<SystemId, ISourceSystem>.Empty;

    /// <summary>Opens all adapters.</summary>
    /// <exception cref="AdapterSettingsException">At least one cannot be opened.</exception>
    public void Open()
    {
        if (Inspect() is { Faults: { IsEmpty: false } faults })
        {
            throw new AdapterSettingsException(faults);
        }
    }

    /// <summary>Makes the adapter of every system and says all that is wrong; nothing is called and nothing listens yet.</summary>
    public AdapterFindings Inspect()
    {
        var (faults, files) = (new List<string>(), new List<AdapterFile>());
        foreach (var entry in deployment.Systems)
        {
            if (entry.Adapter is not null && Open(entry, entry.Adapter.Kind, faults, files) is { } system)
            {
                systems = systems.SetItem(entry.Id, system);
            }
        }

        return new AdapterFindings([.. faults], [.. files]);
    }

    /// <summary>The system with this id, or null.</summary>
    public ISourceSystem? Find(string id) => SystemId.TryParse(id, out var system) ? systems.GetValueOrDefault(system) : null;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in systems.Values.OfType<IHostedService>())
        {
            await listener.StartAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in systems.Values.OfType<IHostedService>())
        {
            await listener.StopAsync(cancellationToken);
        }
    }

    private ISourceSystem? Open(SystemEntry entry, string kindName, List<string> faults, List<AdapterFile> files)
    {
        var kind = kinds.FirstOrDefault(kind => kind.Kind == kindName);
        if (kind is null)
        {
            faults.Add($"system `{entry.Id}`: there is no adapter of kind `{kindName}`; there are {string.Join(", ", kinds.Select(static known => known.Kind).Order(StringComparer.Ordinal))}");
            return null;
        }

        var reader = new AdapterSettings(entry, settings.DataDirectory);
        var system = kind.Open(entry, reader);
        var before = faults.Count;
        faults.AddRange(reader.Faults);
        files.AddRange(reader.Files);
        return faults.Count == before ? system : null;
    }
}
