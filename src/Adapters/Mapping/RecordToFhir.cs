// From a native record to FHIR, as a mapping says.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>Maps one record. What is not of the agreed shape, not in its table or not known to the mapping refuses the whole record; nothing is guessed.</summary>
internal sealed class RecordToFhir
{
    private readonly MappingFile mapping;
    private readonly RecordKind kind;
    private readonly DateOnly today;
    private readonly List<string> faults = [];
    private int withheld;

    private RecordToFhir(MappingFile mapping, RecordKind kind, DateOnly today) => (this.mapping, this.kind, this.today) = (mapping, kind, today);

    /// <summary>The record's resources.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="kind">The kind of record.</param>
    /// <param name="record">The record.</param>
    /// <param name="client">Whose it is, where a lookup said so; a record that says otherwise is refused.</param>
    /// <param name="today">The day on which things have ended or not.</param>
    public static MappedRecord Map(MappingFile mapping, RecordKind kind, JsonObject record, KnownClient? client, DateOnly today)
    {
        var mapper = new RecordToFhir(mapping, kind, today);
        var fields = new RecordFields(kind, mapping.Format);
        ImmutableArray<string> unmapped = [.. RecordFields.In(record).Where(path => !fields.WaysOf(path).Any()).Select(static path => path.Replace("{}", string.Empty, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        var resources = mapper.Build(record, client, forEntry: false);
        return new MappedRecord(resources, [.. mapper.faults.Distinct(StringComparer.Ordinal)], unmapped, mapper.withheld);
    }

    /// <summary>What a record that is about to be written would say, read back: without ids and without looking for unknown fields.</summary>
    public static MappedRecord ReadBack(MappingFile mapping, RecordKind kind, JsonObject record, DateOnly today)
    {
        var mapper = new RecordToFhir(mapping, kind, today);
        return new MappedRecord(mapper.Build(record, null, forEntry: true), [.. mapper.faults], [], mapper.withheld);
    }

    private ImmutableArray<JsonObject> Build(JsonObject record, KnownClient? client, bool forEntry)
    {
        var code = Whose(record, client);
        var patient = PatientId(record, client, forEntry);
        var made = ImmutableArray.CreateBuilder<JsonObject>();
        foreach (var resource in kind.Resources)
        {
            foreach (var item in Items(resource.Group, record, string.Empty))
            {
                var fhir = new JsonObject { ["resourceType"] = resource.Type };
                if (!SilentObjects.IsThere(resource.Group, item.Node) || !Fill(fhir, resource.Group, item.Node, item.Path) || (forEntry && !SilentObjects.IsSaid(resource.Group, item.Node)))
                {
                    continue;
                }

                Identify(fhir, resource, code, patient, forEntry, item.Path);
                made.Add(fhir);
            }
        }

        return made.ToImmutable();
    }

    private Hetu? Whose(JsonObject record, KnownClient? client)
    {
        if (kind.Client.Code is null)
        {
            return client?.Code;
        }

        if (NativePath.ClientCode(kind, record) is not { } code)
        {
            faults.Add($"{kind.Client.Code}: no proper personal identity code");
            return null;
        }

        if (client is not null && client.Code != code)
        {
            faults.Add($"{kind.Client.Code}: another client than the one asked for");
        }

        return code;
    }

    private string? PatientId(JsonObject record, KnownClient? client, bool forEntry)
    {
        var native = kind.Client.Id is null ? client?.Id : NativePath.ClientNumber(kind, record);
        if (native is null && forEntry)
        {
            return null;
        }

        if (native is null || (client is not null && kind.Client.Id is not null && client.Id != native))
        {
            faults.Add($"{kind.Client.Id ?? "client"}: {(native is null ? "is missing" : "another client than the one asked for")}");
            return null;
        }

        return ToId(native, kind.Client.Hashed, kind.Client.Id ?? "client");
    }

    private string? ToId(string native, bool hashed, string path)
    {
        if (hashed || FacadeId.IsId(native))
        {
            return hashed ? FacadeId.FromAny(native) : native;
        }

        faults.Add($"{path}: an id that the facade cannot carry; the form `hash` makes one");
        return null;
    }

    private void Identify(JsonObject fhir, ResourceRule resource, Hetu? code, string? patient, bool forEntry, string path)
    {
        var identifier = code is { } known ? new JsonObject { ["system"] = Hetu.System, ["value"] = known.Reveal() } : null;
        if (resource.Type == "Patient")
        {
            fhir["id"] ??= patient;
            if (identifier is not null)
            {
                fhir["identifier"] = new JsonArray(identifier);
            }

            fhir["birthDate"] ??= code?.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
        else
        {
            var subject = new JsonObject();
            if (patient is not null)
            {
                subject["reference"] = $"Patient/{patient}";
            }

            if (identifier is not null)
            {
                subject["identifier"] = identifier;
            }

            fhir[FhirPlace.SubjectOf(FhirPlace.FindResource(resource.Type)!)!] = subject;
        }

        if (forEntry)
        {
            fhir.Remove("id");
        }
        else if (fhir["id"] is { } id && !FacadeId.IsId(FhirJson.Text(id)))
        {
            faults.Add($"{Join(path, "id")}: an id that the facade cannot carry; the form `hash` makes one");
        }
        else if (fhir["id"] is null)
        {
            faults.Add($"{Join(path, "id")}: is missing");
        }
    }

    /// <summary>Fills an object; false where a table withholds a code in it, so that the whole object stays out.</summary>
    private bool Fill(JsonObject fhir, ElementGroup group, JsonNode item, string path)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in group.Elements)
        {
            switch (rule.Source)
            {
                case ElementSource.Field field:
                    if (!TryRead(rule.Place, field, item, path, out var values))
                    {
                        withheld++;
                        return false;
                    }

                    if (!values.IsEmpty)
                    {
                        said.Add(SilentObjects.Above(rule.Place.Path));
                        FhirJson.Put(fhir, rule.Place, values);
                    }

                    break;
                case ElementSource.Constant constant:
                    FhirJson.Put(fhir, rule.Place, [constant.Value.DeepClone()]);
                    break;
                case ElementSource.Groups groups when Fill(groups, item, path) is { IsEmpty: false } parts:
                    said.Add(SilentObjects.Above(rule.Place.Path));
                    FhirJson.Put(fhir, rule.Place, parts);
                    break;
            }
        }

        SilentObjects.Remove(fhir, group, said);
        return true;
    }

    private ImmutableArray<JsonNode> Fill(ElementSource.Groups groups, JsonNode item, string path)
    {
        var parts = ImmutableArray.CreateBuilder<JsonNode>();
        foreach (var group in groups.Items)
        {
            foreach (var (node, at) in Items(group, item, path))
            {
                var part = new JsonObject();
                if (Fill(part, group, node, at) && SilentObjects.IsSaid(group, node))
                {
                    parts.Add(part);
                }
            }
        }

        return parts.ToImmutable();
    }

    /// <summary>The items of a group: the record itself, or each of a list of it.</summary>
    private IEnumerable<(JsonNode Node, string Path)> Items(ElementGroup group, JsonNode at, string path)
    {
        if (group.Each is not { } each)
        {
            return [(at, path)];
        }

        var whole = Join(path, each);
        return NativePath.Follow(at, each, what => faults.Add($"{whole}: {what}")) switch
        {
            null => [],
            JsonArray list => list.OfType<JsonNode>().Select(one => (one, whole + "[]")),
            JsonNode only when mapping.Format.Kind == "xml" && FhirJson.Text(only) is not "" => [(only, whole + "[]")],
            JsonNode when mapping.Format.Kind == "xml" => [],
            _ => Refuse(),
        };

        IEnumerable<(JsonNode, string)> Refuse()
        {
            faults.Add($"{whole}: no list where one was agreed");
            return [];
        }
    }

    private bool TryRead(FhirPlace place, ElementSource.Field field, JsonNode item, string path, out ImmutableArray<JsonNode> values)
    {
        values = [];
        var whole = field.Path == "." ? path : Join(path, field.Path);
        var found = NativePath.Follow(item, field.Path, what => faults.Add($"{whole}: {what}"));
        if (found is null or JsonValue && FhirJson.Text(found) is null or "")
        {
            if (field.Required)
            {
                faults.Add($"{whole}: is missing");
            }

            if (field.Form.Kind != ValueKind.Ended)
            {
                return true;
            }
        }

        return ReadValue(place, field, found, whole, ref values);
    }

    private bool ReadValue(FhirPlace place, ElementSource.Field field, JsonNode? found, string whole, ref ImmutableArray<JsonNode> values)
    {
        if (found is not (null or JsonValue) || (found is JsonValue shape && mapping.Format.Kind == "json" && !field.Form.IsShape(shape.GetValueKind())))
        {
            faults.Add($"{whole}: another shape than the agreed one");
            return true;
        }

        var text = FhirJson.Text(found) is { Length: > 0 } native ? field.Form.ToFhir(field.Form.Kind == ValueKind.Text ? native : native.Trim(), mapping.Format.Zone, today) : "current";
        if (text is null)
        {
            faults.Add($"{whole}: not in the agreed form");
            return true;
        }

        if (field.Table is not { } table)
        {
            values = field.Form.Kind == ValueKind.Words
                ? [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => FhirJson.Value(place, string.Empty, word)!)]
                : FhirJson.Value(place, string.Empty, text) is { } plain ? [plain] : [];
            return true;
        }

        if (table.IsWithheld(text))
        {
            return false;
        }

        if (table.Find(text) is { } row && FhirJson.Value(place, row.System, row.Code) is { } coded)
        {
            values = [coded];
        }
        else if (!table.IsAbsent(text))
        {
            faults.Add($"{whole}: a code that its table does not know");
        }

        return true;
    }

    private static string Join(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";
}
