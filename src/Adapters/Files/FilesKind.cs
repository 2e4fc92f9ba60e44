// Opens systems of the deployment that drop files.
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.Files;

/// <summary>Kind <c>files</c>: a system that drops CSV, XML or JSON files in a folder. Settings: <c>folder</c>, <c>mapping</c>, <c>maxAgeHours</c>.</summary>
internal sealed class FilesKind(RoomSettings rooms, TimeProvider clock, ILogger<FilesKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "files";

    /// <inheritdoc />
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var folder = settings.OptionalPath("folder");
        var longest = TimeSpan.FromHours(settings.Whole("maxAgeHours", 72, 1, 744));
        var mapping = MappingOpening.Open(settings, "mapping", rooms.Catalogue);
        if (folder is null)
        {
            settings.Fault("folder", "is missing");
        }

        foreach (var kind in mapping?.Records.Where(static kind => kind.Client.Id is null) ?? [])
        {
            settings.Fault("mapping", $"does not say the client's own number in a record `{kind.Name}`: `client.id`");
        }

        return folder is null || mapping is null ? null : new FilesSystem(system.Id.Value, new FileDrop(system.Id, mapping, folder, longest, clock, log), longest, clock, log);
    }
}
