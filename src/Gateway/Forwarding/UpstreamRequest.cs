// The request that goes to a source: written here, never passed on.
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Sisote.Gateway.Forwarding;

/// <summary>All that a source gets to see of a call.</summary>
internal sealed record UpstreamRequest
{
    internal const string FhirJson = "application/fhir+json";

    internal required string Method { get; init; }

    internal required string Path { get; init; }

    internal ReadOnlyMemory<byte> Body { get; init; }

    internal string? ContentType { get; init; }

    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A search, its parameters in the body.</summary>
    internal static UpstreamRequest Search(string system, string type, IEnumerable<(string Name, string Value)> parameters) => new()
    {
        Method = HttpMethods.Post,
        Path = $"/{system}/{type}/_search",
        ContentType = "application/x-www-form-urlencoded",
        Body = Encoding.ASCII.GetBytes(string.Join('&', parameters.Select(static pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"))),
    };

    /// <summary>A read of one resource.</summary>
    internal static UpstreamRequest Read(string system, string type, string id) => new() { Method = HttpMethods.Get, Path = $"/{system}/{type}/{id}" };

    /// <summary>Writes this request over the caller's, of which nothing remains: not a header, not a byte.</summary>
    internal void Replace(HttpContext context, string token)
    {
        var request = context.Request;
        request.Headers.Clear();
        request.Method = Method;
        request.PathBase = PathString.Empty;
        request.Path = Path;
        request.QueryString = QueryString.Empty;
        request.Headers.Authorization = $"Bearer {token}";
        request.Headers.Accept = FhirJson;
        foreach (var (name, value) in Headers)
        {
            request.Headers[name] = value;
        }

        request.Body = new MemoryStream(Body.ToArray(), writable: false);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new BodyPresence(!Body.IsEmpty));
        if (!Body.IsEmpty)
        {
            request.ContentType = ContentType;
            request.ContentLength = Body.Length;
        }
    }

    private sealed class BodyPresence(bool isThere) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => isThere;
    }
}
