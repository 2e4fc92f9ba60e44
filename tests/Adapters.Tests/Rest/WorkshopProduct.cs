// A youth workshop's register with a JSON API, as a product of somebody else's.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Sisote.Tests.Adapters.Rest;

/// <summary>A real HTTP server with records; it knows nothing of FHIR. Restarted, it listens elsewhere and has what it had.</summary>
internal sealed class WorkshopProduct : IAsyncDisposable
{
    private const int LargestPage = 2;
    private WebApplication? app;

    public static string ApiKey => "workshop-key";

    public ConcurrentQueue<string> Asked { get; } = new();

    public List<JsonObject> Clients { get; } =
    [
        Parse($$"""{"numero":"a-17","hetu":"{{SectorHouse.Aino}}","nimi":{"suku":"Aaltonen","etu":"Aino Maria"},"turvakielto":false,"puhelin":"040 123 4567","sahkopostit":[],"muistiinpanot":"SALAISUUS","perhe":{} }"""),
        Parse($$"""{"numero":"a-18","hetu":"{{SectorHouse.Eino}}","nimi":{"suku":"Esimerkki","etu":"Eino"},"turvakielto":true,"puhelin":null,"sahkopostit":[],"muistiinpanot":"SALAISUUS","perhe":{} }"""),
    ];

    public List<JsonObject> Goals { get; } =
    [
        .. Enumerable.Range(1, 5).Select(static number => Parse($$"""{"tunnus":"t-{{number}}","asiakas":"a-17","tila":"kaynnissa","koodi":"KESTO","alkaa":"5.1.2026","ohjaajan_arvio":"SALAISUUS"}""")),
        Parse("""{"tunnus":"t-6","asiakas":"a-18","tila":"valmis","koodi":"VOIMA","alkaa":"6.1.2026","ohjaajan_arvio":"SALAISUUS"}"""),
    ];

    public List<JsonObject> Limits { get; } = [Parse("""{"tunnus":"r-1","asiakas":"a-17","koodi":"R1","alkaa":"1.1.2026","paattyy":null}""")];

    public List<JsonObject> Plans { get; } = [];

    /// <summary>Whether it recognises a plan by its reference or its header; otherwise it takes whatever comes.</summary>
    public bool RecognisesKeys { get; set; } = true;

    /// <summary>Whether it says no to a plan.</summary>
    public Func<JsonObject, bool> Refuses { get; set; } = static _ => false;

    /// <summary>Is told of each plan that it takes in.</summary>
    public Action<JsonObject> Took { get; set; } = static _ => { };

    /// <summary>What <c>X-Road-Client</c> said, call by call; empty where it was not there.</summary>
    public ConcurrentQueue<string> Callers { get; } = new();

    /// <summary>What security servers on the way say in the place of the product's answer: status, <c>X-Road-Error</c>, and whether the product had taken it before; then for new plans only.</summary>
    public (int Status, string Error, bool Taken)? OnTheWay { get; set; }

    public Uri Address => new(app!.Urls.First() + "/api/");

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Use(async (call, next) =>
        {
            Asked.Enqueue(call.Request.Method + " " + call.Request.Path + call.Request.QueryString);
            Callers.Enqueue(call.Request.Headers["X-Road-Client"].ToString());
            if (OnTheWay is var (status, error, taken) && (!taken || (call.Request.Method == "POST" && call.Request.Path == "/api/suunnitelmat")))
            {
                var answer = call.Response.Body;
                call.Response.Body = Stream.Null;
                await (taken ? next() : Task.CompletedTask);
                call.Response.Body = answer;
                (call.Response.StatusCode, call.Response.Headers["X-Road-Error"]) = (status, error);
                return;
            }

            if (call.Request.Path == "/token" ? call.Request.Headers.Authorization != "Basic aW50OnMlMkYx" : !LetsIn(call.Request.Headers))
            {
                call.Response.StatusCode = 401;
                return;
            }

            await next();
        });
        app.MapPost("/token", static () => Json(new JsonObject { ["access_token"] = "t0ken", ["expires_in"] = 300 }));
        var api = app.MapGroup("/api");
        api.MapPost("/asiakkaat/haku", async (HttpRequest call) =>
        {
            var wanted = (await JsonNode.ParseAsync(call.Body))!["hetu"]!.GetValue<string>();
            return Json(Page(Clients.Where(one => one["hetu"]!.GetValue<string>() == wanted)));
        });
        Map(api, "asiakkaat", "numero", Clients);
        Map(api, "tavoitteet", "tunnus", Goals);
        Map(api, "rajoitteet", "tunnus", Limits);
        api.MapGet("/suunnitelmat", (string viite) =>
        {
            lock (Plans)
            {
                return Json(new JsonArray([.. Plans.Where(plan => plan["viite"]?.GetValue<string>() == viite).Select(static plan => plan.DeepClone())]));
            }
        });
        api.MapPost("/suunnitelmat", TakeAsync);
        await app.StartAsync();
    }

    public async Task RestartAsync()
    {
        await app!.DisposeAsync();
        await StartAsync();
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool LetsIn(IHeaderDictionary headers) =>
        headers["X-Api-Key"] == ApiKey || headers.Authorization == "Basic aW50OnNhbGE=" || headers.Authorization == "Bearer t0ken";

    private static void Map(IEndpointRouteBuilder api, string name, string id, List<JsonObject> rows)
    {
        api.MapGet($"/{name}", (int sivu) => Json(Page(rows, sivu)));
        api.MapGet($"/{name}/{{one}}", (string one) => rows.Find(row => row[id]!.GetValue<string>() == one) is { } row ? Json(row.DeepClone()) : Results.NotFound());
        api.MapGet($"/asiakkaat/{{client}}/{name}", (string client, int sivu) => Json(Page(rows.Where(row => row["asiakas"]?.GetValue<string>() == client), sivu)));
    }

    private async Task<IResult> TakeAsync(HttpRequest call)
    {
        var plan = (JsonObject)(await JsonNode.ParseAsync(call.Body))!;
        lock (Plans)
        {
            var key = call.Headers["Idempotency-Key"] is [{ } header] ? header : plan["viite"]?.GetValue<string>();
            if (RecognisesKeys && Plans.Find(one => one["avain"]?.GetValue<string>() == key) is { } there)
            {
                return Json(there.DeepClone());
            }

            if (Refuses(plan))
            {
                return Results.StatusCode(422);
            }

            plan["tunnus"] = $"s-{Plans.Count + 1}";
            plan["avain"] = key;
            Plans.Add(plan);
            Took(plan);
            return Json(plan.DeepClone());
        }
    }

    private static JsonObject Page(IEnumerable<JsonObject> rows, int page = 1)
    {
        var all = rows.ToList();
        return new JsonObject { ["yhteensa"] = all.Count, ["tulokset"] = new JsonArray([.. all.Skip((page - 1) * LargestPage).Take(LargestPage).Select(static row => row.DeepClone())]) };
    }

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
