// A FHIR R4 server from the caller's side.
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Fhir;

/// <summary>Searches by form, reads by id, writes under a condition. Pages are followed within the server only, a bounded number of them; an answer that lacks any is no answer.</summary>
internal sealed class FhirHttpClient(Uri address, FhirCredentials credentials, NativeHttpClient http)
{
    private const string FhirType = "application/fhir+json";
    private const int PageSize = 200;
    private const int MostPages = 50;
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>The base of the server.</summary>
    public Uri Address => address;

    /// <summary>All resources of a type that the server finds.</summary>
    /// <param name="type">The type.</param>
    /// <param name="parameters">Parameters of the search; they go in the body.</param>
    /// <param name="secret">What must not stand in the address of a page.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<ImmutableArray<JsonObject>> SearchAsync(string type, IEnumerable<(string Name, string Value)> parameters, string? secret, CancellationToken cancellation)
    {
        var page = new FhirPages(type, address, secret);
        using var form = new FormUrlEncodedContent(parameters.Append((Name: "_count", Value: $"{PageSize}")).Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)));
        var answer = await SendAsync(HttpMethod.Post, new Uri(address, $"{type}/_search"), await form.ReadAsByteArrayAsync(cancellation), "application/x-www-form-urlencoded", null, cancellation);
        var bytes = (long)answer.Body.Length;
        for (var next = page.Take(ReadGood(answer)); next is not null; next = page.Take(ReadGood(answer)))
        {
            if (page.Count == MostPages || bytes > MostBytes)
            {
                throw FhirJson.Unreadable("more pages than the adapter reads");
            }

            answer = await SendAsync(HttpMethod.Get, next, null, null, null, cancellation);
            bytes += answer.Body.Length;
        }

        return page.Found();
    }

    /// <summary>One resource, or null where there is none.</summary>
    public async Task<JsonObject?> ReadAsync(string type, string id, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, new Uri(address, $"{type}/{id}"), null, null, null, cancellation);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }

        var resource = ReadGood(answer);
        return FhirJson.Text(resource, "resourceType") == type && FhirJson.Text(resource, "id") == id ? resource : throw FhirJson.Unreadable("another resource than the one asked for");
    }

    /// <summary>Writes; the answer may be a refusal.</summary>
    /// <param name="method">POST or PUT.</param>
    /// <param name="path">Below the base; empty for a transaction.</param>
    /// <param name="body">What is written.</param>
    /// <param name="condition">A header of a condition.</param>
    /// <param name="cancellation">Cancels.</param>
    public Task<NativeAnswer> WriteAsync(HttpMethod method, string path, JsonObject body, (string Name, string Value)? condition, CancellationToken cancellation) =>
        SendAsync(method, path.Length == 0 ? new Uri(address.AbsoluteUri.TrimEnd('/')) : new Uri(address, path), System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), FhirType, condition, cancellation);

    private static JsonObject ReadGood(NativeAnswer answer) => answer.Status == HttpStatusCode.OK ? FhirJson.Read(answer) : throw FhirJson.Unreadable("a refusal of a plain reading");

    private async Task<NativeAnswer> SendAsync(HttpMethod method, Uri place, byte[]? body, string? contentType, (string Name, string Value)? condition, CancellationToken cancellation)
    {
        try
        {
            return await SendOnceAsync(method, place, body, contentType, condition, cancellation);
        }
        catch (NativeFaultException fault) when (fault.Fault == NativeFault.NotLetIn && credentials.Forget())
        {
            return await SendOnceAsync(method, place, body, contentType, condition, cancellation); // the kept token may have ended early; the server did nothing
        }
    }

    private async Task<NativeAnswer> SendOnceAsync(HttpMethod method, Uri place, byte[]? body, string? contentType, (string Name, string Value)? condition, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, place);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(FhirType));
        request.Headers.Add("Prefer", method == HttpMethod.Get || contentType != FhirType ? "handling=strict" : "return=representation");
        await credentials.ApplyAsync(request, cancellation);
        if (condition is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType!);
        }

        return await http.SendAsync(request, cancellation);
    }
}
