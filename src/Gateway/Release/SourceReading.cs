// Reads what a source answered into resources.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Release;

/// <summary>The resources of a source's answer, or why it cannot be used.</summary>
internal sealed record SourceAnswer(UpstreamReading.Sound? Sound, IReadOnlyList<ResourceIndex> Resources, Refusal? Refusal) : IDisposable
{
    /// <summary>Gives the memory of the source's answer back, not the room that was taken for it; nothing can be read from it any more.</summary>
    internal void Forget()
    {
        Sound?.Json.Dispose();
        Sound?.Body.Forget();
    }

    public void Dispose() => Sound?.Dispose();
}

/// <summary>Reads a source's answer to a read or search.</summary>
internal sealed class SourceReading(UpstreamAnswerReader answers, ItemMasks masks, GatewayOptions options, ILogger<SourceReading> log)
{
    internal async Task<SourceAnswer> ReadAsync(HttpResponseMessage response, ReadExchange exchange, CancellationToken limit)
    {
        var isSearchset = exchange.IsSearch || exchange.Shape.Name == "Patient";
        switch (await answers.ReadAsync(response, mayBeAbsent: !exchange.IsSearch, masks.GuideFor(exchange.Shape, isSearchset), limit))
        {
            case UpstreamReading.Sound sound:
                var found = isSearchset ? SearchsetReader.Read(sound.Json, exchange.Shape)
                    : ResourceIndex.TypeOf(sound.Json, 0).SequenceEqual(exchange.Shape.Utf8Name) ? [0] : null;
                if (found is null || found.Count > options.MostEntries)
                {
                    sound.Dispose();
                    return Unusable(exchange, response, found is null ? "shape" : "entries");
                }

                return new SourceAnswer(sound, exchange.IsBlind ? [] : [.. found.Select(row => ResourceIndex.Of(sound.Json, row, exchange.Shape))], null);
            case UpstreamReading.Nothing:
                return new SourceAnswer(null, [], null);
            case UpstreamReading.Crowded:
                Log.NoRoom(log, exchange.Call.Asker.Other.Id.Value, exchange.Call.CorrelationId);
                return new SourceAnswer(null, [], Refusal.Crowded);
            case UpstreamReading.Unusable unusable:
                return Unusable(exchange, response, unusable.Why);
            default:
                return new SourceAnswer(null, [], Refusal.SourceDown);
        }
    }

    private SourceAnswer Unusable(ReadExchange exchange, HttpResponseMessage response, string why)
    {
        Log.SourceUnusable(log, exchange.Call.Asker.Other.Id.Value, why, (int)response.StatusCode, exchange.Call.CorrelationId);
        return new SourceAnswer(null, [], Refusal.SourceUnusable);
    }
}
