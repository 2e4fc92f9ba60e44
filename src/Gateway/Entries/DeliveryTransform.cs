// What happens to a target's answer to an entry.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Entries;

/// <summary>The end of a write: find out what became of the entry, record it, tell the sender in our own words.</summary>
internal sealed class DeliveryTransform(UpstreamAnswerReader answers, Records records, AppendQueue queue, RoomSettings settings, ILogger<DeliveryTransform> log)
{
    /// <summary>Takes a target's answer over.</summary>
    internal async Task DeliverAsync(HttpContext context, HttpResponseMessage response, WriteExchange exchange, CancellationToken limit)
    {
        var (outcome, refusal) = (int)response.StatusCode switch
        {
            200 or 201 => (Records.Delivered, null),
            503 => (Records.Rejected, Refusal.SourceDown),
            408 or 425 or 429 => (Records.Rejected, Refusal.SourceDown),
            >= 400 and < 500 => (Records.Rejected, Refusal.TargetRefused),
            _ => (Records.Unknown, Refusal.OutcomeUnknown),
        };
        var ids = refusal is null ? await ReadIdsAsync(response, exchange, limit) : [];
        await SettleAsync(context, exchange, outcome, refusal, ids);
    }

    /// <summary>Records the outcome and answers the sender.</summary>
    internal async Task SettleAsync(HttpContext context, WriteExchange exchange, string outcome, Refusal? refusal, ImmutableArray<string?> ids)
    {
        ImmutableArray<string?> handles = [.. exchange.Types.Select((type, place) => place < ids.Length && ids[place] is { } id
            ? exchange.Handles.ForResource(exchange.Call.Asker.Other.Id, type, exchange.Client.Known.Client, id) : null)];
        var resources = exchange.Types.Zip(handles).Where(static pair => pair.Second is not null).Select(static pair => new LogResource { Type = pair.First, Handle = pair.Second! });
        var entry = records.Outcome(exchange.Intent, outcome, resources);
        var item = new AppendItem { Entry = entry, Begins = outcome == Records.Delivered ? exchange.Begins : null };
        if (await queue.AppendAsync(item) is not { Status: AppendStatus.Committed, Receipt: var receipt })
        {
            Log.OutcomeNotRecorded(log, exchange.Intent.Id);
            await OutcomeWriter.WriteAsync(context, Refusal.OutcomeUnknown);
            return;
        }

        if (refusal is not null)
        {
            await OutcomeWriter.WriteAsync(context, refusal);
            return;
        }

        await WriteDeliveredAsync(context, exchange, handles, receipt);
    }

    private async Task WriteDeliveredAsync(HttpContext context, WriteExchange exchange, ImmutableArray<string?> handles, string? receipt)
    {
        var addresses = exchange.Types.Select((type, place) => handles[place] is { } handle ? $"{type}/{handle}" : null).ToArray();
        var body = exchange.IsTransaction
            ? JsonSerializer.SerializeToUtf8Bytes(new
            {
                resourceType = "Bundle",
                type = "transaction-response",
                entry = addresses.Select(static address => new { response = new Delivered("201 Created", address) }),
            }, Omitting)
            : [];
        await PlainAnswer.WriteAsync(context, exchange.IsTransaction ? StatusCodes.Status200OK : StatusCodes.Status201Created, body, headers =>
        {
            foreach (var text in new[] { exchange.Receipt, receipt }.OfType<string>())
            {
                headers.Append(PlainAnswer.ReceiptHeader, text);
            }

            if (!exchange.IsTransaction && addresses[0] is { } address)
            {
                headers.Location = new Uri(settings.Gateway, $"fhir/{exchange.Call.Asker.Other.Id}/{address}").AbsoluteUri;
            }
        });
    }

    /// <summary>The ids that the target gave, in the order of the entry; null where it gave none that can be used.</summary>
    private async Task<ImmutableArray<string?>> ReadIdsAsync(HttpResponseMessage response, WriteExchange exchange, CancellationToken limit)
    {
        if (!exchange.IsTransaction)
        {
            return [IdIn(response.Headers.Location?.OriginalString, exchange.Types[0])];
        }

        if (await answers.ReadAsync(response, mayBeAbsent: false, guide: null, limit) is not UpstreamReading.Sound sound)
        {
            return [];
        }

        using (sound)
        {
            using var bundle = JsonDocument.Parse(sound.Body.Bytes.Written, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
            return bundle.RootElement.ValueKind == JsonValueKind.Object && bundle.RootElement.TryGetProperty("entry", out var entries) && entries.ValueKind == JsonValueKind.Array && entries.GetArrayLength() == exchange.Types.Length
                ? [.. entries.EnumerateArray().Select((entry, place) => IdIn(LocationOf(entry), exchange.Types[place]))]
                : [];
        }
    }

    private static string? LocationOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object
        && response.TryGetProperty("location", out var location) && location.ValueKind == JsonValueKind.String ? location.GetString() : null;

    /// <summary>The id in <c>[base/]Type/id[/_history/version]</c>.</summary>
    private static string? IdIn(string? location, string type)
    {
        var parts = location?.Split('/') ?? [];
        var at = Array.LastIndexOf(parts, type);
        var id = at >= 0 && at + 1 < parts.Length ? parts[at + 1] : null;
        return Handles.Handles.IsUpstreamId(id) ? id : null;
    }

    private static readonly JsonSerializerOptions Omitting = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private sealed record Delivered(
        [property: System.Text.Json.Serialization.JsonPropertyName("status")] string Status,
        [property: System.Text.Json.Serialization.JsonPropertyName("location")] string? Location);
}
