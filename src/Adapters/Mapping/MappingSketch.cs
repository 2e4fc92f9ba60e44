// A first mapping file for a system that has none yet.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Utility;
using Sisote.Policy.Catalogues;

namespace Sisote.Adapters.Mapping;

/// <summary>A mapping file that can be tried at once: a client, and each type that may leave with what FHIR R4 demands of it; the names of fields are to be replaced by the product's own.</summary>
/// <param name="Text">The file.</param>
/// <param name="Samples">For each kind of record one that the file maps.</param>
public sealed record MappingSketch(string Text, ImmutableArray<MappingSample> Samples)
{
    private const string Nobody = "010190-999W"; // a sound code of the range that is never given to anybody

    /// <summary>Writes the file for what the law lets leave.</summary>
    /// <param name="catalogue">The law.</param>
    /// <param name="items">The items that may leave from the system.</param>
    /// <param name="format"><c>json</c> for a product with addresses, <c>csv</c> for one that drops files.</param>
    public static MappingSketch Make(LegalCatalogue catalogue, IEnumerable<DataItem> items, string format)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(items);
        var selectors = items.SelectMany(static item => item.Selectors).Where(static selector => selector.ResourceType != "Patient").DistinctBy(static selector => selector.ResourceType).OrderBy(static selector => selector.ResourceType, StringComparer.Ordinal);
        var (kinds, left) = (new List<SketchedKind>(), new List<string>());
        foreach (var selector in selectors)
        {
            if (SketchedKind.Make(catalogue, selector) is { } kind)
            {
                kinds.Add(kind);
            }
            else
            {
                left.Add(selector.ResourceType);
            }
        }

        return new MappingSketch(Write(kinds, left, format), [Sample("client", format, ("hetu", Nobody), ("number", "1001"), ("familyName", "Example"), ("givenNames", "First Second")), .. kinds.Select(kind => Sample(kind.Name, format, [("client", "1001"), ("id", "a1"), .. kind.Values]))]);
    }

    private static string Write(List<SketchedKind> kinds, List<string> left, string format)
    {
        var text = new StringBuilder()
            .AppendLf("# What the system says, as FHIR R4: docs/mapping.md. `from` and the codes after `native` are to be the product's own; each record type that it does not have goes.")
            .AppendLf(left.Count == 0 ? null : $"# The law lets more leave, which is to be written by hand where the system has it: {string.Join(", ", left)}.")
            .AppendLf($"format: {format}")
            .AppendLf("unmapped: refuse                              # or withhold: then fields that are not named here stay behind");
        if (kinds.Any(static kind => kind.Tables.Length > 0))
        {
            text.AppendLf("tables:");
            kinds.ForEach(kind => text.Append(kind.Tables));
        }

        text.AppendLf("records:").AppendLf("  client:").AppendLf("    client: {code: hetu, id: number}").AppendLf("    resources:").AppendLf("      - type: Patient").AppendLf("        elements:")
            .AppendLf("          name.family: {from: familyName, required: true}").AppendLf("          name.given: {from: givenNames, form: words, required: true}")
            .AppendLf(format == "json" ? "    read: {lookup: clients/search, lookupField: hetu, one: \"clients/{id}\", all: clients}" : null);
        foreach (var kind in kinds)
        {
            text.AppendLf($"  {kind.Name}:").AppendLf("    client: {id: client}").AppendLf("    resources:").AppendLf($"      - type: {kind.Type}").AppendLf("        elements:").AppendLf("          id: {from: id}").Append(kind.Elements)
                .AppendLf(format == "json" ? $"    read: {{ofClient: \"clients/{{client}}/{kind.Name}\", one: \"{kind.Name}/{{id}}\", all: {kind.Name}}}" : null);
        }

        return text.ToString();
    }

    private static MappingSample Sample(string name, string format, params ReadOnlySpan<(string Field, string Value)> fields)
    {
        if (format == "csv")
        {
            var (names, values) = (new List<string>(), new List<string>());
            foreach (var (field, value) in fields)
            {
                names.Add(field);
                values.Add(value);
            }

            return new MappingSample(name, string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', names)}\n{string.Join(',', values)}\n"));
        }

        var record = new JsonObject();
        foreach (var (field, value) in fields)
        {
            record[field] = value;
        }

        return new MappingSample(name, record.ToJsonString(new(System.Text.Json.JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" }) + "\n");
    }

    /// <summary>A kind of record that makes one type.</summary>
    private sealed record SketchedKind(string Name, string Type, string Tables, string Elements, ImmutableArray<(string Field, string Value)> Values)
    {
        private const string SomeDay = "2026-01-15";

        /// <summary>The kind, or null where FHIR demands something that no single field can say.</summary>
        public static SketchedKind? Make(LegalCatalogue catalogue, FhirSelector selector)
        {
            if (FhirPlace.FindResource(selector.ResourceType) is not { } type || FhirPlace.SubjectOf(type) is not { } subject)
            {
                return null;
            }

            var name = char.ToLowerInvariant(type.Name[0]) + type.Name[1..];
            var (tables, elements, values) = (new StringBuilder(), new StringBuilder(), ImmutableArray.CreateBuilder<(string, string)>());
            var fixedPaths = selector.Filters.Where(filter => FhirPlace.Find(type, filter.Path)?.Kind is PlaceKind.Concept or PlaceKind.Code).DistinctBy(static filter => filter.Path).ToList();
            foreach (var filter in fixedPaths)
            {
                var concept = FhirPlace.Find(type, filter.Path)!.Kind == PlaceKind.Concept;
                elements.AppendLf($"          {filter.Path}: {{constant: \"{(concept ? filter.System + "|" : string.Empty)}{filter.Codes[0]}\"}}");
            }

            var carried = new CarriedElements(catalogue);
            foreach (var element in FhirPlace.Mandatory(type).Where(element => element != subject && fixedPaths.TrueForAll(filter => filter.Path.Split('.')[0] != element)))
            {
                if (FhirPlace.Find(type, element) is not { } place || !carried.Carries(type.Name, element) || Source(catalogue, selector, (name, element), place) is not { } source)
                {
                    return null;
                }

                tables.Append(source.Table);
                elements.AppendLf($"          {element}: {{from: {element}{source.How}, required: true}}");
                values.Add((element, source.Value));
            }

            return new SketchedKind(name, type.Name, tables.ToString(), elements.ToString(), values.ToImmutable());
        }

        private static (string Table, string How, string Value)? Source(LegalCatalogue catalogue, FhirSelector selector, (string Record, string Element) at, FhirPlace place)
        {
            var table = at.Record + char.ToUpperInvariant(at.Element[0]) + at.Element[1..];
            var rows = place.Kind switch
            {
                PlaceKind.Code when place.Codes is { } codes => [.. codes.GetEnumValues().Cast<Enum>().Select(static code => code.GetLiteral()!).Select(static code => (Native: code, System: string.Empty, Code: code))],
                PlaceKind.Concept when at.Element == "code" && selector.CodeBinding is { } bound => [.. catalogue.CodeLists[bound].Codes.Keys.Select(code => (code, catalogue.CodeLists[bound].System, code))],
                PlaceKind.Concept => [("EXAMPLE", selector.Filters.Select(static filter => filter.System).FirstOrDefault() ?? "https://codes.example/", "example")],
                _ => ImmutableArray<(string Native, string System, string Code)>.Empty,
            };
            return place.Kind switch
            {
                PlaceKind.Code or PlaceKind.Concept when !rows.IsEmpty => (Table(table, rows), $", table: {table}", rows[0].Native),
                PlaceKind.Text => (string.Empty, string.Empty, "words"),
                PlaceKind.Date or PlaceKind.DateTime => (string.Empty, ", form: date", SomeDay),
                _ => null,
            };
        }

        private static string Table(string name, ImmutableArray<(string Native, string System, string Code)> rows)
        {
            var text = new StringBuilder().AppendLf($"  {name}:").AppendLf("    rows:");
            foreach (var (native, system, code) in rows)
            {
                text.AppendLf($"      - {{native: {native}, {(system.Length == 0 ? string.Empty : $"system: \"{system}\", ")}code: {code}}}");
            }

            return text.ToString();
        }
    }
}

/// <summary>A sample of one kind of record.</summary>
/// <param name="Record">The kind.</param>
/// <param name="Text">As the product would write it; about nobody.</param>
public sealed record MappingSample(string Record, string Text);

/// <summary>Lines that end alike everywhere.</summary>
internal static class SketchedLines
{
    /// <summary>Appends a line; null appends none.</summary>
    public static StringBuilder AppendLf(this StringBuilder text, string? line) => line is null ? text : text.Append(line).Append('\n');
}
