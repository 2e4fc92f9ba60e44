// Finds fields of a native record by their paths.
using System.Text.Json.Nodes;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>Paths through native records: names with dots between them, <c>.</c> for the item itself.</summary>
internal static class NativePath
{
    /// <summary>The product's number of the record's client, where it says one; an empty one is none.</summary>
    public static string? ClientNumber(RecordKind kind, JsonObject record) =>
        kind.Client.Id is { } path && FhirJson.Text(NativePath.Follow(record, path)) is { } number && !string.IsNullOrWhiteSpace(number) ? number : null;

    /// <summary>The personal identity code of the record, where it says a proper one.</summary>
    public static Hetu? ClientCode(RecordKind kind, JsonObject record) =>
        kind.Client.Code is { } path && Hetu.TryParse(FhirJson.Text(NativePath.Follow(record, path)), out var hetu) ? hetu : null;

    /// <summary>What stands at a path; a list on the way is a fault, since nobody said which of its items is meant.</summary>
    public static JsonNode? Follow(JsonNode at, string path, Action<string>? fault = null)
    {
        if (path == ".")
        {
            return at;
        }

        JsonNode? found = at;
        foreach (var name in path.Split('.'))
        {
            if (found is JsonArray)
            {
                fault?.Invoke("a list where one was agreed");
                return null;
            }

            found = (found as JsonObject)?[name];
        }

        return found;
    }
}
