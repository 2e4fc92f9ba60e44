// A connected system at the gateway.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour;

/// <summary>Calls the gateway as a connected system with a professional behind it, as the system's own software would.</summary>
internal sealed class SystemCaller(RunningHouse house, SystemId system, BusinessContext business)
{
    /// <summary>Reads or searches.</summary>
    internal Task<GatewayAnswer> GetAsync(string path, string? context, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(house.Settings.Gateway, path)), context, cancellation);

    /// <summary>Searches a person by national identifier, in the body and never in the address.</summary>
    internal Task<GatewayAnswer> FindPatientAsync(string source, string hetu, string? context, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(house.Settings.Gateway, $"fhir/{source}/Patient/_search"))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("identifier", $"{Hetu.System}|{hetu}")]),
        }, context, cancellation);

    /// <summary>Sends an entry.</summary>
    internal Task<GatewayAnswer> PostAsync(string path, JsonNode resource, string? context, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(house.Settings.Gateway, path))
        {
            Content = new StringContent(resource.ToJsonString(), Encoding.UTF8, "application/fhir+json"),
        }, context, cancellation);

    /// <summary>Takes a step of a task, from the version that was read.</summary>
    internal Task<GatewayAnswer> PatchAsync(string path, JsonNode patch, string tag, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(house.Settings.Gateway, path)) { Content = new StringContent(patch.ToJsonString(), Encoding.UTF8, "application/json-patch+json") };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return SendAsync(request, null, cancellation);
    }

    private async Task<GatewayAnswer> SendAsync(HttpRequestMessage request, string? context, CancellationToken cancellation)
    {
        using (request)
        {
            var token = await house.Tokens.GetAsync(system, Scopes.Exchange, business, cancellation);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (context is not null)
            {
                request.Headers.Add("Sisote-Context", context);
            }

            using var client = house.Http.CreateClient();
            using var answer = await client.SendAsync(request, cancellation);
            var receipts = answer.Headers.TryGetValues("Sisote-Receipt", out var values) ? values.ToList() : [];
            return new GatewayAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation), receipts) { Tag = answer.Headers.ETag?.ToString() };
        }
    }
}

/// <summary>What the gateway answered.</summary>
internal sealed record GatewayAnswer(HttpStatusCode Status, string Body, IReadOnlyList<string> Receipts)
{
    /// <summary>The version of what was read, where it has one.</summary>
    internal string? Tag { get; init; }

    /// <summary>The body as JSON; an empty object where it is none.</summary>
    internal JsonObject Json { get; } = Parse(Body);

    /// <summary>The resources of a search answer, or the one resource read.</summary>
    internal IEnumerable<JsonObject> Resources => Json["resourceType"]?.GetValue<string>() == "Bundle"
        ? Json["entry"]?.AsArray().Where(static entry => entry?["search"]?["mode"]?.ToString() != "outcome").Select(static entry => entry?["resource"]).OfType<JsonObject>() ?? []
        : [Json];

    private static JsonObject Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }
}
