// The gateway as the portal meets it: FHIR JSON over HTTP, with switches for what can go wrong.
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sisote.Doors.Contexts;

namespace Sisote.Tests.Portal;

internal sealed class FakeGateway : IAsyncDisposable
{
    private const string Category = "https://sisote.example/fhir/CodeSystem/category";
    private readonly WebApplication app;
    private readonly FakeAuthority authority;

    private FakeGateway(FakeAuthority authority)
    {
        this.authority = authority;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/fhir/kuopio-liikunta/ServiceRequest", (HttpRequest request) => Answer(request, Bundle(Referral("ref-1", "h-aino"), Referral("ref-2", "h-onni"))));
        app.MapGet("/fhir/{system}/Patient/{handle}", (HttpRequest request, string system, string handle) =>
            RegisterDown && system == "kuopio-liikunta" ? Results.StatusCode(503) : Answer(request, Closed && system == "pohjois-savo-record" ? null : Patient(handle)));
        app.MapPost("/fhir/kuopio-liikunta/Flag/_search", (HttpRequest request) => Answer(request, Bundle()));
        app.MapPost("/access/v1/evaluations", HandOverAsync);
        app.MapPost("/fhir/pohjois-savo-record/{type}/_search", (HttpRequest request, string type) => RecordDown ? Results.StatusCode(503) : Answer(request, Closed ? Bundle() : Paged(request, type, Bundle(Found(type)))));
        app.MapGet("/fhir/pohjois-savo-record/Goal", (HttpRequest request) => request.Query["_page"] == "second" && !SecondPageGone ? Answer(request, Bundle(LaterGoal())) : Results.Json(Outcome("page-ended"), statusCode: 410));
        app.MapPost("/fhir/pohjois-savo-record/{type?}", WriteAsync);
        Network = new FakeNetwork(authority);
        Network.Map(app);
        app.MapGet("/outbox/{id}", (HttpRequest request, string id) => Standing(request, id));
        app.MapDelete("/outbox/{id}", (HttpRequest request, string id) =>
        {
            WaitingState = WaitingState == "waiting" ? "cancelled" : WaitingState;
            return Standing(request, id);
        });
    }

    internal Uri Address => new(app.Urls.First() + "/");

    /// <summary>Directory and offers.</summary>
    internal FakeNetwork Network { get; }

    internal ConcurrentQueue<SisoteContext> Contexts { get; } = new();

    internal ConcurrentQueue<(string Key, JsonObject Body)> Written { get; } = new();

    internal bool AgreementEnded { get; set; }

    /// <summary>Questions whether items may go to somebody, as they came.</summary>
    internal ConcurrentQueue<JsonObject> HandOvers { get; } = new();

    /// <summary>Which item of which patient may go.</summary>
    internal Func<string, string, bool> Permits { get; set; } = static (_, _) => true;

    internal bool AccessDown { get; set; }

    /// <summary>Whether the own register does not tell who a client is.</summary>
    internal bool RegisterDown { get; set; }

    internal bool RecordDown { get; set; }

    /// <summary>What was sent, taken or not.</summary>
    internal ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Where the entry stands that waits; null = entries arrive at once.</summary>
    internal string? WaitingState { get; set; }

    internal bool Closed { get; set; }

    /// <summary>Whether the goals come in two pages.</summary>
    internal bool InPages { get; set; }

    /// <summary>Whether the second page has ended when it is asked for.</summary>
    internal bool SecondPageGone { get; set; }

    internal static async Task<FakeGateway> StartAsync(FakeAuthority authority)
    {
        var gateway = new FakeGateway(authority);
        await gateway.app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> WriteAsync(HttpRequest request)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(request.Body))!;
        Authorised(request);
        Asked.Enqueue(body.ToJsonString());
        if (RecordDown)
        {
            return Results.StatusCode(503);
        }

        if (AgreementEnded && body.ToJsonString().Contains("DocumentReference", StringComparison.Ordinal))
        {
            return Results.Json(Outcome("agreement-missing"), statusCode: 403);
        }

        if (WaitingState is not null)
        {
            request.HttpContext.Response.Headers["Sisote-Entry-State"] = WaitingState;
            request.HttpContext.Response.Headers.ContentLocation = "http://elsewhere.example/outbox/entry-1";
            return Results.Json(Outcome("entry-" + WaitingState), statusCode: 202);
        }

        Written.Enqueue((request.Headers["Idempotency-Key"]!, body));
        request.HttpContext.Response.Headers["Sisote-Receipt"] = "receipt-of-the-log";
        request.HttpContext.Response.Headers["X-Request-Id"] = "0197a1b2c3d47000800000000000abcd";
        request.HttpContext.Response.Headers.Location = "/fhir/pohjois-savo-record/DocumentReference/d-77";
        return Results.Json(new { resourceType = "Bundle", type = "transaction-response", entry = new[] { new { response = new { status = "201 Created", location = "DocumentReference/d-77" } } } }, statusCode: 201);
    }

    private async Task<IResult> HandOverAsync(HttpRequest request)
    {
        var token = authority.Validate(request.Headers.Authorization);
        Assert.Equal("kuopio-portal", token.Subject);
        Assert.Equal("voluntary-hobby", token.GetPayloadValue<JsonElement>("extensions").GetProperty("hl7-b2b").GetProperty("purpose_of_use")[0].GetString());
        if (AccessDown)
        {
            return Results.StatusCode(503);
        }

        var body = (JsonObject)(await JsonNode.ParseAsync(request.Body))!;
        HandOvers.Enqueue(body);
        return Results.Json(new
        {
            evaluations = body["evaluations"]!.AsArray().Select(one => one!["resource"]!).Select(resource => Permits(resource["type"]!.ToString(), resource["id"]!.ToString())
                ? new { decision = true, context = new { id = "0197a1b2", receipt = $"receipt-of-{resource["type"]}" } }
                : (object)new { decision = false, context = new { id = "0197a1b2" } }),
        });
    }

    private IResult Standing(HttpRequest request, string id)
    {
        authority.Validate(request.Headers.Authorization);
        Assert.Equal("entry-1", id);
        request.HttpContext.Response.Headers["Sisote-Entry-State"] = WaitingState;
        if (WaitingState == "delivered")
        {
            request.HttpContext.Response.Headers.Location = "/fhir/pohjois-savo-record/DocumentReference/d-78";
        }

        return Results.Json(Outcome("entry-" + WaitingState), statusCode: WaitingState switch { "delivered" => 200, "refused" => 403, "expired" => 410, _ => 202 });
    }

    private IResult Answer(HttpRequest request, JsonNode? body)
    {
        Authorised(request);
        if (body is null)
        {
            return Results.Json(Outcome("not-found"), statusCode: 404);
        }

        request.HttpContext.Response.Headers["Sisote-Receipt"] = "receipt-of-the-log";
        return Results.Text(body.ToJsonString(), "application/fhir+json");
    }

    private void Authorised(HttpRequest request)
    {
        var token = authority.Validate(request.Headers.Authorization);
        Assert.Equal("kuopio-portal", token.Subject);
        Assert.Equal("exercise-counselling", token.GetPayloadValue<JsonElement>("extensions").GetProperty("hl7-b2b").GetProperty("purpose_of_use")[0].GetString());
        Contexts.Enqueue(Assert.IsType<ContextReading.Read>(SisoteContext.Read(request.Headers[SisoteContext.Header])).Context);
    }

    private static JsonObject Bundle(params JsonObject?[] resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["entry"] = new JsonArray([.. resources.Where(static resource => resource is not null).Select(static resource => new JsonObject { ["resource"] = resource })]),
    };

    private JsonObject Paged(HttpRequest request, string type, JsonObject bundle)
    {
        if (InPages && type == "Goal")
        {
            bundle["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = $"http://elsewhere.example{request.Path.Value!.Replace("/_search", "?_page=second", StringComparison.Ordinal)}" });
        }

        return bundle;
    }

    private static JsonObject Outcome(string slug) => (JsonObject)JsonNode.Parse($$$"""
        {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden","details":{"coding":[{"system":"https://sisote.fi/problems","code":"{{{slug}}}"}]}}]}
        """)!;

    private static JsonObject Referral(string id, string patient) => (JsonObject)JsonNode.Parse($$$"""
        {"resourceType":"ServiceRequest","id":"{{{id}}}","status":"active","intent":"order","category":[{"coding":[{"system":"{{{Category}}}","code":"exercise-referral"}]}],
         "subject":{"reference":"Patient/{{{patient}}}"},"authoredOn":"2026-11-20"}
        """)!;

    private static JsonObject Patient(string handle) => (JsonObject)JsonNode.Parse(handle == "h-aino"
        ? """
            {"resourceType":"Patient","id":"h-aino","identifier":[{"system":"urn:pseudonym","value":"of-kuopio-only"}],"name":[{"use":"official","family":"Aaltonen","given":["Aino"]}],"birthDate":"1985-03-12","gender":"female",
             "telecom":[{"system":"phone","value":"+358 50 000 0001"},{"system":"email","value":"aino@example.org"}],"address":[{"line":["Kuusitie 1"],"postalCode":"70100","city":"Kuopio"}],"communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"fi"}]}}]}
            """
        : """{"resourceType":"Patient","id":"h-onni","name":[{"use":"official","family":"Ojala","given":["Onni"]}],"birthDate":"1990-07-23","gender":"male","telecom":[{"system":"phone","value":"+358 50 000 0002"}]}""")!;

    private static JsonObject LaterGoal() => (JsonObject)JsonNode.Parse($$$"""
        {"resourceType":"Goal","id":"g-2","lifecycleStatus":"active","category":[{"coding":[{"system":"{{{Category}}}","code":"exercise"}]}],"description":{"text":"Uinti kerran viikossa"},
         "subject":{"reference":"Patient/h-aino"},"startDate":"2026-11-19"}
        """)!;

    private static JsonObject? Found(string type) => type switch
    {
        "Flag" => (JsonObject)JsonNode.Parse($$$"""
            {"resourceType":"Flag","id":"f-1","status":"active","category":[{"coding":[{"system":"{{{Category}}}","code":"exercise-restriction"}]}],
             "code":{"coding":[{"system":"{{{World.Catalogue.CodeLists["sisote-exercise-restriction-vs"].System}}}","code":"{{{World.Catalogue.CodeLists["sisote-exercise-restriction-vs"].Codes.Keys.First()}}}"}]},
             "subject":{"reference":"Patient/h-aino"},"period":{"start":"2026-11-01"}}
            """)!,
        "Goal" => (JsonObject)JsonNode.Parse($$$"""
            {"resourceType":"Goal","id":"g-1","lifecycleStatus":"active","category":[{"coding":[{"system":"{{{Category}}}","code":"exercise"}]}],"description":{"text":"Kävely 30 minuuttia viitenä päivänä viikossa"},
             "subject":{"reference":"Patient/h-aino"},"startDate":"2026-11-15","target":[{"detailQuantity":{"value":150,"unit":"min/vko"},"dueDate":"2027-02-28"}]}
            """)!,
        "CarePlan" => (JsonObject)JsonNode.Parse($$$"""
            {"resourceType":"CarePlan","id":"c-1","status":"active","intent":"plan","category":[{"coding":[{"system":"{{{Category}}}","code":"exercise-plan"}]}],"title":"Liikuntasuunnitelma",
             "subject":{"reference":"Patient/h-aino"},"activity":[{"detail":{"status":"in-progress","description":"Sauvakävely ryhmässä keskiviikkoisin"}},{"detail":{"status":"in-progress","description":"Tasapainoharjoitukset kotona"}}]}
            """)!,
        _ => null,
    };
}
