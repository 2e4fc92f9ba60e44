// How the entry of a new system begins, by the kind of its adapter.
using System.Collections.Immutable;
using Sisote.Adapters.Fhir;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Sources;

/// <summary>The settings with which a new system's adapter opens; addresses are examples until somebody writes the real ones.</summary>
/// <param name="Settings">The settings in the order in which people fill them in.</param>
/// <param name="MappingFormat">The format of the mapping file that the kind asks for (<c>json</c>, <c>csv</c>); null where it needs none.</param>
public sealed record AdapterSketch(ImmutableArray<SketchedSetting> Settings, string? MappingFormat = null)
{
    private static readonly ImmutableArray<SketchedSetting> Record =
    [
        new("documents", "https://SYSTEM.example", "base of the record's document interface"),
        new("credentials", "secrets/SYSTEM.credentials", "file with user:password lines"),
        new("sendMllp", "mllp://SYSTEM.example:2575", "where written entries go"),
    ];

    private static readonly ImmutableArray<SketchedSetting> KeyedApi =
    [
        new("address", "https://SYSTEM.example/api", "base of its interface"),
        new("apiKeyFile", "secrets/SYSTEM.api-key", "file with the key that it asks for"),
    ];

    private static readonly ImmutableSortedDictionary<string, AdapterSketch> Kinds = new Dictionary<string, AdapterSketch>
    {
        ["exercise-counselling"] = new(KeyedApi),
        ["fhir"] = new(
        [
            new("address", "https://SYSTEM.example/fhir", "base of the FHIR R4 server"),
            new("reads", "TYPES", "types that are read there; leave what it does not have"),
            new("keyFile", "keys/at-SYSTEM.private.jwk.json", "our private key at the server (SMART backend services)"),
            new("clientId", "sisote", "our client id at the server"),
        ]),
        ["files"] = new([new("folder", "drops/SYSTEM", "where the system puts its files"), new("mapping", "SYSTEM.mapping.yaml", "docs/mapping.md")], "csv"),
        ["patient-record"] = new(Record),
        ["rest"] = new(KeyedApi.Add(new("mapping", "SYSTEM.mapping.yaml", "docs/mapping.md")), "json"),
        ["school"] = new(
        [
            new("rosterFolder", "rosters/SYSTEM", "folder of OneRoster 1.2 CSV packages"),
            new("inboxAddress", "https://SYSTEM.example/inbox", "base of the school's message box"),
            new("inboxKeyFile", "secrets/SYSTEM.inbox-key", "file with the key of the message box"),
        ]),
        ["student-welfare"] = new(KeyedApi),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The kinds that have a sketch, which are all kinds of adapters.</summary>
    public static IEnumerable<string> KnownKinds => Kinds.Keys;

    /// <summary>The sketch of a kind for one system, or null where there is no such kind.</summary>
    /// <param name="kind">The kind of adapter.</param>
    /// <param name="system">The new system; its id stands in the names of files.</param>
    /// <param name="types">The resource types that the law lets leave from it.</param>
    /// <param name="address">Where the system is; null = an example that a doctor finds.</param>
    public static AdapterSketch? Find(string kind, SystemId system, IEnumerable<string> types, string? address)
    {
        if (!Kinds.TryGetValue(kind, out var sketch))
        {
            return null;
        }

        var (reads, first) = (string.Join(',', types.Where(FhirShapes.Knows)), sketch.Settings.FirstOrDefault(static setting => setting.Value.Contains("://", StringComparison.Ordinal)));
        return sketch with
        {
            Settings = [.. sketch.Settings.Select(setting => setting with
            {
                Value = setting == first && address is not null ? address : setting.Value.Replace("SYSTEM", system.Value, StringComparison.Ordinal).Replace("TYPES", reads, StringComparison.Ordinal),
            })],
        };
    }
}

/// <summary>A setting of a new entry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it begins with.</param>
/// <param name="Remark">What it is, for people.</param>
public sealed record SketchedSetting(string Name, string Value, string Remark);
