// The fields of a record, and where a mapping lets each of them go.
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Mapping;

/// <summary>Where the fields of one kind of record go: to elements, nowhere on purpose, or nobody knows.</summary>
internal sealed class RecordFields
{
    /// <summary>The way of a field that the mapping withholds.</summary>
    public const string Withheld = "withheld";

    /// <summary>The way of a field that says whose the record is.</summary>
    public const string Client = "client";

    /// <summary>The way of a field that only writing sets.</summary>
    public const string Written = "written only";

    private readonly List<(string Path, string Way)> ways = [];
    private readonly List<(string Path, string Way)> hangs = [];
    private readonly ImmutableArray<string> withheld;
    private readonly bool isXml;

    /// <summary>Looks where each field of a kind goes.</summary>
    /// <param name="kind">The kind of record.</param>
    /// <param name="format">How it is written: in XML a list of one item cannot be told from the item.</param>
    public RecordFields(RecordKind kind, NativeFormat format)
    {
        (withheld, isXml) = (kind.Withheld, format.Kind == "xml");
        ways.AddRange(new[] { kind.Client.Code, kind.Client.Id }.OfType<string>().Select(static path => (path, Client)));
        foreach (var resource in kind.Resources)
        {
            AddGroup(resource.Group, string.Empty, resource.Type);
        }

        if (kind.Steps is { } steps)
        {
            ways.Add((steps.Version, "Task.meta.versionId"));
        }

        Leaking = [.. ways.Where(way => IsWithheld(way.Path) || withheld.Any(one => Plain(one).StartsWith(Plain(way.Path) + ".", StringComparison.Ordinal))).Concat(hangs.Where(way => IsWithheld(way.Path))).Distinct()];
        if (kind.Create is { } create)
        {
            ways.AddRange(create.Constants.Select(static pair => pair.Path).Concat(create.Sender.Select(static pair => pair.Path)).Concat(create.KeyField is null ? [] : [create.KeyField])
                .Where(path => ways.TrueForAll(way => way.Path != path)).Select(static path => (path, Written)));
        }
    }

    /// <summary>Fields that are withheld, as such or in part, and go somewhere or decide of something all the same.</summary>
    /// <remarks>A list or an object may hold withheld fields beside others: what stands in it may be mapped one by one, not the whole.</remarks>
    public ImmutableArray<(string Path, string Way)> Leaking { get; }

    /// <summary>The ways of a field; empty = unmapped.</summary>
    public IEnumerable<string> WaysOf(string path)
    {
        var mapped = ways.Where(way => way.Path == path || (isXml && Plain(way.Path) == Plain(path)) || (IsHollow(path, out var hollow) && (way.Path.StartsWith(hollow + ".", StringComparison.Ordinal) || way.Path.StartsWith(hollow + "[]", StringComparison.Ordinal) || way.Path == hollow)))
            .Select(static way => way.Way).Distinct(StringComparer.Ordinal).ToList();
        return mapped.Count == 0 && IsWithheld(path) ? [Withheld] : mapped;
    }

    /// <summary>The fields that a mapping of this kind looks for.</summary>
    public IEnumerable<string> Paths => ways.Select(static way => way.Path).Distinct(StringComparer.Ordinal);

    /// <summary>The paths of all fields of a record; lists are written <c>name[]</c>, and what is empty or null has <c>{}</c> behind it.</summary>
    public static IEnumerable<string> In(JsonNode? node, string path = "") => node switch
    {
        JsonObject { Count: > 0 } at => at.SelectMany(pair => In(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")),
        JsonArray { Count: > 0 } list => list.SelectMany(one => In(one, path + "[]")),
        JsonValue => [path],
        _ => [path + "{}"],
    };

    private bool IsWithheld(string path) => withheld.Any(one => Plain(path) is var plain && (plain == Plain(one) || plain.StartsWith(Plain(one) + ".", StringComparison.Ordinal)));

    private static bool IsHollow(string path, out string hollow)
    {
        var (is1, name) = path.EndsWith("{}", StringComparison.Ordinal) ? (true, path[..^2]) : (false, string.Empty);
        hollow = name;
        return is1;
    }

    /// <summary>A path as a mapping writes it among the withheld ones: without the signs of lists.</summary>
    private static string Plain(string path) => path.Replace("[]", string.Empty, StringComparison.Ordinal).Replace("{}", string.Empty, StringComparison.Ordinal);

    private void AddGroup(ElementGroup group, string at, string fhir)
    {
        var inside = group.Each is { } each ? Join(at, each) + "[]" : at;
        if (group.Each is not null)
        {
            hangs.Add((inside, fhir));
        }

        if (group.When is { } when)
        {
            hangs.Add((Join(inside, when), fhir));
        }

        foreach (var (place, source) in group.Elements)
        {
            switch (source)
            {
                case ElementSource.Field field:
                    ways.Add((field.Path == "." ? inside : Join(inside, field.Path), $"{fhir}.{place.Path}"));
                    break;
                case ElementSource.Groups groups:
                    foreach (var item in groups.Items)
                    {
                        AddGroup(item, inside, $"{fhir}.{place.Path}");
                    }

                    break;
            }
        }
    }

    private static string Join(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";
}
