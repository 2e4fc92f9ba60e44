// The record's addresses.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Simulators.Fhir;

/// <summary>Search by form with pages, read, conditional create, update by version, transaction; and the SMART door.</summary>
internal static class FhirApi
{
    private const int LargestPage = 50;
    private const string FhirType = "application/fhir+json; charset=utf-8";

    /// <summary>Maps the addresses.</summary>
    public static void Map(WebApplication app, FhirStore store, FhirDoor door)
    {
        var pages = new ConcurrentDictionary<string, ImmutableArray<JsonObject>>();
        app.MapGet("/fhir/.well-known/smart-configuration", FhirDoor.Describe);
        app.MapPost("/token", door.GiveTokenAsync).DisableAntiforgery();
        var fhir = app.MapGroup("/fhir").AddEndpointFilter((call, next) => door.Opens(call.HttpContext.Request) ? next(call) : ValueTask.FromResult<object?>(Fault(401, "login")));
        fhir.MapPost("/{type}/_search", async (string type, HttpRequest request) => await SearchAsync(type, request, store, pages)).DisableAntiforgery();
        fhir.MapGet("/", (string pageOf, int offset, HttpRequest request) => pages.TryGetValue(pageOf, out var found) ? Page(found, pageOf, offset, LargestPage, request) : Fault(410, "expired"));
        fhir.MapGet("/{type}/{id}", (string type, string id, HttpResponse response) => store.Find(type, id) is { } found ? One(200, found, response) : Fault(404, "not-found"));
        fhir.MapPost("/{type}", async (string type, HttpRequest request) => await CreateAsync(type, request, store));
        fhir.MapPut("/{type}/{id}", async (string type, string id, HttpRequest request) => await UpdateAsync(type, id, request, store));
        fhir.MapPost("/", async (HttpRequest request) => await TransactAsync(request, store));
    }

    private static async Task<IResult> SearchAsync(string type, HttpRequest request, FhirStore store, ConcurrentDictionary<string, ImmutableArray<JsonObject>> pages)
    {
        var form = await request.ReadFormAsync();
        if (FhirSearch.Read(form.Select(static field => KeyValuePair.Create(field.Key, field.Value.ToString()))) is not { } search)
        {
            return Fault(400, "not-supported");
        }

        var (found, name) = (store.Search(type, search), Guid.CreateVersion7().ToString("N"));
        pages[name] = found;
        return Page(found, name, 0, int.TryParse(form["_count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Min(count, LargestPage) : LargestPage, request);
    }

    private static IResult Page(ImmutableArray<JsonObject> found, string name, int offset, int size, HttpRequest request)
    {
        var links = new JsonArray();
        if (offset + size < found.Length)
        {
            links.Add(new JsonObject { ["relation"] = "next", ["url"] = $"http://{request.Host}/fhir?pageOf={name}&offset={offset + size}" });
        }

        return Json(200, new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["total"] = found.Length,
            ["link"] = links,
            ["entry"] = new JsonArray([.. found.Skip(offset).Take(size).Select(resource => new JsonObject
            {
                ["fullUrl"] = $"http://{request.Host}/fhir/{(string?)resource["resourceType"]}/{(string?)resource["id"]}",
                ["resource"] = resource.DeepClone(),
                ["search"] = new JsonObject { ["mode"] = "match" },
            })]),
        });
    }

    private static async Task<IResult> CreateAsync(string type, HttpRequest request, FhirStore store)
    {
        if (await ReadAsync(request) is not { } resource || (string?)resource["resourceType"] != type || !TryReadCondition(request.Headers["If-None-Exist"], out var condition))
        {
            return Fault(400, "invalid");
        }

        var made = store.Create([(null, resource, condition)])[0];
        return made.Resource is { } kept ? One(made.Status, kept, request.HttpContext.Response) : Fault(made.Status, "multiple-matches");
    }

    private static async Task<IResult> UpdateAsync(string type, string id, HttpRequest request, FhirStore store)
    {
        if (await ReadAsync(request) is not { } resource)
        {
            return Fault(400, "invalid");
        }

        var made = store.Update(type, id, resource, request.Headers.IfMatch is [{ } tag] ? tag.Replace("W/", string.Empty, StringComparison.Ordinal).Trim('"') : null);
        return made.Resource is { } kept ? One(made.Status, kept, request.HttpContext.Response) : Fault(made.Status, "conflict");
    }

    private static async Task<IResult> TransactAsync(HttpRequest request, FhirStore store)
    {
        var bundle = await ReadAsync(request);
        var entries = new List<(string? FullUrl, JsonObject Resource, FhirSearch? Condition)>();
        foreach (var entry in bundle?["entry"] as JsonArray ?? [])
        {
            if (entry?["resource"] is not JsonObject resource || (string?)entry["request"]?["method"] != "POST" || !TryReadCondition((string?)entry["request"]?["ifNoneExist"], out var condition))
            {
                return Fault(400, "invalid");
            }

            entries.Add(((string?)entry["fullUrl"], resource, condition));
        }

        var made = (string?)bundle?["type"] == "transaction" ? store.Create(entries) : [];
        return made.Length != entries.Count || made.Any(static one => one.Resource is null) ? Fault(412, "multiple-matches") : Json(200, new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "transaction-response",
            ["entry"] = new JsonArray([.. made.Select(static one => new JsonObject { ["response"] = new JsonObject { ["status"] = one.Status == 201 ? "201 Created" : "200 OK", ["location"] = PlaceOf(one.Resource!) } })]),
        });
    }

    private static bool TryReadCondition(string? text, out FhirSearch? condition)
    {
        condition = string.IsNullOrEmpty(text) ? null : FhirSearch.Read(text.Split('&').Select(static pair => pair.Split('=')).Select(static pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[^1]))));
        return string.IsNullOrEmpty(text) || condition is not null;
    }

    private static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string PlaceOf(JsonObject resource) => $"{(string?)resource["resourceType"]}/{(string?)resource["id"]}/_history/{(string?)resource["meta"]!["versionId"]}";

    private static IResult One(int status, JsonObject resource, HttpResponse response)
    {
        response.Headers.ETag = $"W/\"{(string?)resource["meta"]!["versionId"]}\"";
        if (status == 201 || response.HttpContext.Request.Method == "POST")
        {
            response.Headers.Location = $"http://{response.HttpContext.Request.Host}/fhir/{PlaceOf(resource)}";
        }

        return Json(status, resource);
    }

    private static IResult Fault(int status, string code) => Json(status, new JsonObject
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray(new JsonObject { ["severity"] = "error", ["code"] = code }),
    });

    private static IResult Json(int status, JsonObject body) => Results.Text(body.ToJsonString(), FhirType, statusCode: status);
}
