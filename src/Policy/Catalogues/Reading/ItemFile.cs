// Reads one data item.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>A file of <c>items/</c>.</summary>
internal static partial class ItemFile
{
    internal static DataItem Read(YamlMap map, FrozenCodeSystems systems)
    {
        var id = map.Code<DataItemId>("id", Vocabulary.Item);
        map.Faults.Define(Vocabulary.Item, id.Value, map.File, map.LineOf("id"));
        map.OptionalText("remarks");
        var item = new DataItem
        {
            Id = id,
            Labels = map.Localised("labels"),
            Sector = map.Text("sector") is var sector && sector != "any" ? ReferSector(map, sector) : null,
            Sensitivity = map.OneOf("sensitivity", "S0", "S1", "S2", "S3", "S4"),
            Begins = map.OptionalText("begins"),
            LegalBasis = map.Has("basis") ? RuleFile.ReadBasis(map, "basis") : [],
            LawyerCheck = map.OptionalLocalised("lawyerCheck"),
            Selectors = [.. map.Maps("fhir").Select(selector => ReadSelector(selector, systems))],
        };
        if (item.Selectors.IsEmpty)
        {
            map.Fault("`fhir` must hold at least one selector.");
        }

        map.Close();
        return item;
    }

    private static SectorId? ReferSector(YamlMap map, string sector)
    {
        map.Faults.Refer(Vocabulary.Sector, sector, map.File, map.LineOf("sector"));
        return SectorId.TryParse(sector, out var code) ? code : null;
    }

    private static FhirSelector ReadSelector(YamlMap map, FrozenCodeSystems systems)
    {
        var resource = map.Text("resource");
        if (resource.Length > 0 && !ResourceType().IsMatch(resource))
        {
            map.Fault($"`{resource}` is not a FHIR resource type.", map.LineOf("resource"));
        }

        var selector = new FhirSelector
        {
            ResourceType = resource,
            Filters = [.. map.Maps("filters").Select(filter => ReadFilter(filter, systems))],
            Elements = Paths(map, "elements"),
            AllowedSecurityLabels = map.Texts("allowSecurityLabels"),
            IdentifierSystems = [.. map.Scalars("identifierSystems").Select(alias => systems.Resolve(alias.Text, map, alias.Line))],
            CodeBinding = map.OptionalText("codeBinding"),
            MaxTextLength = map.Number("maxTextLength"),
        };
        CheckSelector(map, selector);
        map.Close();
        return selector;
    }

    private static void CheckSelector(YamlMap map, FhirSelector selector)
    {
        if (selector.Elements.IsEmpty)
        {
            map.Fault("`elements` must name at least one element.");
        }

        if (selector.CodeBinding is { } binding)
        {
            map.Faults.Refer(Vocabulary.CodeList, binding, map.File, map.LineOf("codeBinding"));
        }

        if (selector.Elements.Contains("identifier") && selector.ResourceType == "Patient" && selector.IdentifierSystems.IsEmpty)
        {
            map.Fault("`identifier` of a Patient leaves only with `identifierSystems`.");
        }
    }

    private static FhirFilter ReadFilter(YamlMap map, FrozenCodeSystems systems)
    {
        var filter = new FhirFilter
        {
            Path = CheckedPath(map, map.Text("path"), map.LineOf("path")),
            System = systems.Resolve(map.Text("system"), map, map.LineOf("system")),
            Codes = map.Texts("codes"),
        };
        if (filter.Codes.IsEmpty)
        {
            map.Fault("`codes` must name at least one code.");
        }

        map.Close();
        return filter;
    }

    private static ImmutableArray<string> Paths(YamlMap map, string key)
    {
        var paths = map.Scalars(key);
        foreach (var twice in paths.GroupBy(static path => path.Text).Where(static group => group.Count() > 1))
        {
            map.Fault($"`{key}` names `{twice.Key}` twice.", twice.Last().Line);
        }

        return [.. paths.Select(path => CheckedPath(map, path.Text, path.Line))];
    }

    private static string CheckedPath(YamlMap map, string path, int line)
    {
        if (path.Length > 0 && !ElementPath().IsMatch(path))
        {
            map.Fault($"`{path}` is not an element path: names of FHIR elements joined by dots, such as activity.detail.status.", line);
        }

        return path;
    }

    [GeneratedRegex("^[A-Z][A-Za-z]+$")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$")]
    private static partial Regex ElementPath();
}
