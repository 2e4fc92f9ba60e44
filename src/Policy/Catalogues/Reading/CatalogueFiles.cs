// Puts the files of a catalogue together.
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>Reads all files of a catalogue; the order of the files does not matter.</summary>
internal sealed class CatalogueFiles
{
    private readonly FaultCollector faults = new();
    private readonly HashSet<string> given = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, YamlFile> files = new(StringComparer.Ordinal);

    internal CatalogueFiles(IEnumerable<(string Name, string Text)> texts)
    {
        var all = texts.ToArray();
        given.UnionWith(all.Select(static text => text.Name));

        // Parsing is most of the work and no file needs another, so all cores share it.
        foreach (var file in all.AsParallel().Select(text => YamlFile.Parse(text.Name, text.Text, faults)).OfType<YamlFile>())
        {
            if (!files.TryAdd(file.Name, file))
            {
                faults.Add(file.Name, 0, "The file is given twice.");
            }
        }
    }

    internal CatalogueReading Read()
    {
        var systems = new FrozenCodeSystems(Entries("code-systems", Vocabulary.CodeSystem, static (_, map) => map.Text("uri")));
        var sectors = Entries("sectors", Vocabulary.Sector, static (_, map) => map.Localised());
        var roles = Entries("roles", Vocabulary.Role, static (_, map) => new RoleEntry(map.Code<SectorId>("sector", Vocabulary.Sector), map.Localised()));
        var purposes = Entries("purposes", Vocabulary.Purpose, static (_, map) => map.Localised());
        var forms = Entries("consent-forms", Vocabulary.ConsentForm, VocabularyFiles.ConsentForm);
        var obligations = Entries("obligations", Vocabulary.Obligation, static (_, map) => map.Localised());
        var minors = Entries("minors-policy", Vocabulary.MinorsContext, VocabularyFiles.MinorsPolicy);
        var conditions = Conditions();
        var items = Folder("items", map => ItemFile.Read(map, systems), static item => item.Id);
        var allItems = items.Keys.OrderBy(static item => item.Value, StringComparer.Ordinal).ToImmutableArray();
        var catalogue = new LegalCatalogue
        {
            Version = Version(),
            CodeSystems = systems.All,
            Sectors = Keyed<SectorId, LocalisedText>(sectors),
            Roles = Keyed<RoleId, RoleEntry>(roles),
            Purposes = Keyed<PurposeId, LocalisedText>(purposes),
            ConsentForms = Keyed<ConsentFormId, ConsentForm>(forms),
            Obligations = obligations,
            MinorsPolicies = minors,
            Retention = Entries("retention", Vocabulary.Retention, VocabularyFiles.Retention),
            Relationships = given.Contains("relationships.yaml") ? Entries("relationships", Vocabulary.Relationship, VocabularyFiles.Relationship) : FrozenDictionary<string, RelationshipKind>.Empty,
            Statutes = Statutes(),
            CheckedThrough = CheckedThrough(),
            Conditions = conditions,
            CodeLists = Folder("code-lists", map => VocabularyFiles.CodeList(map, systems), static list => list.Id),
            Items = items,
            Rules = Folder("rules", map => RuleFile.Read(map, allItems), static rule => rule.Id),
            Prohibitions = Folder("prohibitions", ProhibitionFile.Read, static prohibition => prohibition.Id),
            Names = Names(sectors, roles, forms, purposes),
        };
        RefuseStrangers();
        faults.CheckReferences();
        faults.CheckWhole(catalogue);
        return faults.Any ? new CatalogueReading.Faulty(faults.Sorted()) : new CatalogueReading.Loaded(catalogue);
    }

    private static readonly string[] Folders = ["items/", "rules/", "prohibitions/", "code-lists/"];
    private static readonly string[] Singles =
        ["code-systems.yaml", "sectors.yaml", "roles.yaml", "purposes.yaml", "consent-forms.yaml", "conditions.yaml", "obligations.yaml", "minors-policy.yaml", "retention.yaml", "relationships.yaml", "statutes.yaml", "checked.yaml"];

    private FrozenDictionary<string, T> Entries<T>(string name, Vocabulary kind, Func<string, YamlMap, T> read)
    {
        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (code, map) in Mappings(name))
        {
            faults.Define(kind, code, map.File, map.Line);
            entries[code] = read(code, map);
            map.Close();
        }

        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Names of statutes; the file may be missing, for explanations then give numbers only.</summary>
    private FrozenDictionary<string, LocalisedText> Statutes()
    {
        var names = new Dictionary<string, LocalisedText>(StringComparer.Ordinal);
        var root = files.TryGetValue("statutes.yaml", out var file) ? file.Open(faults) : null;
        foreach (var (number, line) in root?.Keys.ToArray() ?? [])
        {
            names[number] = root!.Localised(number);
            if (!RuleFile.IsStatute(number))
            {
                root.Fault($"`{number}` is not a statute number like 703/2023.", line);
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>How far the statutes were read; the file may be missing, for explanations then say nothing of it.</summary>
    private DateOnly? CheckedThrough()
    {
        if (!files.TryGetValue("checked.yaml", out var file))
        {
            return null;
        }

        var map = file.Open(faults);
        var through = map.Date("through");
        map.OptionalText("remarks");
        map.Close();
        return through;
    }

    private FrozenDictionary<ConditionId, Condition> Conditions()
    {
        var conditions = new Dictionary<ConditionId, Condition>();
        foreach (var (code, map) in Mappings("conditions"))
        {
            conditions[ConditionId.Parse(code)] = ConditionsFile.Read(code, map);
        }

        return conditions.ToFrozenDictionary();
    }

    private IEnumerable<(string Code, YamlMap Map)> Mappings(string name)
    {
        if (!files.TryGetValue(name + ".yaml", out var file))
        {
            // A file that is there but not readable has had its fault.
            if (!given.Contains(name + ".yaml"))
            {
                faults.Add(name + ".yaml", 0, "The file is missing.");
            }

            yield break;
        }

        var root = file.Open(faults);
        foreach (var (code, line) in root.Keys.ToArray())
        {
            if (!CodeText.IsValid(code))
            {
                root.Fault($"`{code}` is not a code: use 1 to 64 letters, digits, '-', '_' or '.'.", line);
            }
            else if (root.Map(code) is { } map)
            {
                yield return (code, map);
            }
        }
    }

    private FrozenDictionary<TKey, T> Folder<TKey, T>(string folder, Func<YamlMap, T> read, Func<T, TKey> key)
        where TKey : notnull
    {
        var found = new Dictionary<TKey, T>();
        foreach (var file in files.Values.Where(file => file.Name.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            var entry = read(file.Open(faults));
            found[key(entry)] = entry;
            if ($"{key(entry)}" is { Length: > 0 } id && id != Path.GetFileNameWithoutExtension(file.Name))
            {
                faults.Add(file.Name, 1, $"The file must be named after its id `{id}`.");
            }
        }

        return found.ToFrozenDictionary();
    }

    private void RefuseStrangers()
    {
        foreach (var name in files.Keys.Where(static name => !Singles.Contains(name) && !Folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal))))
        {
            faults.Add(name, 0, "The catalogue has no place for this file.");
        }
    }

    /// <summary>SHA-256 over the canonical texts in ordinal order of file names.</summary>
    private CatalogueVersion Version()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{file.Canonical()}\n"));
        }

        return CatalogueVersion.Parse(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FrozenDictionary<TCode, T> Keyed<TCode, T>(FrozenDictionary<string, T> entries)
        where TCode : struct, ICode<TCode> =>
        entries.ToFrozenDictionary(static entry => TCode.Parse(entry.Key), static entry => entry.Value);

    /// <summary>One name per code; where a sector and a purpose share a code, the sector's name stands (see Purposes for the other).</summary>
    private static FrozenDictionary<string, LocalisedText> Names(
        FrozenDictionary<string, LocalisedText> sectors,
        FrozenDictionary<string, RoleEntry> roles,
        FrozenDictionary<string, ConsentForm> forms,
        FrozenDictionary<string, LocalisedText> purposes)
    {
        var names = new Dictionary<string, LocalisedText>(StringComparer.Ordinal);
        var all = sectors
            .Concat(roles.Select(static role => KeyValuePair.Create(role.Key, role.Value.Labels)))
            .Concat(forms.Select(static form => KeyValuePair.Create(form.Key, form.Value.Labels)))
            .Concat(purposes);
        foreach (var (code, name) in all)
        {
            names.TryAdd(code, name);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
