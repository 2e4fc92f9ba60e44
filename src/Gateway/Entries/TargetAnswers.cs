// What a target's answer to an entry means.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Entries;

/// <summary>What became of an entry.</summary>
/// <param name="Outcome">The word in the log.</param>
/// <param name="Refusal">What the sender hears; null = it was delivered.</param>
/// <param name="Ids">The ids that the target gave, in the order of the entry; null where it gave none that can be used.</param>
internal sealed record Delivery(string Outcome, Refusal? Refusal, ImmutableArray<string?> Ids)
{
    internal static readonly Delivery Unknown = new(Records.Unknown, Refusal.OutcomeUnknown, []);

    /// <summary>The target did not take it now, and nothing arrived.</summary>
    internal static readonly Delivery NotTaken = new(Records.Rejected, Refusal.SourceDown, []);

    /// <summary>It was not sent, because another content waits under its key.</summary>
    internal static readonly Delivery KeyUsed = new(Records.Rejected, Refusal.KeyUsed, []);

    /// <summary>Whether the same may be sent again later: it was not taken now, or nobody knows.</summary>
    internal bool CanWait => Refusal == Refusal.SourceDown || Refusal == Refusal.OutcomeUnknown;

    /// <summary>The target's version after a step.</summary>
    internal string? Version { get; init; }
}

/// <summary>Reads targets' answers. What does not say clearly that everything arrived, or that nothing did, leaves the outcome unknown.</summary>
internal sealed class TargetAnswers(UpstreamAnswerReader answers)
{
    internal async Task<Delivery> ReadAsync(HttpResponseMessage response, WriteExchange exchange, CancellationToken limit) => (int)response.StatusCode switch
    {
        200 when exchange.Step is { } step => new Delivery(Records.Delivered, null, [step.Task]) { Version = TaskTag.Read(response.Headers.ETag?.ToString()) },
        409 when exchange.Step is not null => new Delivery(Records.Rejected, Refusal.StepImpossible, []),
        412 when exchange.Step is not null => new Delivery(Records.Rejected, Refusal.VersionStale, []),
        200 or 201 when !exchange.IsTransaction && exchange.Step is null => new Delivery(Records.Delivered, null, [IdIn(response.Headers.Location?.OriginalString, exchange.Sent[0].Type)]),
        200 => await ReadTransactionAsync(response, exchange, limit),
        408 or 425 or 429 or 503 => Delivery.NotTaken,
        >= 400 and < 500 => new Delivery(Records.Rejected, Refusal.TargetRefused, []),
        _ => Delivery.Unknown,
    };

    private async Task<Delivery> ReadTransactionAsync(HttpResponseMessage response, WriteExchange exchange, CancellationToken limit)
    {
        if (await answers.ReadAsync(response, mayBeAbsent: false, guide: null, limit) is not UpstreamReading.Sound sound)
        {
            return Delivery.Unknown;
        }

        using (sound)
        {
            using var bundle = JsonDocument.Parse(sound.Body.Bytes.Written, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
            var parts = ResponsesIn(bundle.RootElement).ToArray();
            return parts.Length == exchange.Sent.Length && parts.All(static part => TextOf(part, "status") is ['2', ..])
                ? new Delivery(Records.Delivered, null, [.. parts.Zip(exchange.Sent, static (part, sent) => IdIn(TextOf(part, "location"), sent.Type))])
                : Delivery.Unknown;
        }
    }

    private static IEnumerable<JsonElement> ResponsesIn(JsonElement bundle) =>
        TextOf(bundle, "resourceType") == "Bundle" && TextOf(bundle, "type") == "transaction-response" && bundle.TryGetProperty("entry", out var entries) && entries.ValueKind == JsonValueKind.Array
            ? entries.EnumerateArray().Select(static entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("response", out var response) ? response : default)
            : [];

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The id in <c>[base/]Type/id[/_history/version]</c>.</summary>
    private static string? IdIn(string? location, string type)
    {
        var parts = location?.Split('/') ?? [];
        var at = Array.LastIndexOf(parts, type);
        var id = at >= 0 && at + 1 < parts.Length ? parts[at + 1] : null;
        return Handles.Handles.IsUpstreamId(id) ? id : null;
    }
}
