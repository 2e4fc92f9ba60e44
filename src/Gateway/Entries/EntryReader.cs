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
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } bundle
            || !HasOnly(bundle, "resourceType", "type", "entry") || TextOf(bundle, "resourceType") != "Bundle" || TextOf(bundle, "type") != "transaction"
            || !bundle.TryGetProperty("entry", out var entries) || entries.ValueKind != JsonValueKind.Array || entries.GetArrayLength() is 0 or > MostResources)
        {
            return (null, Refusal.Malformed);
        }

        var resources = new List<EntryResource>();
        foreach (var entry in entries.EnumerateArray())
        {
            var path = $"Bundle.entry[{resources.Count}].resource";
            if (ReadCreate(entry) is not var (fullUrl, type, resource))
            {
                return (null, Refusal.Malformed);
            }

            if (type == "Task" || masks.ShapeOf(type) is not { HasClient: true } shape)
            {
                return (null, Refusal.ElementNotPermitted(path)); // a task is there with its referral
            }

            var bytes = System.Text.Encoding.UTF8.GetBytes(resource.GetRawText());
            resources.Add(new EntryResource(path, fullUrl, shape, ResourceIndex.OfWhole(bytes, shape)!));
        }

        return resources.Select(static resource => resource.FullUrl).OfType<string>().GroupBy(static url => url, StringComparer.Ordinal).Any(static group => group.Count() > 1)
            ? (null, Refusal.Malformed)
            : (resources, null);
    }

    private static (string? FullUrl, string Type, JsonElement Resource)? ReadCreate(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !HasOnly(entry, "fullUrl", "resource", "request")
            || !entry.TryGetProperty("resource", out var resource) || resource.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("request", out var request) || request.ValueKind != JsonValueKind.Object || !HasOnly(request, "method", "url")
            || TextOf(resource, "resourceType") is not { } type || TextOf(request, "method") != "POST" || TextOf(request, "url") != type)
        {
            return null;
        }

        var fullUrl = TextOf(entry, "fullUrl");
        return fullUrl is null == !entry.TryGetProperty("fullUrl", out _) && (fullUrl is null || fullUrl.StartsWith("urn:uuid:", StringComparison.Ordinal)) ? (fullUrl, type, resource) : null;
    }

    private static bool HasOnly(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                return false;
            }
        }

        return true;
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
