// What the FHIR doors answer with.
using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Sisote.Consent.Fhir;

/// <summary>FHIR JSON, and this room's problems as OperationOutcome, in one shape whatever was asked.</summary>
internal static class FhirAnswers
{
    private const string Json = "application/fhir+json; charset=utf-8";

    /// <summary>A resource.</summary>
    public static IResult Resource(JsonObject resource, int status = 200, params (string Name, string Value)[] headers) => Write(status, json => resource.WriteTo(json), headers);

    /// <summary>A problem in the form that FHIR callers read: the same name, in <c>issue.details</c>.</summary>
    public static IResult Problem(ProblemHttpResult problem) =>
        Outcome(problem.StatusCode, [IssueOf(problem, problem.ProblemDetails.Extensions.TryGetValue("field", out var field) ? field as string : null, expression: null)]);

    /// <summary>A problem with its place in the resource that was sent; null where it has none.</summary>
    public static IResult Problem(ProblemHttpResult problem, string? expression) => Outcome(problem.StatusCode, [IssueOf(problem, null, expression)]);

    /// <summary>A problem in several places of the resource that was sent.</summary>
    public static IResult Problem(ProblemHttpResult problem, IEnumerable<string> expressions) => Outcome(problem.StatusCode, expressions.Select(expression => IssueOf(problem, null, expression)));

    /// <summary>All that was not understood of a resource, each with its place.</summary>
    public static IResult Faults(IEnumerable<ConsentFault> faults)
    {
        var problem = Problems.ConsentNotUnderstood();
        return Outcome(problem.StatusCode, faults.Select(fault => Issue(fault.Kind, problem.ProblemDetails.Type!, fault.Text, null, fault.Path)));
    }

    /// <summary>Writes an answer as a whole.</summary>
    public static IResult Write(int status, Action<Utf8JsonWriter> write, params (string Name, string Value)[] headers)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        return new Answer(status, body.WrittenMemory, headers);
    }

    private static IResult Outcome(int status, IEnumerable<JsonObject> issues) =>
        Resource(new JsonObject { ["resourceType"] = "OperationOutcome", ["issue"] = new JsonArray([.. issues]) }, status);

    private static JsonObject IssueOf(ProblemHttpResult problem, string? field, string? expression) => Issue(
        problem.StatusCode switch { 400 => "invalid", 404 => "not-found", 406 or 415 => "not-supported", 409 => "conflict", 413 => "too-long", 422 => "business-rule", _ => "transient" },
        problem.ProblemDetails.Type ?? string.Empty,
        problem.ProblemDetails.Detail,
        field,
        expression);

    private static JsonObject Issue(string code, string type, string? text, string? diagnostics, string? expression)
    {
        var slash = type.LastIndexOf('/');
        var issue = new JsonObject
        {
            ["severity"] = "error",
            ["code"] = code,
            ["details"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = type[..slash], ["code"] = type[(slash + 1)..] }), ["text"] = text },
        };
        if (diagnostics is not null)
        {
            issue["diagnostics"] = diagnostics;
        }

        if (expression is not null)
        {
            issue["expression"] = new JsonArray(expression);
        }

        return issue;
    }

    private sealed class Answer(int status, ReadOnlyMemory<byte> body, (string Name, string Value)[] headers) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = Json;
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.ContentLength = body.Length;
            foreach (var (name, value) in headers)
            {
                httpContext.Response.Headers[name] = value;
            }

            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
