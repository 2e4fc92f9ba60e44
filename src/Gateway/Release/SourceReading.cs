// Reads what a source answered into resources.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Release;

/// <summary>The resources of a source's answer, or why it cannot be used.</summary>
internal sealed record SourceAnswer(PooledBytes? Body, IReadOnlyList<ResourceIndex> Resources, Refusal? Refusal) : IDisposable
{
    public void Dispose() => Body?.Dispose();
}

/// <summary>Reads a source's answer to a read or search.</summary>
internal sealed class SourceReading(UpstreamAnswerReader answers, ILogger<SourceReading> log)
{
    internal async Task<SourceAnswer> ReadAsync(HttpResponseMessage response, ReadExchange exchange, CancellationToken cancellation)
    {
        switch (await answers.ReadAsync(response, mayBeAbsent: !exchange.IsSearch, cancellation))
        {
            case UpstreamReading.Sound sound:
                var isSearchset = exchange.IsSearch || exchange.Shape.Name == "Patient";
                var found = isSearchset ? SearchsetReader.Read(sound.Body.Written, exchange.Shape.Name)
                    : ResourceIndex.TypeOf(sound.Body.Written.Span) == exchange.Shape.Name ? [sound.Body.Written] : null;
                if (found is null)
                {
                    sound.Body.Dispose();
                    return Unusable(exchange, response, "shape");
                }

                return new SourceAnswer(sound.Body, exchange.IsBlind ? [] : [.. found.Select(json => ResourceIndex.Read(json, exchange.Shape))], null);
            case UpstreamReading.Nothing:
                return new SourceAnswer(null, [], null);
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
