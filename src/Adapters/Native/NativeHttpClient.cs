// HTTP towards a sector system, bounded in size and time.
using System.Net;
using Sisote.Adapters.Sources;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.Native;

/// <summary>Calls a sector system: no redirects, no cookies, one time limit for the whole call, one size limit for the answer.</summary>
/// <remarks>Behind X-Road every call carries <c>X-Road-Client</c>, and what the security servers say in <c>X-Road-Error</c> is not taken for words of the system (X-Road Message Protocol for REST).</remarks>
internal sealed class NativeHttpClient(IHttpClientFactory http, TimeSpan timeout, TimeProvider clock, XRoadClient? xroad = null)
{
    /// <summary>Name of the configured HTTP client.</summary>
    public const string Name = "native";

    private const int LargestAnswer = 8 * 1024 * 1024;

    /// <summary>By an adapter's settings: <c>timeoutSeconds</c>, <c>xroadClient</c>.</summary>
    public static NativeHttpClient Open(IHttpClientFactory http, AdapterSettings settings, TimeProvider clock)
    {
        if (!XRoadClient.TryParse(settings.Optional("xroadClient"), out var xroad) && settings.Optional("xroadClient") is not null)
        {
            settings.Fault("xroadClient", "is no X-Road subsystem such as FI/MUN/0171450-7/sisote");
        }

        return new NativeHttpClient(http, settings.Seconds("timeoutSeconds", 10), clock, xroad);
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="NativeFaultException">No answer in time, an answer that is too large, a redirect, a refusal of the credentials, or a fault of the far side.</exception>
    public async Task<NativeAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var client = http.CreateClient(Name);
            client.Timeout = Timeout.InfiniteTimeSpan;
            if (xroad is not null)
            {
                request.Headers.Add("X-Road-Client", string.Join('/', xroad.Text.Split('/').Select(Uri.EscapeDataString)));
            }

            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (Underway(answer) ?? Accept(answer.StatusCode)) is { } fault
                ? throw fault
                : new NativeAnswer(answer.StatusCode, await ReadAsync(answer.Content, either.Token), answer.Headers.TryGetValues("X-Total-Count", out var total) ? total.First() : null)
                {
                    ContentType = answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null,
                    IsEncoded = answer.Content.Headers.NonValidated.Contains("Content-Encoding"),
                    Location = answer.Headers.Location?.OriginalString,
                    Version = answer.Headers.ETag?.Tag.Trim('"'),
                };
        }
        catch (OperationCanceledException fault) when (fault.InnerException is TimeoutException && !either.IsCancellationRequested)
        {
            throw new NativeFaultException(NativeFault.Down, "no connection in time", fault); // the time for connecting ran out, not that for the answer
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NativeFaultException(NativeFault.Unanswered, "no answer in time");
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException { HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError) })
        {
            throw new NativeFaultException(NativeFault.Unanswered, "the answer broke off", fault);
        }
        catch (HttpRequestException fault)
        {
            throw new NativeFaultException(NativeFault.Down, "no connection", fault);
        }
    }

    /// <summary>Sends a request to Sisote's own gateway: any status is an answer, the body is not needed.</summary>
    /// <exception cref="NativeFaultException">No connection or no answer in time.</exception>
    public async Task<(HttpStatusCode Status, string? Receipt)> SendForAnyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var client = http.CreateClient(Name);
            client.Timeout = Timeout.InfiniteTimeSpan;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (answer.StatusCode, answer.Headers.TryGetValues("Sisote-Receipt", out var receipt) ? receipt.First() : null);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new NativeFaultException(NativeFault.Down, "the gateway does not answer", fault);
        }
    }

    /// <summary>A fault between the security servers. What they refuse never reached the system; of anything else nobody knows.</summary>
    private NativeFaultException? Underway(HttpResponseMessage answer) =>
        xroad is null || !answer.Headers.TryGetValues("X-Road-Error", out var codes) ? null
        : codes.First() is var code && (code.StartsWith("Client.", StringComparison.OrdinalIgnoreCase) || code.Contains("AccessDenied", StringComparison.OrdinalIgnoreCase)) ? new NativeFaultException(NativeFault.NotLetIn, "X-Road does not let the call through")
        : new NativeFaultException(NativeFault.Unanswered, "X-Road broke over the call");

    private static NativeFaultException? Accept(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => new NativeFaultException(NativeFault.NotLetIn, "credentials refused"),
        408 or 429 or 503 => new NativeFaultException(NativeFault.Down, "the system says not now"),
        >= 500 => new NativeFaultException(NativeFault.Unanswered, "the system broke over it"),
        < 200 or (>= 300 and < 400) => new NativeFaultException(NativeFault.Unreadable, "an answer of another kind"),
        _ => null,
    };

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var body = await content.ReadAsStreamAsync(cancellation);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (whole.Length + read > LargestAnswer)
            {
                throw new NativeFaultException(NativeFault.Unreadable, "an answer that is too large");
            }

            await whole.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return whole.ToArray();
    }
}

/// <summary>A whole answer: 2xx, or 4xx that says something about the request.</summary>
internal sealed record NativeAnswer(HttpStatusCode Status, byte[] Body, string? TotalCount)
{
    /// <summary>The header <c>Content-Type</c> as it came.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether the body is compressed or otherwise encoded.</summary>
    public bool IsEncoded { get; init; }

    /// <summary>The header <c>Location</c> as it came.</summary>
    public string? Location { get; init; }

    /// <summary>What the header <c>ETag</c> says, without its marks.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the request was fulfilled.</summary>
    public bool IsGood => (int)Status is >= 200 and < 300;
}
