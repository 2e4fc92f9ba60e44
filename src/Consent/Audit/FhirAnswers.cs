// What the FHIR door answers with.
using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.DisclosureLog.Audit;

namespace Sisote.Consent.Audit;

/// <summary>FHIR JSON: resources, searchset bundles, and this room's problems as OperationOutcome.</summary>
internal static class FhirAnswers
{
    private const string Json = "application/fhir+json; charset=utf-8";

    /// <summary>One event.</summary>
    public static IResult Resource(AuditEvent audit) => Write(200, json => AuditEventJson.Write(json, audit));

    /// <summary>A page of a search. It tells no total: counting would read the whole period.</summary>
    public static IResult Page(AuditPage page, string address, AuditQuery query) => Write(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "searchset"u8);
        json.WriteStartArray("link"u8);
        WriteLink(json, "self", address + query.ToQuery(query.Cursor == AuditCursor.Newest ? null : query.Cursor));
        if (page.Next is { } next)
        {
            WriteLink(json, "next", address + query.ToQuery(next));
        }

        json.WriteEndArray();
        if (!page.Events.IsEmpty)
        {
            json.WriteStartArray("entry"u8);
            foreach (var audit in page.Events)
            {
                WriteEntry(json, audit, address);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    /// <summary>What is served.</summary>
    public static IResult Capability(DateTimeOffset now) => Write(200, json => AuditCapability.Write(json, now));

    /// <summary>A problem in the form that FHIR callers read: the same name, in <c>issue.details</c>.</summary>
    public static IResult Problem(ProblemHttpResult problem) => Write(problem.StatusCode, json =>
    {
        var type = problem.ProblemDetails.Type ?? string.Empty;
        var slash = type.LastIndexOf('/');
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "OperationOutcome"u8);
        json.WriteStartArray("issue"u8);
        json.WriteStartObject();
        json.WriteString("severity"u8, "error"u8);
        json.WriteString("code"u8, problem.StatusCode switch { 400 => "invalid", 404 => "not-found", 406 or 415 => "not-supported", 413 => "too-long", _ => "transient" });
        json.WriteStartObject("details"u8);
        json.WriteStartArray("coding"u8);
        json.WriteStartObject();
        json.WriteString("system"u8, type[..slash]);
        json.WriteString("code"u8, type[(slash + 1)..]);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("text"u8, problem.ProblemDetails.Detail);
        json.WriteEndObject();
        if (problem.ProblemDetails.Extensions.TryGetValue("field", out var field) && field is string named)
        {
            json.WriteString("diagnostics"u8, named);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteEntry(Utf8JsonWriter json, AuditEvent audit, string address)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl"u8, $"{address}/{audit.Id}");
        json.WritePropertyName("resource"u8);
        AuditEventJson.Write(json, audit);
        json.WriteStartObject("search"u8);
        json.WriteString("mode"u8, "match"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation"u8, relation);
        json.WriteString("url"u8, url);
        json.WriteEndObject();
    }

    private static IResult Write(int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        return new Answer(status, body.WrittenMemory);
    }

    private sealed class Answer(int status, ReadOnlyMemory<byte> body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = Json;
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.ContentLength = body.Length;
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
