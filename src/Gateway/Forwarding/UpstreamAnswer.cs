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
    internal sealed record Sound(AnswerBody Body, SoundJson Json) : UpstreamReading, IDisposable
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

    /// <summary>There was no room in memory for the answer in time.</summary>
    internal sealed record Crowded : UpstreamReading;

    /// <summary>An answer that must not be used; why, as a code for diagnostics.</summary>
    internal sealed record Unusable(string Why) : UpstreamReading;
}

/// <summary>Reads answers under a size and time limit. Half an answer, a compressed one, one of another type, one whose end is told in two ways or with two readings is none.</summary>
internal sealed class UpstreamAnswerReader(AnswerRoom room, GatewayOptions options)
{
    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="mayBeAbsent">Whether it may say that there is nothing.</param>
    /// <param name="guide">What of it is worth reading; without one, everything.</param>
    /// <param name="limit">Ends reading.</param>
    internal async Task<UpstreamReading> ReadAsync(HttpResponseMessage response, bool mayBeAbsent, JsonGuide? guide, CancellationToken limit)
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

        var headers = response.Content.Headers;
        return !IsFhirJson(headers) ? new UpstreamReading.Unusable("content-type")
            : !HasOneLength(headers, response.Headers.TransferEncodingChunked is true) ? new UpstreamReading.Unusable("length")
            : await ReadBodyAsync(response.Content, guide, limit);
    }

    private static bool IsFhirJson(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out var types) && types.Count == 1 && !headers.NonValidated.Contains("Content-Encoding")
        && IsFhirJson(types.ToString(), headers);

    private static bool IsFhirJson(string type, HttpContentHeaders headers) => type is "application/fhir+json" or "application/fhir+json; charset=utf-8" || IsFhirJson(headers.ContentType);

    private static bool IsFhirJson(MediaTypeHeaderValue? value) =>
        value is { MediaType: "application/fhir+json" or "application/json" } type
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>RFC 9112 §6.3: a length told twice, told beside chunks or that is no number is an error or an attempt to smuggle.</summary>
    private static bool HasOneLength(HttpContentHeaders headers, bool isChunked) =>
        !headers.NonValidated.TryGetValues("Content-Length", out var lengths) || (lengths.Count == 1 && headers.ContentLength is not null && !isChunked);

    private async Task<UpstreamReading> ReadBodyAsync(HttpContent content, JsonGuide? guide, CancellationToken limit)
    {
#pragma warning disable CA2000 // handed over with the reading, or disposed below
        var (body, json, reading) = (new AnswerBody(), new SoundJson(), default(UpstreamReading));
#pragma warning restore CA2000
        try
        {
            reading = await body.ReadAsync(content, room, options.LargestAnswer, limit) switch
            {
                BodyReading.TooLarge => new UpstreamReading.Unusable("too-large"),
                BodyReading.Crowded => new UpstreamReading.Crowded(),
                _ => json.TryRead(body.Bytes.Written, guide) ? new UpstreamReading.Sound(body, json) : new UpstreamReading.Unusable("json"),
            };
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or OperationCanceledException)
        {
            reading = new UpstreamReading.Unusable(fault is OperationCanceledException ? "too-slow" : "half");
        }
        finally
        {
            if (reading is not UpstreamReading.Sound)
            {
                json.Dispose();
                body.Dispose();
            }
        }

        return reading;
    }
}
