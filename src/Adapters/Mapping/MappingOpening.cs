// Opens the mapping file that a system's settings name.
using System.Collections.Immutable;
using Sisote.Adapters.Sources;
using Sisote.Policy.Catalogues;

namespace Sisote.Adapters.Mapping;

/// <summary>Reads the file of a setting; each of its faults is a fault of the setting.</summary>
internal static class MappingOpening
{
    /// <summary>The mapping, or null with noted faults.</summary>
    public static MappingFile? Open(AdapterSettings settings, string setting, LegalCatalogue catalogue)
    {
        var path = settings.OptionalPath(setting);
        if (path is null)
        {
            settings.Fault(setting, "is missing");
            return null;
        }

        try
        {
            var (mapping, faults) = MappingFileReader.Read(Path.GetFileName(path), File.ReadAllText(path), new CarriedElements(catalogue));
            foreach (var fault in faults)
            {
                settings.Fault(setting, $"is faulty: {fault}");
            }

            return mapping;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            settings.Fault(setting, "cannot be read");
            return null;
        }
    }

    /// <summary>The resource types that a mapping makes.</summary>
    public static ImmutableHashSet<string> Types(this MappingFile mapping) => [.. mapping.Records.SelectMany(static kind => kind.Resources).Select(static resource => resource.Type)];
}
