// The one place where bytes leave the gateway.
using Microsoft.AspNetCore.Http.Features;

namespace Sisote.Gateway.Answers;

/// <summary>Writes an answer whose status, headers and body are all our own; whatever an upstream or a middleware had put there is cleared first.</summary>
internal static class PlainAnswer
{
    /// <summary>Header of the log's receipts, one line for each.</summary>
    internal const string ReceiptHeader = "Sisote-Receipt";

    internal const string FhirJson = "application/fhir+json; charset=utf-8";

    internal static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> body, Action<IHeaderDictionary>? addHeaders = null, string contentType = FhirJson)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
        if (context.Features.Get<IHttpResponseFeature>() is { } feature)
        {
            feature.ReasonPhrase = null;
        }

        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        addHeaders?.Invoke(response.Headers);
        response.ContentLength = body.Length;
        if (body.Length > 0)
        {
            response.ContentType = contentType;
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
