// Looks at a task where it is kept.
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Doors;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries.Steps;

/// <summary>A task as its source has it.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Client">The national identifier of its client.</param>
/// <param name="Version">The source's version.</param>
/// <param name="Delivery">The key of the delivery that brought its referral, which is the identifier of the referral's relationship too.</param>
internal sealed record CurrentTask(string? Status, string? Client, string? Version, string? Delivery);

/// <summary>Asks a source for one task, for the gateway's own checks: nothing of it is released.</summary>
internal sealed class SourceTasks(RoomSettings settings, IHttpClientFactory http, SourceToken token, UpstreamAnswerReader answers, GatewayOptions options)
{
    internal const string HttpName = "source";

    private const string DeliverySystem = "https://sisote.example/fhir/sid/delivery";

    /// <summary>The task; null where there is none.</summary>
    internal async Task<(bool IsReachable, CurrentTask? Task)> ReadAsync(SystemId source, string id, CancellationToken cancellation)
    {
        if (await token.GetAsync(cancellation) is not { } bearer)
        {
            return (false, null);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.SourceTimeout);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Adapters, $"{source}/Task/{id}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(UpstreamRequest.FhirJson));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await answers.ReadAsync(response, mayBeAbsent: true, guide: null, limit.Token) switch
            {
                UpstreamReading.Sound sound => (true, Read(sound)),
                UpstreamReading.Nothing => (true, null),
                _ => (false, null),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (false, null);
        }
    }

    private static CurrentTask? Read(UpstreamReading.Sound sound)
    {
        using (sound)
        {
            using var document = JsonDocument.Parse(sound.Body.Bytes.Written, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
            var task = document.RootElement;
            return TextAt(task, "resourceType") != "Task" ? null : new CurrentTask(
                TextAt(task, "status"),
                ElementAt(ElementAt(task, "for"), "identifier") is var client && TextAt(client, "system") == Hetu.System ? TextAt(client, "value") : null,
                TextAt(ElementAt(task, "meta"), "versionId"),
                ElementAt(task, "identifier") is { ValueKind: JsonValueKind.Array } identifiers
                    ? identifiers.EnumerateArray().Where(static one => TextAt(one, "system") == DeliverySystem).Select(static one => TextAt(one, "value")).FirstOrDefault()
                    : null);
        }
    }

    private static JsonElement ElementAt(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? TextAt(JsonElement element, string name) => ElementAt(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
