// Reads the elements of a resource in a mapping file.
using System.Collections.Immutable;
using Hl7.Fhir.Introspection;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>Reads elements against FHIR R4 and the catalogue; everything that can be known to go wrong later is a fault now.</summary>
internal sealed class ElementReader(Dictionary<string, CodeTable> tables, CarriedElements carried, string resource, NativeFormat format)
{
    /// <summary>The elements below a type.</summary>
    /// <param name="written">The node with one key for each element.</param>
    /// <param name="type">What they stand in.</param>
    /// <param name="above">Path of what they stand in; empty for the resource.</param>
    public ImmutableArray<ElementRule> ReadElements(MappingNode written, ClassMapping type, string above)
    {
        var rules = ImmutableArray.CreateBuilder<ElementRule>();
        foreach (var path in written.Keys.ToList())
        {
            if (FhirPlace.Find(type, path) is not { } place)
            {
                written.Fault($"FHIR R4 has no `{Join(above, path)}` in {resource}. {NearestCode.Suggest(path, type.PropertyMappings.Select(static property => property.Name))}".TrimEnd(), path);
            }
            else if (IsForbidden(Join(above, path), place))
            {
                written.Fault("the facade says itself whose a resource is, and references to other records are not mapped", path);
            }
            else if (ReadSource(written, path, place, Join(above, path)) is { } source)
            {
                rules.Add(new ElementRule(place, source));
            }
        }

        foreach (var (inner, outer) in from inner in rules from outer in rules where inner.Place.Path.StartsWith(outer.Place.Path + ".", StringComparison.Ordinal) select (inner, outer))
        {
            written.Fault($"`{outer.Place.Path}` is mapped as a whole already", inner.Place.Path);
        }

        written.Close();
        return rules.ToImmutable();
    }

    private static bool IsForbidden(string path, FhirPlace place) =>
        path.Split('.')[0] is "subject" or "patient" or "for" or "contained" or "extension" or "modifierExtension" or "text" or "implicitRules"
        || place.Steps[^1].Name is "reference" or "extension" or "modifierExtension" || place.Type.Name is "Reference";

    private ElementSource? ReadSource(MappingNode written, string path, FhirPlace place, string whole)
    {
        if (written.IsList(path))
        {
            return ReadGroups(written, path, place, whole);
        }

        if (!carried.Carries(resource, whole))
        {
            written.Fault($"no data item of the catalogue carries `{whole}` of {resource}, so it would never leave. Of {resource} there are: {string.Join(", ", carried.Of(resource))}", path);
        }

        if (written.Map(path) is not { } source)
        {
            return null;
        }

        ElementSource? read = source.Has("constant") ? ReadConstant(source, place) : ReadField(source, place);
        source.Close();
        return read;
    }

    private ElementSource.Groups? ReadGroups(MappingNode written, string path, FhirPlace place, string whole)
    {
        if (!place.Repeats || place.Kind != PlaceKind.Object)
        {
            written.Fault("is no repeated element: it has one source, not a list of groups", path);
            return null;
        }

        if (!carried.Carries(resource, whole) && !carried.CarriesBelow(resource, whole))
        {
            written.Fault($"no data item of the catalogue carries `{whole}` of {resource}, so it would never leave", path);
        }

        return new ElementSource.Groups([.. written.Maps(path).Select(group => ReadGroup(group, place.Type, whole))]);
    }

    private ElementGroup ReadGroup(MappingNode group, ClassMapping type, string whole)
    {
        var each = group.Optional("each");
        ImmutableArray<ElementRule> elements = group.Map("elements") is { } written ? ReadElements(written, type, whole) : [];
        if (!elements.Any(static element => element.Source is not ElementSource.Constant))
        {
            group.Fault("nothing in this group comes from the record");
        }

        group.Close();
        return new ElementGroup(each, null, elements);
    }

    private static ElementSource.Constant? ReadConstant(MappingNode source, FhirPlace place)
    {
        var text = source.Require("constant");
        if (place.Kind == PlaceKind.Object || (place.Kind == PlaceKind.Concept && text.Split('|') is not [{ Length: > 0 }, { Length: > 0 }]))
        {
            source.Fault(place.Kind == PlaceKind.Object ? "is an object: name what stands in it" : "a concept is written `system|code`", "constant");
            return null;
        }

        if (place.Kind == PlaceKind.Code && !place.Knows(text))
        {
            source.Fault($"FHIR R4 has no code `{text}` here", "constant");
        }

        var (system, code) = text.Split('|') is [var before, var after] ? (before, after) : (string.Empty, text);
        return FhirJson.Value(place, place.Kind == PlaceKind.Concept ? system : string.Empty, place.Kind == PlaceKind.Concept ? code : text) is { } value ? new ElementSource.Constant(value) : Refuse();

        ElementSource.Constant? Refuse()
        {
            source.Fault("is not what FHIR R4 has here", "constant");
            return null;
        }
    }

    private ElementSource.Field? ReadField(MappingNode source, FhirPlace place)
    {
        var path = source.Require("from");
        var form = new ValueForm(
            Enum.Parse<ValueKind>(source.OneOf("form", "text", "words", "integer", "number", "boolean", "date", "time", "hash", "ended"), ignoreCase: true),
            source.Optional("pattern"),
            source.OneOf("decimal", "point", "comma") == "comma");
        var table = ReadTable(source, place);
        if (form.Pattern is not null && form.Kind is not (ValueKind.Date or ValueKind.Time or ValueKind.Ended))
        {
            source.Fault("only days and moments have a pattern", "pattern");
        }
        else if (PatternTrial.Fault(form, format.Zone) is { } wrong)
        {
            source.Fault(wrong, "pattern");
        }

        if (place.Kind is PlaceKind.Code or PlaceKind.Concept && !source.Has("table"))
        {
            source.Fault("a code comes from a table, or is a constant", "from");
        }
        else if (place.Kind == PlaceKind.Object || (!source.Has("table") && place.Kind is not (PlaceKind.Code or PlaceKind.Concept) && !form.Fits(place)))
        {
            source.Fault(place.Kind == PlaceKind.Object ? "is an object: name what stands in it" : $"a {source.Optional("form") ?? "text"} cannot stand in an element of type {place.Type.Name}", "from");
        }

        if (form.Kind == ValueKind.Ended && table is null)
        {
            source.Fault("`ended` tells `ended` or `current`: a table says what that is here", "form");
        }

        if (format.Kind == "csv" && path.Contains('.', StringComparison.Ordinal) && path != ".")
        {
            source.Fault("a CSV row has columns, not paths", "from");
        }

        return new ElementSource.Field(path, form, table, source.Flag("required"));
    }

    private CodeTable? ReadTable(MappingNode source, FhirPlace place)
    {
        if (source.Optional("table") is not { } name)
        {
            return null;
        }

        if (!tables.TryGetValue(name, out var table))
        {
            source.Fault($"there is no table `{name}`. {NearestCode.Suggest(name, tables.Keys)}".TrimEnd(), "table");
            return null;
        }

        foreach (var row in table.ToFhir.Where(row => FhirJson.Value(place, row.System, row.Code) is null || (place.Kind == PlaceKind.Code && (row.System.Length > 0 || !place.Knows(row.Code)))))
        {
            source.Fault($"`{row.Code}` of the table `{name}` cannot stand here", "table");
        }

        return table;
    }

    private static string Join(string above, string path) => above.Length == 0 ? path : $"{above}.{path}";
}
