// The adapter's facade as the gateway calls it.
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Adapters;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Probe;

/// <summary>An answer of the facade.</summary>
/// <param name="Status">Its status; 0 where nobody answered.</param>
/// <param name="Body">Its JSON, read in one way only; null where it is none.</param>
/// <param name="Location">Where a new resource is.</param>
/// <param name="Took">How long it took.</param>
internal sealed record ProbeAnswer(int Status, JsonElement? Body, string? Location, TimeSpan Took)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>The resources of a searchset, an empty one where an entry has none; null where it is none.</summary>
    internal IReadOnlyList<JsonElement>? Resources => Body is { ValueKind: JsonValueKind.Object } body && Text(body, "resourceType") == "Bundle" && Text(body, "type") == "searchset"
        ? body.TryGetProperty("entry", out var entries) && entries.ValueKind == JsonValueKind.Array
            ? [.. entries.EnumerateArray().Select(static entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var resource) && resource.ValueKind == JsonValueKind.Object ? resource : Nothing)]
            : []
        : null;

    /// <summary>The text of a member, or null.</summary>
    internal static string? Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Calls one system's facade with the gateway's own key, which lies in the installation's key folder; so it is asked exactly as the gateway asks it.</summary>
internal sealed class ProbeFacade(RunningHouse house, string system)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    /// <summary>Searches.</summary>
    internal Task<ProbeAnswer> SearchAsync(string type, CancellationToken cancellation, params (string Name, string Value)[] parameters) =>
        SendAsync(HttpMethod.Post, $"{type}/_search", new FormUrlEncodedContent(parameters.Select(static pair => KeyValuePair.Create(pair.Name, pair.Value))), null, cancellation);

    /// <summary>Reads one resource.</summary>
    internal Task<ProbeAnswer> ReadAsync(string type, string id, CancellationToken cancellation) => SendAsync(HttpMethod.Get, $"{type}/{id}", null, null, cancellation);

    /// <summary>Delivers a resource, or a transaction.</summary>
    internal Task<ProbeAnswer> DeliverAsync(string entry, string? type, string key, SenderInfo sender, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, type ?? string.Empty, new StringContent(entry, Encoding.UTF8, "application/fhir+json"), (key, sender), cancellation);

    private async Task<ProbeAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, (string Key, SenderInfo Sender)? delivery, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        client.Timeout = Patience;
        using var request = new HttpRequestMessage(method, new Uri(house.Settings.Adapters, path.Length > 0 ? $"{system}/{path}" : system)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.Tokens.GetAsync(InnerSystems.Gateway, Scopes.Inner, business: null, cancellation));
        if (delivery is var (key, sender))
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Headers.Add(SenderInfo.Header, sender.ToHeader());
        }

        var began = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return new ProbeAnswer((int)answer.StatusCode, Parse(body), answer.Headers.Location?.OriginalString, Stopwatch.GetElapsedTime(began));
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
