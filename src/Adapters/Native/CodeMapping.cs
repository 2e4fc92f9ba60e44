// The declarative mapping between a product's codes and FHIR's.
using System.Collections.Immutable;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Sources;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Sisote.Adapters.Native;

/// <summary>Code tables by name, read from a YAML file: the one that ships with the adapter, or the installation's own (setting <c>mapping</c>).</summary>
internal sealed class CodeMapping
{
    private readonly ImmutableDictionary<string, CodeTable> tables;

    private CodeMapping(ImmutableDictionary<string, CodeTable> tables) => this.tables = tables;

    /// <summary>The table of this name; a mapping without it was refused when it was read.</summary>
    public CodeTable this[string name] => tables[name];

    /// <summary>The table of this name, or null where the mapping has none.</summary>
    public CodeTable? Find(string name) => tables.GetValueOrDefault(name);

    /// <summary>Reads the mapping of a system; null with noted faults where it cannot be used.</summary>
    /// <param name="settings">The system's settings.</param>
    /// <param name="embedded">Name of the mapping that ships with the adapter.</param>
    /// <param name="needed">Tables that the adapter uses.</param>
    public static CodeMapping? Open(AdapterSettings settings, string embedded, params ReadOnlySpan<string> needed)
    {
        var file = settings.OptionalPath("mapping");
        var (mapping, fault) = TryRead(file, embedded);
        if (mapping is not null)
        {
            foreach (var name in needed)
            {
                fault ??= mapping.tables.ContainsKey(name) ? null : $"lacks the table `{name}`";
            }
        }

        if (fault is not null)
        {
            settings.Fault("mapping", fault);
        }

        return fault is null ? mapping : null;
    }

    private static (CodeMapping? Mapping, string? Fault) TryRead(string? file, string embedded)
    {
        try
        {
            using var reader = file is null
                ? new StreamReader(typeof(CodeMapping).Assembly.GetManifestResourceStream("mappings/" + embedded) ?? throw new FileNotFoundException(embedded))
                : new StreamReader(file);
            var written = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<WrittenMapping>(reader);
            if (written?.Tables is not { Count: > 0 } tables)
            {
                return (null, "has no tables");
            }

            var doubled = tables.Where(static table => !CodeTable.IsSound(table.Value)).Select(static table => table.Key).FirstOrDefault();
            return doubled is null
                ? (new CodeMapping(tables.ToImmutableDictionary(static table => table.Key, static table => new CodeTable(table.Key, table.Value))), null)
                : (null, $"has an incomplete row or maps something twice in the table `{doubled}`");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, "cannot be read");
        }
        catch (YamlException fault)
        {
            return (null, $"is not a mapping (line {fault.Start.Line})");
        }
    }

    private sealed record WrittenMapping
    {
        public Dictionary<string, WrittenTable> Tables { get; init; } = [];
    }
}

/// <summary>A table as it is written.</summary>
internal sealed record WrittenTable
{
    /// <summary>Rows.</summary>
    public List<CodeRow> Rows { get; init; } = [];

    /// <summary>Native codes that are known and never shown.</summary>
    public List<string> Withheld { get; init; } = [];

    /// <summary>Native codes that say that there is nothing to say.</summary>
    public List<string> Absent { get; init; } = [];
}

/// <summary>One pair of codes, with what belongs to a measurement.</summary>
internal sealed record CodeRow
{
    /// <summary>The product's code.</summary>
    public string Native { get; init; } = string.Empty;

    /// <summary>FHIR code system; empty for codes of a FHIR element's own value set.</summary>
    public string System { get; init; } = string.Empty;

    /// <summary>FHIR code.</summary>
    public string Code { get; init; } = string.Empty;

    /// <summary><c>both</c>, or only <c>to-native</c> or <c>to-fhir</c>. <value>both</value></summary>
    public string Way { get; init; } = "both";

    /// <summary>Category code of a measurement.</summary>
    public string? Category { get; init; }

    /// <summary>The product's unit of a measurement.</summary>
    public string? NativeUnit { get; init; }

    /// <summary>UCUM unit of a measurement.</summary>
    public string? Unit { get; init; }

    /// <summary>Codes of the two parts of a measurement with two values.</summary>
    public List<string> Components { get; init; } = [];
}

/// <summary>One table of codes.</summary>
internal sealed class CodeTable(string name, WrittenTable written)
{
    private readonly ImmutableHashSet<string> withheld = [.. written.Withheld];
    private readonly ImmutableHashSet<string> absent = [.. written.Absent];
    private readonly ImmutableDictionary<string, CodeRow> fromNative = written.Rows.Where(static row => row.Way != "to-native").ToImmutableDictionary(static row => row.Native);
    private readonly ImmutableDictionary<Token, CodeRow> fromFhir = written.Rows.Where(static row => row.Way != "to-fhir").ToImmutableDictionary(static row => new Token(row.System, row.Code));

    /// <summary>Whether every row is whole and nothing is mapped twice.</summary>
    public static bool IsSound(WrittenTable table) =>
        table.Rows.All(static row => row is { Native.Length: > 0, Code.Length: > 0, Way: "both" or "to-native" or "to-fhir" })
        && AreDistinct(table.Rows.Where(static row => row.Way != "to-native").Select(static row => row.Native).Concat(table.Withheld).Concat(table.Absent))
        && AreDistinct(table.Rows.Where(static row => row.Way != "to-fhir").Select(static row => row.System + "|" + row.Code));

    /// <summary>The rows as they are written.</summary>
    public IReadOnlyList<CodeRow> Rows => written.Rows;

    /// <summary>The row of a native code, or null.</summary>
    public CodeRow? FindNative(string native) => fromNative.GetValueOrDefault(native);

    /// <summary>Whether a native code is known as never to be shown.</summary>
    public bool IsWithheld(string native) => withheld.Contains(native);

    /// <summary>Whether a native code is known as saying nothing.</summary>
    public bool IsAbsent(string native) => absent.Contains(native);

    /// <summary>The FHIR codes of the table, each with its system.</summary>
    public IEnumerable<CodeRow> ToFhir => fromNative.Values;

    /// <summary>Whether it only tells FHIR what follows from a native code: nothing native follows from it.</summary>
    public bool IsOneWay => fromFhir.IsEmpty;

    /// <summary>The row of a native code, or null.</summary>
    public CodeRow? Find(string native) => fromNative.GetValueOrDefault(native);

    /// <summary>The row of a native code.</summary>
    /// <exception cref="NativeFaultException">The table does not know it: nothing is guessed, and a limit that cannot be told is not silently left out.</exception>
    public CodeRow FromNative(string native) => fromNative.GetValueOrDefault(native) ?? throw new NativeFaultException(NativeFault.UnknownCode, $"a code that the table `{name}` does not know");

    /// <summary>The row of a FHIR code, or null.</summary>
    public CodeRow? FromFhir(string? system, string? code) => fromFhir.GetValueOrDefault(new Token(system ?? string.Empty, code ?? string.Empty));

    private static bool AreDistinct(IEnumerable<string> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return texts.All(seen.Add);
    }
}
