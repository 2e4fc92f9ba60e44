// Holds JSON against the schemas of an OpenAPI 3.1 document.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sisote.Tests.Consent.Describing;

/// <summary>
/// The keywords of JSON Schema 2020-12 that the document uses; any other keyword of a schema fails the test, so that nothing is taken for checked that is not. (A package for this asks for a fee
/// of whoever earns money with it.)
/// </summary>
internal sealed partial class SchemaCheck(JsonNode document)
{
    private static readonly HashSet<string> Notes = ["description", "default", "title", "deprecated", "example", "examples"];

    /// <summary>What is wrong, each with its place; empty where nothing is.</summary>
    public IReadOnlyList<string> Check(JsonNode? schema, JsonNode? value)
    {
        var faults = new List<string>();
        Check(schema!, value, "$", faults);
        return faults;
    }

    private void Check(JsonNode schema, JsonNode? value, string at, List<string> faults)
    {
        if (schema is JsonValue truth && truth.GetValueKind() == JsonValueKind.True)
        {
            return;
        }

        foreach (var (keyword, said) in schema.AsObject())
        {
            if (!Notes.Contains(keyword) && !IsMet(schema, keyword, said, value, at, faults))
            {
                faults.Add($"{at}: {keyword} {said?.ToJsonString()} is not met by {Short(value)}");
            }
        }
    }

    private bool IsMet(JsonNode schema, string keyword, JsonNode? said, JsonNode? value, string at, List<string> faults) => keyword switch
    {
        "$ref" => Follow(Resolve((string)said!), value, at, faults),
        "type" => said is JsonArray types ? types.Any(type => IsOf((string)type!, value)) : IsOf((string)said!, value),
        "properties" => value is not JsonObject one || said!.AsObject().All(member => one[member.Key] is not { } found || Follow(member.Value!, found, $"{at}.{member.Key}", faults)),
        "required" => value is not JsonObject one || said!.AsArray().All(name => one.ContainsKey((string)name!)),
        "additionalProperties" => value is not JsonObject one || Others(schema, one).All(other => said!.GetValueKind() == JsonValueKind.Object ? Follow(said, other.Value, $"{at}.{other.Key}", faults) : said.GetValue<bool>()),
        "items" => value is not JsonArray list || list.Index().All(item => Follow(said!, item.Item, $"{at}[{item.Index}]", faults)),
        "enum" => said!.AsArray().Any(known => JsonNode.DeepEquals(known, value)),
        "const" => JsonNode.DeepEquals(said, value),
        "pattern" => value is not JsonValue text || text.GetValueKind() != JsonValueKind.String || Regex.IsMatch((string)text!, (string)said!),
        "format" => value is null || IsFormat((string)said!, value),
        "minItems" => value is not JsonArray list || list.Count >= (int)said!,
        "anyOf" or "oneOf" => said!.AsArray().Any(one => Check(one, value).Count == 0),
        "allOf" => said!.AsArray().All(one => Follow(one!, value, at, faults)),
        _ => throw new NotSupportedException($"The keyword {keyword} is not checked."),
    };

    private bool Follow(JsonNode schema, JsonNode? value, string at, List<string> faults)
    {
        Check(schema, value, at, faults);
        return true;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Others(JsonNode schema, JsonObject value) => value.Where(member => schema["properties"]?.AsObject().ContainsKey(member.Key) != true);

    private JsonNode Resolve(string reference) => reference.Split('/')[1..].Aggregate(document, static (node, step) => node[step]!);

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value!.ToJsonString().All(static c => char.IsAsciiDigit(c) || c == '-'),
        _ => false,
    };

    private static bool IsFormat(string format, JsonNode value) => format switch
    {
        "date-time" => DateTimeOffset.TryParse((string?)value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date" => DateOnly.TryParseExact((string?)value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate((string?)value, UriKind.Absolute, out _),
        "int32" => int.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
        "int64" => long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
        "double" => true,
        "byte" => Base64().IsMatch((string?)value ?? string.Empty),
        _ => throw new NotSupportedException($"The format {format} is not checked."),
    };

    private static string Short(JsonNode? value) => value?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 120)] : "null";

    [GeneratedRegex("^[A-Za-z0-9+/]*={0,2}$")]
    private static partial Regex Base64();
}
