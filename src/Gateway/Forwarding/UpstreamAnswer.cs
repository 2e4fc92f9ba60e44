// Reads a source's answer whole, or finds that it cannot be used.
using System.Net.Http.Headers;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Forwarding;

/// <summary>What came back from a source.</summary>
internal abstract record UpstreamReading
{
    private UpstreamReading()
    {
    }

    /// <summary>A whole answer that can be read in one way.</summary>
    internal sealed record Sound(PooledBytes Body, SoundJson Json) : UpstreamReading, IDisposable
    {
        public void Dispose()
        {
            Json.Dispose();
            Body.Dispose();
        }
    }

    /// <summary>Nothing under that address.</summary>
    internal sealed record Nothing : UpstreamReading;

    /// <summary>The source or its adapter is down for now.</summary>
    internal sealed record Down : UpstreamReading;

    /// <summary>An answer that must not be used; why, as a code for diagnostics.</summary>
    internal sealed record Unusable(string Why) : UpstreamReading;
}

/// <summary>Reads answers under a size and time limit. Half an answer, a compressed one, one of another type or with two readings is none.</summary>
internal sealed class UpstreamAnswerReader(GatewayOptions options)
{
    private const int Chunk = 64 * 1024;

    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="mayBeAbsent">Whether it may say that there is nothing.</param>
    /// <param name="guide">What of it is worth reading; without one, everything.</param>
    /// <param name="cancellation">Ends reading.</param>
    internal async Task<UpstreamReading> ReadAsync(HttpResponseMessage response, bool mayBeAbsent, JsonGuide? guide, CancellationToken cancellation)
    {
        switch ((int)response.StatusCode)
        {
            case 503:
                return new UpstreamReading.Down();
            case 404 or 410 when mayBeAbsent:
                return new UpstreamReading.Nothing();
            case not 200:
                return new UpstreamReading.Unusable("status");
        }

        if (!IsFhirJson(response.Content.Headers))
        {
            return new UpstreamReading.Unusable("content-type");
        }

        if (response.Content.Headers.ContentLength > options.LargestAnswer)
        {
            return new UpstreamReading.Unusable("too-large");
        }

        return await ReadBodyAsync(response.Content, guide, cancellation);
    }

    private static bool IsFhirJson(HttpContentHeaders headers) =>
        headers.ContentEncoding.Count == 0
        && headers.ContentType is { MediaType: "application/fhir+json" or "application/json" } type
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private async Task<UpstreamReading> ReadBodyAsync(HttpContent content, JsonGuide? guide, CancellationToken cancellation)
    {
#pragma warning disable CA2000 // handed over with the reading, or disposed in Refuse
        var body = new PooledBytes(Math.Clamp((int)(content.Headers.ContentLength ?? Chunk) + 1, 1024, options.LargestAnswer + 1));
#pragma warning restore CA2000
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.SourceTimeout);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(limit.Token);
            while (await stream.ReadAsync(body.Room(1), limit.Token) is > 0 and var count)
            {
                body.Advance(count);
                if (body.Length > options.LargestAnswer)
                {
                    return Refuse(body, "too-large");
                }
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Refuse(body, fault is OperationCanceledException ? "too-slow" : "half");
        }

#pragma warning disable CA2000 // handed over with the reading, or disposed here
        var json = new SoundJson();
#pragma warning restore CA2000
        if (json.TryRead(body.Written, guide))
        {
            return new UpstreamReading.Sound(body, json);
        }

        json.Dispose();
        return Refuse(body, "json");
    }

    private static UpstreamReading.Unusable Refuse(PooledBytes body, string why)
    {
        body.Dispose();
        return new UpstreamReading.Unusable(why);
    }
}
