// Reads an entry: one resource, or a transaction of creates.
using System.Text.Json;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Requests;

namespace Sisote.Gateway.Entries;

/// <summary>Takes the resources out of an entry. A Bundle may hold creates and nothing else: no condition, no other verb, no member that FHIR allows there but that this door does not need.</summary>
internal sealed class EntryReader(ItemMasks masks)
{
    private const int MostResources = 20;

    /// <summary>The resources, or why the entry cannot be read. Its text has passed <see cref="StrictJson"/>.</summary>
    internal (List<EntryResource>? Resources, Refusal? Refusal) Read(Interaction interaction) => interaction switch
    {
        Interaction.Create create => ReadOne(create.Body, create.Type),
        Interaction.Transaction transaction => ReadBundle(transaction.Body),
        _ => throw new InvalidOperationException("Not an entry."),
    };

    private (List<EntryResource>?, Refusal?) ReadOne(ReadOnlyMemory<byte> json, string type) =>
        masks.ShapeOf(type) is { } shape && ResourceIndex.OfWhole(json, shape) is { } index && index.Type == type
            ? ([new EntryResource(type, null, shape, index)], null)
            : (null, Refusal.Malformed);

    private (List<EntryResource>?, Refusal?) ReadBundle(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
        if (FindStranger(document.RootElement) is { } stranger)
        {
            return (null, Refusal.Malformed with { Expression = stranger });
        }

        var resources = new List<EntryResource>();
        foreach (var entry in document.RootElement.GetProperty("entry").EnumerateArray())
        {
            var path = $"{PathOf(resources.Count)}.resource";
            var resource = entry.GetProperty("resource");
            if (TextOf(resource, "resourceType") is not { } type || type == "Task" || masks.ShapeOf(type) is not { HasClient: true } shape)
            {
                return (null, Refusal.ElementNotPermitted(path)); // a task is there with its referral
            }

            var bytes = System.Text.Encoding.UTF8.GetBytes(resource.GetRawText());
            resources.Add(new EntryResource(path, TextOf(entry, "fullUrl"), shape, ResourceIndex.OfWhole(bytes, shape)!));
        }

        return (resources, null);
    }

    /// <summary>Where a transaction is anything but creates, each named once at most; null = nowhere.</summary>
    private static string? FindStranger(JsonElement bundle)
    {
        if (OnlyNames(bundle, "Bundle", "resourceType", "type", "entry") is { } stranger)
        {
            return stranger;
        }

        if (TextOf(bundle, "resourceType") != "Bundle" || TextOf(bundle, "type") != "transaction")
        {
            return "Bundle.type";
        }

        if (!bundle.TryGetProperty("entry", out var entries) || entries.ValueKind != JsonValueKind.Array || entries.GetArrayLength() is 0 or > MostResources)
        {
            return "Bundle.entry";
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        return entries.EnumerateArray().Select((entry, place) => FindStranger(entry, PathOf(place), names)).FirstOrDefault(static found => found is not null);
    }

    private static string? FindStranger(JsonElement entry, string path, HashSet<string> names)
    {
        if (OnlyNames(entry, path, "fullUrl", "resource", "request") is { } stranger)
        {
            return stranger;
        }

        if (!entry.TryGetProperty("resource", out var resource) || resource.ValueKind != JsonValueKind.Object)
        {
            return $"{path}.resource";
        }

        var request = entry.TryGetProperty("request", out var found) ? found : default;
        return OnlyNames(request, $"{path}.request", "method", "url")
            ?? (TextOf(request, "method") != "POST" ? $"{path}.request.method"
                : TextOf(request, "url") != TextOf(resource, "resourceType") ? $"{path}.request.url"
                : entry.TryGetProperty("fullUrl", out _) && !(TextOf(entry, "fullUrl") is { } name && name.StartsWith("urn:uuid:", StringComparison.Ordinal) && names.Add(name)) ? $"{path}.fullUrl"
                : null);
    }

    private static string PathOf(int place) => $"Bundle.entry[{place}]";

    /// <summary>The path of what is no object, or of its first member with another name.</summary>
    private static string? OnlyNames(JsonElement element, string path, params string[] names) =>
        element.ValueKind != JsonValueKind.Object ? path
        : element.EnumerateObject().Where(member => !names.Contains(member.Name)).Select(member => $"{path}.{member.Name}").FirstOrDefault();

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
