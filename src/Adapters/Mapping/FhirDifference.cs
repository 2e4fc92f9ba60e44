// What of one FHIR resource another does not say.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Mapping;

/// <summary>Compares FHIR JSON by element and says the paths that differ, never a value.</summary>
/// <remarks>
/// What says nothing by itself is not compared: ids, narrative, the reference to a client who is known by code, names of codes, words that are such a name, and further codings of the same
/// concept. Moments are compared as moments and numbers as numbers. Items of a list may stand in another order; since looking for them takes the more the more do, one comparer looks at
/// so many places and no more: what it cannot look at any longer differs.
/// </remarks>
internal sealed class FhirDifference
{
    private const int MostPlaces = 200_000;
    private static readonly string[] Silent = ["id", "text", "subject", "patient", "for"];
    private int places;

    /// <summary>Whether something was not looked at any longer.</summary>
    public bool IsTired => places >= MostPlaces;

    /// <summary>The paths of what differs between what was sent and what a record would carry.</summary>
    public IEnumerable<string> Find(JsonObject sent, JsonObject carried)
    {
        var type = FhirJson.Text(sent["resourceType"]) ?? "resource";
        var names = sent.Select(static pair => pair.Key).Union(carried.Select(static pair => pair.Key)).Except(Silent);
        return names.SelectMany(name => name == "meta"
            ? Below((sent["meta"] as JsonObject)?["security"], (carried["meta"] as JsonObject)?["security"], $"{type}.meta.security")
            : Below(sent[name], carried[name], $"{type}.{name}"));
    }

    private IEnumerable<string> Below(JsonNode? sent, JsonNode? carried, string path)
    {
        if (IsTired)
        {
            return [path];
        }

        places++;
        return Compare(sent, carried, path);
    }

    private IEnumerable<string> Compare(JsonNode? sent, JsonNode? carried, string path) => (sent, carried) switch
    {
        (null, null) => [],
        (JsonArray one, JsonArray other) => Lists(one, other, path),
        (JsonObject one, JsonObject other) when one.ContainsKey("coding") && other.ContainsKey("coding") =>
            (FhirJson.Codings(other).All(FhirJson.Codings(one).Contains) ? Array.Empty<string>() : [path]).Concat(IsLabel(one) ? [] : Below(one["text"], other["text"], $"{path}.text")),
        (JsonObject one, JsonObject other) => one.Select(static pair => pair.Key).Union(other.Select(static pair => pair.Key)).Where(name => !IsName(name, one, other)).SelectMany(name => Below(one[name], other[name], $"{path}.{name}")),
        (JsonValue one, JsonValue other) => IsSame(one, other) ? [] : [path],
        _ => [path],
    };

    /// <summary>Whether the words of a concept are the name of one of its codes; any others say something themselves.</summary>
    private static bool IsLabel(JsonObject concept) => FhirJson.Text(concept["text"]) is { } text && concept["coding"] is JsonArray codings && codings.OfType<JsonObject>().Any(coding => FhirJson.Text(coding["display"]) == text);

    /// <summary>Whether a member only names a code that stands beside it.</summary>
    private static bool IsName(string name, JsonObject one, JsonObject other) =>
        name is "display" or "userSelected" || (name == "unit" && one.ContainsKey("code") && other.ContainsKey("code") && !(one.ContainsKey("unit") && other.ContainsKey("unit")));

    private IEnumerable<string> Lists(JsonArray sent, JsonArray carried, string path)
    {
        if (sent.Count == 1 && carried.Count == 1)
        {
            return Below(sent[0], carried[0], path); // said as exactly as can be: against the only one that it could have been
        }

        return Match(sent, carried, path) ? [] : [path];
    }

    /// <summary>Whether two lists hold the same items: most often each has its place, and only the others are looked for.</summary>
    private bool Match(JsonArray sent, JsonArray carried, string path)
    {
        if (sent.Count != carried.Count)
        {
            return false;
        }

        var moved = Enumerable.Range(0, sent.Count).Where(index => Below(sent[index], carried[index], path).Any()).ToList();
        var left = moved.ConvertAll(index => carried[index]);
        return moved.TrueForAll(index => left.FindIndex(other => !Below(sent[index], other, path).Any()) is var match and >= 0 && TakeOut(left, match));
    }

    private static bool TakeOut(List<JsonNode?> left, int match)
    {
        left.RemoveAt(match);
        return true;
    }

    private static bool IsSame(JsonValue one, JsonValue other)
    {
        var (left, right) = (FhirJson.Text(one), FhirJson.Text(other));
        return left == right
            || (one.GetValueKind() == JsonValueKind.Number && other.GetValueKind() == JsonValueKind.Number
                && decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var same) && number == same)
            || (left?.Contains('T', StringComparison.Ordinal) == true
                && DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var told)
                && moment == told);
    }
}
