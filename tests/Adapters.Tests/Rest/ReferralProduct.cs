// A counselling product with a JSON API of its own, as a product of somebody else's.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sisote.Tests.Adapters.Rest;

/// <summary>Has one referral of Aino's and one of Eino's, and moves them on: a step it took it knows by its key, and a step from another version it does not take.</summary>
internal sealed class ReferralProduct : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonNode> taken = [];
    private WebApplication? app;

    public List<JsonObject> Referrals { get; } = [Referral("l-1", "a-17"), Referral("l-2", "a-18")];

    /// <summary>The steps that came, each as it was sent, with the header of its version.</summary>
    public ConcurrentQueue<(JsonObject Step, string Version)> Steps { get; } = new();

    /// <summary>What it answers to a step in the place of its record; null = the record.</summary>
    public Func<JsonObject, JsonNode>? Says { get; set; }

    public Uri Address => new(app!.Urls.First() + "/api/");

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        var api = app.MapGroup("/api");
        api.MapPost("/asiakkaat/haku", static async (HttpRequest call) =>
        {
            var wanted = (string?)(await JsonNode.ParseAsync(call.Body))!["hetu"];
            return Rows(Clients().Where(one => (string?)one["hetu"] == wanted));
        });
        api.MapGet("/asiakkaat/{one}", static (string one) => Clients().Find(client => (string?)client["numero"] == one) is { } client ? Json(client) : Results.NotFound());
        api.MapGet("/asiakkaat/{client}/lahetteet", (string client) => Rows(Referrals.Where(row => (string?)row["asiakas"] == client)));
        api.MapGet("/lahetteet", () => Rows(Referrals));
        api.MapGet("/lahetteet/{one}", (string one) => Referrals.Find(row => (string?)row["tunnus"] == one) is { } row ? Json(row.DeepClone()) : Results.NotFound());
        api.MapPost("/lahetteet", async (HttpRequest call) =>
        {
            var sent = (JsonObject)(await JsonNode.ParseAsync(call.Body))!;
            var row = Referral($"l-{Referrals.Count + 1}", (string)sent["asiakas"]!);
            (row["viite"], row["kirjattu"], row["ohje"]) = ((string?)sent["viite"], (string?)sent["kirjattu"], (string?)sent["ohje"]);
            Referrals.Add(row);
            return Json(row.DeepClone());
        });
        api.MapPost("/lahetteet/{one}/kasittely", async (string one, HttpRequest call) =>
        {
            var step = (JsonObject)(await JsonNode.ParseAsync(call.Body))!;
            Steps.Enqueue((step, call.Headers.IfMatch.ToString()));
            lock (gate)
            {
                return Take(Referrals.Find(row => (string?)row["tunnus"] == one), step, call.Headers);
            }
        });
        await app.StartAsync();
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IResult Take(JsonObject? row, JsonObject step, IHeaderDictionary headers)
    {
        var key = (string?)step["tunniste"] ?? headers["Idempotency-Key"].ToString();
        if (row is null)
        {
            return Results.NotFound();
        }

        if (taken.TryGetValue(key, out var before))
        {
            return Json(before.DeepClone());
        }

        if ((step["versio"]?.ToJsonString() ?? headers.IfMatch.ToString().Trim('"')) != row["versio"]!.ToJsonString())
        {
            return Results.StatusCode(412);
        }

        (row["tila"], row["versio"], row["syy"], row["palaute"]) = ((string)step["tila"]!, (int)row["versio"]! + 1, (string?)step["syy"], (string?)step["palaute"]);
        taken[key] = Says?.Invoke(row) ?? row.DeepClone();
        return Json(taken[key].DeepClone());
    }

    private static JsonObject Referral(string id, string client) =>
        JsonNode.Parse($$"""{"tunnus":"{{id}}","asiakas":"{{client}}","viite":"key-{{id}}","tila":"saapunut","syy":null,"palaute":null,"versio":1,"kirjattu":"2026-11-20T10:00:00+02:00","kasittelija":"SALAISUUS"}""")!.AsObject();

    private static List<JsonObject> Clients() =>
    [
        JsonNode.Parse($$"""{"numero":"a-17","hetu":"{{SectorHouse.Aino}}","suku":"Aaltonen","etu":"Aino"}""")!.AsObject(),
        JsonNode.Parse($$"""{"numero":"a-18","hetu":"{{SectorHouse.Eino}}","suku":"Esimerkki","etu":"Eino"}""")!.AsObject(),
    ];

    private static IResult Rows(IEnumerable<JsonObject> rows) => Json(new JsonObject { ["tulokset"] = new JsonArray([.. rows.Select(static row => row.DeepClone())]) });

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");
}
