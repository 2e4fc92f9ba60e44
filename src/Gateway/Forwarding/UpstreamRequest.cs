// The request that goes to a source: written here, never passed on.
using System.Net;
using System.Text;

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

    /// <summary>The request as it goes to a destination.</summary>
    internal HttpRequestMessage ToMessage(string destination, string token)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(Method), new Uri(destination.TrimEnd('/') + Path))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        message.Headers.TryAddWithoutValidation("Accept", FhirJson);
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (!Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        return message;
    }
}
