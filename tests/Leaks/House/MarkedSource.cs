// A source whose every answer is full of marks: in resources, in the envelope, in headers.
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.Marked;

namespace Sisote.Tests.Leaks.House;

/// <summary>Serves the marked resources of one client, and nothing of anybody else; adds to the answer whatever a server could add.</summary>
internal sealed class MarkedSource(FakeSource source)
{
    /// <summary>Stands in every word of the envelope and of the headers.</summary>
    internal const string Envelope = "upmark";

    /// <summary>A host that only the source knows.</summary>
    internal const string Canary = "canary-upmark.internal.example";

    /// <summary>A count that only the source knows.</summary>
    internal const string Number = "404047114";

    private static readonly ConcurrentDictionary<string, string> Bundles = new(StringComparer.Ordinal);

    private static readonly (string Name, string Value)[] Headers =
    [
        ("ETag", "W/\"upmark-etag\""), ("Last-Modified", "Tue, 01 Dec 1999 00:00:00 GMT"), ("Content-Location", $"http://{Canary}/x"), ("Location", $"http://{Canary}/x"), ("Server", "upmark-server"),
        ("Via", "1.1 upmark-via"), ("X-Request-Id", "upmark-request-id"), ("X-Correlation-Id", "upmark-correlation"), ("Set-Cookie", "upmark-cookie=1"), ("Warning", "199 upmark \"upmark-warning\""),
        ("Server-Timing", "upmark;dur=12"), ("traceresponse", "00-upmark-01"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("X-Powered-By", "upmark"), ("Link", $"<http://{Canary}/next>; rel=next"),
        ("Age", Number), ("Content-Disposition", "attachment; filename=upmark"), ("Content-Language", "x-upmark"), ("X-Total-Count", Number), ("Sisote-Receipt", "upmark-receipt"), ("Cache-Control", "public, max-age=404047114"), ("Expires", "Tue, 01 Dec 1999 00:00:00 GMT"),
        ("Vary", "upmark"), ("X-Progress", "upmark"), ("X-Trace", "upmark"),
    ];

    /// <summary>Whose resources it holds.</summary>
    internal string? Client { get; set; }

    /// <summary>Whether it holds nothing.</summary>
    internal bool IsEmpty { get; set; }

    /// <summary>Whether a search gives a few of the resources of a type only, of all kinds: enough where not their content is looked at.</summary>
    internal bool IsShort { get; set; }

    /// <summary>The one resource that it holds, where it is to hold one only.</summary>
    internal MarkedResource? Only { get; set; }

    internal void Open() => source.Instead = AnswerAsync;

    /// <summary>Puts marks into the headers of an answer.</summary>
    internal static void MarkHeaders(HttpResponse response)
    {
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }
    }

    /// <summary>The Bundle of a search, with the marked resources of a type.</summary>
    internal static string Bundle(string type, string hetu, bool isShort = false) =>
        Bundles.GetOrAdd($"{type} {isShort}", _ => Wrap(string.Join(',', Held(type, isShort).Select(Entry)), type)).Replace(MarkedResource.Client, hetu, StringComparison.Ordinal);

    /// <summary>What it has of a type.</summary>
    internal IEnumerable<MarkedResource> Held(string type) => Held(type, IsShort);

    /// <summary>All, or the first that carries each item and the first of each way to be withheld.</summary>
    private static IEnumerable<MarkedResource> Held(string type, bool isShort)
    {
        var all = MarkedSet.Of(type);
        return isShort ? all.Where((resource, place) => resource.Why is null && (place == 0 || all[place - 1].Why is not null)).Concat(all.Where(static resource => resource.Why is not null).DistinctBy(static resource => resource.Why)) : all;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        MarkHeaders(context.Response);
        context.Response.ContentType = "application/fhir+json";
        SeenRequest seen;
        lock (source.Seen)
        {
            seen = source.Seen[^1];
        }

        var parts = context.Request.Path.Value!.Trim('/').Split('/');
        var holds = !IsEmpty && Client is { } hetu && (parts[^1] != "_search" || Uri.UnescapeDataString(seen.Body).Contains(hetu, StringComparison.Ordinal));
        switch (context.Request.Method, parts)
        {
            case ("POST", [_, var type, "_search"]):
                await context.Response.WriteAsync(!holds ? Wrap(string.Empty, type) : Only is { } only && only.Type == type ? Wrap(Entry(only), type).Replace(MarkedResource.Client, Client, StringComparison.Ordinal) : Bundle(type, Client!, IsShort));
                break;
            case ("GET", [_, var type, var id]) when holds && MarkedSet.Of(type).FirstOrDefault(resource => resource.Id == id) is { } found:
                await context.Response.WriteAsync(found.About(Client!));
                break;
            case ("POST", [_, var type]):
                context.Response.StatusCode = 201;
                context.Response.Headers.Location = $"http://{Canary}/{type}/new-1/_history/upmark";
                await context.Response.WriteAsync($$"""{"resourceType":"{{type}}","id":"new-1","note":[{"text":"upmark"}]}""");
                break;
            default:
                context.Response.StatusCode = 404;
                await context.Response.WriteAsync("""{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found","diagnostics":"upmark"}]}""");
                break;
        }
    }

    private static string Entry(MarkedResource resource) =>
        $$"""{"fullUrl":"http://{{Canary}}/{{resource.Type}}/{{resource.Id}}","link":[{"relation":"self","url":"http://{{Canary}}"}],"resource":{{resource.Text}},"search":{"mode":"match","score":0.{{Number}}},"response":{"status":"200","etag":"upmark","lastModified":"1999-12-01T00:00:00Z"} }""";

    /// <summary>With what else a server puts beside its matches: included resources, outcomes, totals, links.</summary>
    private static string Wrap(string entries, string type)
    {
        var more = new StringBuilder();
        if (entries.Length > 0)
        {
            more.Append(entries).Append(',');
            foreach (var included in new[] { Included(type), Included("Practitioner") })
            {
                more.Append(included).Append(',');
            }
        }

        return $$"""
            {"resourceType":"Bundle","id":"upmark-bundle","meta":{"lastUpdated":"1999-12-01T00:00:00Z","source":"urn:upmark"},"identifier":{"value":"upmark"},"type":"searchset","timestamp":"1999-12-01T00:00:00Z","total":{{Number}},
             "link":[{"relation":"self","url":"http://{{Canary}}/fhir?_security=upmark"},{"relation":"next","url":"http://{{Canary}}/fhir?_getpages=upmark"}],
             "entry":[{{more}}{"fullUrl":"urn:upmark","resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"suppressed","diagnostics":"upmark"}]},"search":{"mode":"outcome"} }],"signature":{"data":"upmark00"} }
            """;
    }

    /// <summary>A resource that came as an include: of the client and with all codings right, but nobody asked for it.</summary>
    private static string Included(string type)
    {
        var text = MarkedSet.Types.Contains(type) ? MarkedSet.Of(type)[0].Text.Replace($"\"id\":\"{MarkedSet.Of(type)[0].Id}\"", "\"id\":\"upmark-include\"", StringComparison.Ordinal) : """{"resourceType":"Practitioner","id":"upmark","name":[{"text":"upmark"}]}""";
        return $$"""{"resource":{{text}},"search":{"mode":"include"} }""";
    }
}
