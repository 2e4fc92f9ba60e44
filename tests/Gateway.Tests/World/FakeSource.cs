// A source's FHIR facade as the gateway sees it.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sisote.Tests.Gateway.World;

/// <summary>A request as it reached the source.</summary>
public sealed record SeenRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Serves resources by type and client; a test can put any other behaviour in its place.</summary>
public sealed class FakeSource : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, string> steps = [];

    private FakeSource()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public Uri Address => new(app.Urls.First() + "/");

    public List<SeenRequest> Seen { get; } = [];

    /// <summary>What came that was meant to change something.</summary>
    public IEnumerable<SeenRequest> Changes => Seen.Where(static request => request.Method != "GET" && !request.Target.EndsWith("_search", StringComparison.Ordinal));

    public List<JsonObject> Resources { get; } = [];

    /// <summary>Answers instead of the ordinary way.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>Happens once, when the source has taken the next change: it can die before its answer is out.</summary>
    public Func<HttpContext, Task>? AfterNextChange { get; set; }

    public static async Task<FakeSource> StartAsync()
    {
        var source = new FakeSource();
        await source.app.StartAsync();
        return source;
    }

    /// <summary>The body of a request that <see cref="Instead"/> answers.</summary>
    public static string BodyOf(HttpContext context) => (string)context.Items[typeof(FakeSource)]!;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        context.Items[typeof(FakeSource)] = body;
        lock (Seen)
        {
            Seen.Add(new SeenRequest(context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString()), body));
        }

        if (AfterNextChange is { } after && context.Request.Method is "PATCH" or "POST" && !context.Request.Path.Value!.EndsWith("_search", StringComparison.Ordinal))
        {
            AfterNextChange = null;
            await AnswerAsync(context, context.Request.Path.Value!.Trim('/').Split('/'), body);
            await after(context);
            return;
        }

        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        await AnswerAsync(context, context.Request.Path.Value!.Trim('/').Split('/'), body);
    }

    /// <summary>The ordinary answer to a read.</summary>
    public Task ServeAsync(HttpContext context) => AnswerAsync(context, context.Request.Path.Value!.Trim('/').Split('/'), string.Empty);

    private async Task AnswerAsync(HttpContext context, string[] parts, string body)
    {
        context.Response.Headers["X-Upstream"] = "upstream-header-marker";
        context.Response.Headers.ETag = "W/\"upstream-etag-marker\"";
        context.Response.ContentType = "application/fhir+json";
        switch (context.Request.Method, parts)
        {
            case ("POST", [_, var type, "_search"]):
                await context.Response.WriteAsync(Bundle(Find(type, body)).ToJsonString());
                break;
            case ("GET", [_, var type, var id]) when Resources.FirstOrDefault(resource => (string?)resource["resourceType"] == type && (string?)resource["id"] == id) is { } found:
                await context.Response.WriteAsync(found.ToJsonString());
                break;
            case ("PATCH", [_, "Task", var id]):
                Step(context, Resources.First(resource => (string?)resource["id"] == id), JsonNode.Parse(body)!);
                break;
            case ("POST", [_, var type]):
                context.Response.StatusCode = 201;
                context.Response.Headers.Location = $"{Address}{type}/new-1";
                break;
            case ("POST", [_]):
                var sent = JsonNode.Parse(body)!["entry"]!.AsArray();
                await context.Response.WriteAsync(new JsonObject
                {
                    ["resourceType"] = "Bundle",
                    ["type"] = "transaction-response",
                    ["entry"] = new JsonArray([.. sent.Select(static (entry, place) => new JsonObject { ["response"] = new JsonObject { ["status"] = "201", ["location"] = $"{entry!["resource"]!["resourceType"]}/new-{place}" } })]),
                }.ToJsonString());
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    /// <summary>Takes a step from the version it names, or says again what it said to the same key.</summary>
    private void Step(HttpContext context, JsonObject task, JsonNode step)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (!steps.TryGetValue(key, out var version))
        {
            if (context.Request.Headers.IfMatch != $"W/\"{task["meta"]!["versionId"]}\"")
            {
                context.Response.StatusCode = 412;
                return;
            }

            version = $"v{steps.Count + 2}";
            steps[key] = version;
            task["meta"]!["versionId"] = version;
            foreach (var name in new[] { "status", "statusReason", "output" }.Where(name => step[name] is not null))
            {
                task[name] = step[name]!.DeepClone();
            }
        }

        context.Response.Headers.ETag = $"W/\"{version}\"";
    }

    private IEnumerable<JsonObject> Find(string type, string body)
    {
        var form = Uri.UnescapeDataString(body);
        var hetu = form.Split('&').FirstOrDefault(static pair => pair.StartsWith("identifier=", StringComparison.Ordinal) || pair.StartsWith("patient:identifier=", StringComparison.Ordinal))?.Split('|')[1];
        return Resources.Where(resource => (string?)resource["resourceType"] == type && (hetu is null || HetuOf(resource) == hetu));
    }

    private static string? HetuOf(JsonObject resource) =>
        (string?)(resource["resourceType"]!.ToString() == "Patient" ? resource["identifier"]![0]!["value"] : (resource["subject"] ?? resource["for"])!["identifier"]!["value"]);

    private JsonObject Bundle(IEnumerable<JsonObject> resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["id"] = "upstream-bundle-marker",
        ["type"] = "searchset",
        ["total"] = 4711,
        ["link"] = new JsonArray(new JsonObject { ["relation"] = "self", ["url"] = $"{Address}upstream-link-marker" }),
        ["entry"] = new JsonArray([.. resources.Select(resource => new JsonObject { ["fullUrl"] = $"{Address}{resource["resourceType"]}/{resource["id"]}", ["resource"] = resource.DeepClone(), ["search"] = new JsonObject { ["mode"] = "match", ["score"] = 0.5 } })]),
    };
}
