// One JSON object of a case; remembers which fields nobody asked for.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sisote.Policy.Deciding;

namespace Sisote.Policy.Cases;

/// <summary>Reads fields of a JSON object; a field of the wrong kind is a <see cref="FormatException"/> that names it.</summary>
internal sealed class CaseObject(JsonElement element, string path, List<string> unknown)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    internal static CaseObject Root(JsonElement element, List<string> unknown) =>
        element.ValueKind == JsonValueKind.Object ? new CaseObject(element, string.Empty, unknown) : throw new FormatException("A case is a JSON object.");

    internal string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "a text"),
    };

    internal string Require(string name) => Text(name) ?? throw new FormatException($"`{path}{name}` is missing.");

    internal bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    internal int? Number(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        _ => throw Wrong(name, "a whole number"),
    };

    internal ImmutableArray<string> Texts(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } single => [single.GetString()!],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(static entry => entry.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(static entry => entry.GetString()!)],
        _ => throw Wrong(name, "a list of texts"),
    };

    internal CaseObject? Object(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } child => new CaseObject(child, $"{path}{name}.", unknown),
        _ => throw Wrong(name, "an object"),
    };

    internal IEnumerable<CaseObject> Objects(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(static entry => entry.ValueKind == JsonValueKind.Object) =>
            [.. list.EnumerateArray().Select((child, index) => new CaseObject(child, $"{path}{name}[{index.ToString(CultureInfo.InvariantCulture)}].", unknown))],
        _ => throw Wrong(name, "a list of objects"),
    };

    internal IEnumerable<string> Names => element.EnumerateObject().Select(static property => property.Name);

    /// <summary>A day or an instant; a day means its first instant, or its last where it ends something.</summary>
    internal DateTimeOffset? Instant(string name, bool end = false, bool noon = false)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
        {
            return noon ? FinnishTime.StartOf(day).AddHours(12) : end ? FinnishTime.EndOf(day) : FinnishTime.StartOf(day);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : throw Wrong(name, "a date or an instant");
    }

    internal void Close() => unknown.AddRange(Names.Where(name => !asked.Contains(name)).Select(name => path + name));

    /// <summary>Fields for readers only.</summary>
    internal void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            asked.Add(name);
        }
    }

    private JsonElement? Find(string name)
    {
        asked.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private FormatException Wrong(string name, string expected) => new($"`{path}{name}` must be {expected}.");
}
