// A product that takes feedback over HTTP and recognises nothing, with the adapters' room in front of it.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sisote.Adapters;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Outbox;

/// <summary>The product; who its clients are is the test's.</summary>
internal sealed class FeedbackProduct : IAsyncDisposable
{
    private const string Mapping = """
        format: json
        records:
          asiakas:
            client: {code: hetu, id: numero}
            resources:
              - type: Patient
                elements:
                  name.family: {from: suku, required: true}
                  name.given: {from: etu, form: words, required: true}
            read: {lookup: haku, lookupField: hetu, one: "asiakkaat/{id}", all: asiakkaat}
          palaute:
            client: {code: hetu, id: asiakas}
            resources:
              - type: Communication
                required: true
                elements:
                  id: {from: tunnus}
                  status: {constant: completed}
                  category: {constant: "https://sisote.example/fhir/CodeSystem/category|service-feedback"}
                  payload:
                    - elements:
                        contentString: {from: teksti, required: true}
            create: {post: palautteet, keyField: viite, readBack: "palautteet?viite={key}", ids: {Communication: tunnus}}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("sisote-feedback-").FullName;
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<JsonObject>> byKey = [];
    private readonly List<(string Client, string Text)> taken = [];
    private readonly WebApplication app;

    private FeedbackProduct(IReadOnlyList<string> clients, Func<string, bool> refuses)
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/haku", async (HttpRequest call) =>
        {
            var wanted = (string)(await JsonNode.ParseAsync(call.Body))!["hetu"]!;
            return Json(clients.Index().FirstOrDefault(one => one.Item == wanted) is { Item: not null, Index: var place } ? new JsonObject { ["numero"] = $"a-{place}", ["hetu"] = wanted, ["suku"] = "Suku", ["etu"] = "Etu" } : new JsonArray());
        });
        app.MapGet("/palautteet", (string viite) =>
        {
            lock (gate)
            {
                return Json(new JsonArray([.. byKey.GetValueOrDefault(viite, []).Select(static one => one.DeepClone())]));
            }
        });
        app.MapPost("/palautteet", async (HttpRequest call) => TakeIn((await JsonNode.ParseAsync(call.Body))!.AsObject(), refuses));
    }

    /// <summary>Where it listens.</summary>
    public int Port => new Uri(app.Urls.First()).Port;

    /// <summary>What it took in, in its order.</summary>
    public List<(string Client, string Text)> Taken
    {
        get
        {
            lock (gate)
            {
                return [.. taken];
            }
        }
    }

    public static async Task<FeedbackProduct> StartAsync(IReadOnlyList<string> clients, Func<string, bool> refuses)
    {
        var product = new FeedbackProduct(clients, refuses);
        await product.app.StartAsync();
        return product;
    }

    /// <summary>Opens the adapters' room that finds the product at the end of a line; the test's to dispose of.</summary>
    public async Task<WebApplication> OpenAdaptersAsync(Uri issuer, int port, FaultyLine line)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "palaute.yaml"), Mapping);
        await File.WriteAllTextAsync(Path.Combine(folder, "key"), "k");
        SystemKey.Ensure(Path.Combine(folder, "keys"), InnerSystems.Adapters.Value);
        var nobody = new Uri("http://127.0.0.1:1/");
        var record = Some.Deployment.Systems[0];
        var settings = new RoomSettings
        {
            Issuer = issuer,
            Gateway = nobody,
            Portal = nobody,
            Consent = nobody,
            Adapters = nobody,
            DataDirectory = folder,
            KeyDirectory = Path.Combine(folder, "keys"),
            Catalogue = GatewayWorld.Catalogue,
            Deployment = new Deployment
            {
                Organisations = [],
                Systems =
                [
                    record with
                    {
                        Adapter = new AdapterEntry
                        {
                            Kind = "rest",
                            Settings = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("address", $"http://127.0.0.1:{line.Port}"), KeyValuePair.Create("mapping", "palaute.yaml"), KeyValuePair.Create("apiKeyFile", "key"), KeyValuePair.Create("timeoutSeconds", "1")]),
                        },
                    },
                ],
            },
        };
        var builder = RoomApplication.CreateBuilder("adapters", settings, new ConfigurationBuilder().AddInMemoryCollection().Build(), $"http://127.0.0.1:{port}");
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.AddAdapters(settings);
        var room = builder.Build();
        room.UseRoomDefaults();
        room.MapAdapters();
        await room.StartAsync();
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private IResult TakeIn(JsonObject feedback, Func<string, bool> refuses)
    {
        var text = (string)feedback["teksti"]!;
        if (refuses(text))
        {
            return Results.StatusCode(422);
        }

        lock (gate)
        {
            feedback["tunnus"] = $"p-{taken.Count + 1}";
            taken.Add(((string)feedback["hetu"]!, text));
            var key = (string)feedback["viite"]!;
            (byKey.TryGetValue(key, out var known) ? known : byKey[key] = []).Add(feedback);
            return Json(feedback.DeepClone());
        }
    }

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");
}
