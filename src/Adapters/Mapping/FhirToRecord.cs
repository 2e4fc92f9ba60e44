// From an entry to a native record, as a mapping says.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;
using Sisote.Doors.Adapters;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>What an entry became: a record, or the reasons why there is none.</summary>
/// <param name="Record">The record.</param>
/// <param name="Faults">Elements that the record cannot carry, without any value.</param>
internal sealed record WrittenRecord(JsonObject Record, ImmutableArray<string> Faults);

/// <summary>Who writes, for a record that names its sender.</summary>
/// <param name="Client">The client.</param>
/// <param name="ClientNumber">The product's own number of the client, where a lookup found one.</param>
/// <param name="Sender">The sender.</param>
/// <param name="Key">The delivery's key.</param>
internal sealed record EntryFacts(Hetu Client, string? ClientNumber, SenderInfo Sender, string Key);

/// <summary>Makes one record of all resources of an entry, reads it back and compares: what the record would not say again as it was sent is refused, so nothing is lost on the way.</summary>
internal sealed class FhirToRecord
{
    private const int MostItems = 500;
    private readonly MappingFile mapping;
    private readonly List<string> faults = [];

    private FhirToRecord(MappingFile mapping) => this.mapping = mapping;

    /// <summary>The record of an entry.</summary>
    public static WrittenRecord Write(MappingFile mapping, RecordKind kind, ImmutableArray<JsonObject> resources, EntryFacts facts, DateOnly today)
    {
        var writer = new FhirToRecord(mapping);
        writer.faults.AddRange(resources.SelectMany(static resource => LongLists(resource, FhirJson.Text(resource["resourceType"]) ?? "resource")).Select(static path => $"{path}: more than {MostItems} items"));
        var record = writer.Build(kind, resources);
        writer.Identify(record, kind, facts);
        if (writer.faults.Count == 0)
        {
            writer.Compare(kind, record, resources, today);
        }

        return new WrittenRecord(record, [.. writer.faults.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Lists of a length that no entry has: to compare them would take longer than anyone waits.</summary>
    private static IEnumerable<string> LongLists(JsonNode? node, string path) => node switch
    {
        JsonObject at => at.SelectMany(pair => LongLists(pair.Value, $"{path}.{pair.Key}")),
        JsonArray { Count: > MostItems } => [path],
        JsonArray list => list.SelectMany(one => LongLists(one, path)),
        _ => [],
    };

    private JsonObject Build(RecordKind kind, ImmutableArray<JsonObject> resources)
    {
        var (record, left) = (new JsonObject(), resources.ToList());
        foreach (var rule in kind.Resources)
        {
            var fitting = left.Where(resource => FhirJson.Text(resource["resourceType"]) == rule.Type && Fits(resource, rule.Group)).Take(rule.Group.Each is null ? 1 : int.MaxValue).ToList();
            fitting.ForEach(one => left.Remove(one));
            if (fitting.Count == 0 && rule.Required)
            {
                faults.Add($"{rule.Type}: is missing, or is of another kind than the record takes");
            }

            Empty(record, rule.Group, fitting, rule.Type);
        }

        faults.AddRange(left.Select(static resource => $"{FhirJson.Text(resource["resourceType"])}: the record has no place for it"));
        return record;
    }

    /// <summary>Empties FHIR objects of one group into the record.</summary>
    private void Empty(JsonObject record, ElementGroup group, IReadOnlyList<JsonObject> objects, string path)
    {
        if (group.Each is not { } each)
        {
            if (objects.Count > 0)
            {
                Empty(record, group, objects[0], path);
            }

            return;
        }

        var items = new JsonArray();
        foreach (var one in objects)
        {
            if (group.Elements.FirstOrDefault(static rule => rule.Source is ElementSource.Field { Path: "." }) is { Source: ElementSource.Field whole } rule)
            {
                items.Add(ReadBack(one, rule.Place, whole, path));
                continue;
            }

            var item = new JsonObject();
            Empty(item, group, one, path);
            items.Add((JsonNode)item);
        }

        Put(record, each, items, path);
    }

    private void Empty(JsonObject record, ElementGroup group, JsonObject fhir, string path)
    {
        foreach (var rule in group.Elements)
        {
            var at = $"{path}.{rule.Place.Path}";
            switch (rule.Source)
            {
                case ElementSource.Field field when !FollowsFrom(rule.Place, field) && ReadBack(fhir, rule.Place, field, at) is { } value:
                    Put(record, field.Path, value, at);
                    break;
                case ElementSource.Groups groups:
                    Empty(record, groups, [.. FhirJson.Find(fhir, rule.Place).OfType<JsonObject>()], at);
                    break;
            }
        }
    }

    private void Empty(JsonObject record, ElementSource.Groups groups, List<JsonObject> left, string path)
    {
        foreach (var group in groups.Items)
        {
            var fitting = left.Where(one => Fits(one, group)).Take(group.Each is null ? 1 : int.MaxValue).ToList();
            fitting.ForEach(one => left.Remove(one));
            Empty(record, group, fitting, path);
        }
    }

    /// <summary>The product gives its own ids, what has ended follows from its last day, and what a table tells one way follows from another element; whether it does is seen when the record is read back.</summary>
    private static bool FollowsFrom(FhirPlace place, ElementSource.Field field) => place.Path == "id" || field.Form.Kind is ValueKind.Hash or ValueKind.Ended || field.Table?.IsOneWay == true;

    /// <summary>The native value of an element, or null where it is absent or cannot be said.</summary>
    private JsonNode? ReadBack(JsonObject fhir, FhirPlace place, ElementSource.Field field, string path)
    {
        var found = FhirJson.Find(fhir, place);
        if (found.IsEmpty)
        {
            if (field.Required && field.Form.Kind != ValueKind.Ended)
            {
                faults.Add($"{path}: is missing");
            }

            return null;
        }

        var text = field.Table is { } table ? Native(table, place, found)
            : field.Form.Kind == ValueKind.Words ? string.Join(' ', found.Select(FhirJson.Text))
            : found is [var only] ? FhirJson.Text(only) : null;
        var native = text is null ? null : field.Table is not null && field.Form.Kind is ValueKind.Text ? JsonValue.Create(text) : field.Form.ToNative(text, mapping.Format.Zone);
        if (native is null)
        {
            faults.Add($"{path}: the receiving system does not know it, or cannot say it so");
        }

        return native;
    }

    private static string? Native(CodeTable table, FhirPlace place, ImmutableArray<JsonNode> found)
    {
        var rows = (place.Kind == PlaceKind.Concept
            ? found.SelectMany(FhirJson.Codings).Select(coding => table.FromFhir(coding.System, coding.Code))
            : found.Select(one => table.FromFhir(null, FhirJson.Text(one)))).OfType<CodeRow>().Distinct().ToList();
        return rows is [var only] ? only.Native : null;
    }

    /// <summary>Whether an object has the constants of a group, by which one kind of item is told from another.</summary>
    private static bool Fits(JsonObject fhir, ElementGroup group) => group.Elements.All(rule =>
        rule.Source is not ElementSource.Constant constant || (rule.Place.Kind == PlaceKind.Concept
            ? FhirJson.Find(fhir, rule.Place).SelectMany(FhirJson.Codings).Contains(FhirJson.Codings(constant.Value).Single())
            : FhirJson.Find(fhir, rule.Place).Any(one => JsonNode.DeepEquals(one, constant.Value))
              || (rule.Place.Steps.Length > 1 && FhirJson.Find(fhir, rule.Place).IsEmpty)));

    private void Identify(JsonObject record, RecordKind kind, EntryFacts facts)
    {
        if (kind.Client.Code is { } code)
        {
            Put(record, code, JsonValue.Create(facts.Client.Reveal()), code);
        }

        if (kind.Client.Id is { } number && facts.ClientNumber is { } known)
        {
            Put(record, number, JsonValue.Create(known), number);
        }

        foreach (var (path, value) in kind.Create?.Constants ?? [])
        {
            Put(record, path, JsonValue.Create(value), path);
        }

        foreach (var (path, part) in kind.Create?.Sender ?? [])
        {
            Put(record, path, Part(facts.Sender, part), path);
        }

        if (kind.Create?.KeyField is { } key)
        {
            Put(record, key, JsonValue.Create(facts.Key), key);
        }
    }

    private static JsonNode? Part(SenderInfo sender, string part) => part switch
    {
        "system" => sender.System.Value,
        "organisation" => sender.Organisation.Value,
        "organisationName" => sender.OrganisationName,
        "role" => sender.Role.Value,
        "professional" => sender.Professional.Value,
        _ => sender.ProfessionalName,
    };

    private void Compare(RecordKind kind, JsonObject record, ImmutableArray<JsonObject> resources, DateOnly today)
    {
        var carried = RecordToFhir.ReadBack(mapping, kind, record, today);
        faults.AddRange(carried.Faults.Select(static fault => $"the record would not be understood again: {fault}"));
        var (left, difference) = (carried.Resources.ToList(), new FhirDifference());
        foreach (var sent in resources)
        {
            var alike = left.FindAll(other => FhirJson.Text(other["resourceType"]) == FhirJson.Text(sent["resourceType"]));
            var same = alike.Find(other => !difference.Find(sent, other).Any()) ?? alike.MinBy(other => difference.Find(sent, other).Count());
            if (same is null)
            {
                faults.Add($"{FhirJson.Text(sent["resourceType"])}: the record has no place for it");
                continue;
            }

            left.Remove(same);
            if (!sent.ContainsKey("birthDate"))
            {
                same.Remove("birthDate"); // the code says it in any case
            }

            faults.AddRange(difference.Find(sent, same).Select(static path => $"{path}: the receiving system cannot carry it"));
        }

        faults.AddRange(left.Select(static resource => $"{FhirJson.Text(resource["resourceType"])}: the record would say one that was not sent"));
        if (difference.IsTired)
        {
            faults.Insert(0, "the entry: more in it than can be compared with what the record would say again");
        }
    }

    /// <summary>Puts a value at a path; a path that holds something else already would lose it.</summary>
    private void Put(JsonObject record, string path, JsonNode? value, string said)
    {
        if (value is null)
        {
            return;
        }

        var names = path.Split('.');
        var at = record;
        foreach (var name in names[..^1])
        {
            if (at[name] is not JsonObject below)
            {
                below = [];
                at[name] = below;
            }

            at = below;
        }

        if (at[names[^1]] is { } there && !JsonNode.DeepEquals(there, value))
        {
            if (there is JsonArray list && value is JsonArray more)
            {
                foreach (var one in more.ToList())
                {
                    more.Remove(one);
                    list.Add(one);
                }

                return;
            }

            faults.Add($"{said}: says something else than another element that the record keeps in the same field");
            return;
        }

        at[names[^1]] = value;
    }
}
