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
    /// <param name="system">The source.</param>
    /// <param name="type">The type of resource.</param>
    /// <param name="form">The parameters, see <see cref="Form"/>.</param>
    internal static UpstreamRequest Search(string system, string type, string form) => new()
    {
        Method = HttpMethods.Post,
        Path = $"/{system}/{type}/_search",
        ContentType = "application/x-www-form-urlencoded",
        Body = Encoding.ASCII.GetBytes(form),
    };

    /// <summary>Parameters as a form has them.</summary>
    internal static string Form(IEnumerable<(string Name, string Value)> parameters) =>
        string.Join('&', parameters.Select(static pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>A read of one resource.</summary>
    internal static UpstreamRequest Read(string system, string type, string id) => new() { Method = HttpMethods.Get, Path = $"/{system}/{type}/{id}" };

    /// <summary>The request as it goes to a destination.</summary>
    /// <param name="destination">Address of the destination.</param>
    /// <param name="authorization">The gateway's own credential, as the header says it.</param>
    internal HttpRequestMessage ToMessage(string destination, string authorization)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(Method), new Uri(destination.TrimEnd('/') + Path))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TryAddWithoutValidation("Authorization", authorization);
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
