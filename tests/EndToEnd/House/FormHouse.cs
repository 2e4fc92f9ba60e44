// A consent room and a gateway of the real program on a clock of the test's, with three organisations in every sector.
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sisote.Consent;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Gateway;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Opens both rooms and speaks to them in HTTP alone. Who is connected stands in the deployment; everything else is said at doors.</summary>
public sealed class FormHouse : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-forms-").FullName;
    private readonly HttpClient http = new(new SocketsHttpHandler());
    private readonly Dictionary<SystemId, List<RegisteredRelationship>> registers = [];
    private TestIssuer? issuer;
    private WebApplication? consent;
    private WebApplication? gateway;
    private WebApplication? facade;
    private int people;

    internal FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        SystemKey.Ensure(folder, InnerSystems.Gateway.Value);
        facade = await OpenFacadeAsync();
        consent = await OpenAsync("consent", new Uri("http://consent.test/"), static (builder, settings) => builder.AddConsent(settings), static room => room.MapConsent());
        gateway = await OpenAsync("gateway", new Uri(consent.Urls.First()), static (builder, settings) => builder.AddGateway(settings), static room => room.MapGateway());
        var contract = FormFlow.All.Single(static flow => flow.Form == "TE-WRITTEN");
        await SayAsync("agreements", Inner(InnerSystems.Operator), new Agreement
        {
            Id = "contract",
            Kind = "service-contract",
            Parties = [contract.From.Organisation, contract.To.Organisation],
            Flows = [contract.Rule.Id],
            From = Clock.GetUtcNow().AddDays(-1),
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await gateway!.DisposeAsync();
        await consent!.DisposeAsync();
        await facade!.DisposeAsync();
        await issuer!.DisposeAsync();
        http.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A young adult nobody has heard of, with what the flow's rule asks for beside a consent; the identifier of the case between both ends.</summary>
    internal async Task<(string Who, string Case)> SomebodyAsync(FormFlow flow)
    {
        var number = Interlocked.Increment(ref people);
        var digits = string.Create(CultureInfo.InvariantCulture, $"{(number % 28) + 1:00}{(number / 28) + 1:00}{(Clock.GetUtcNow().Year - 22) % 100:00}9{number % 100:00}");
        var who = $"{digits[..6]}A{digits[6..]}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}";
        await SayAsync("clients/facts", Inner(InnerSystems.Operator), new RecordFacts { Identifier = who, Facts = new ToldFacts { SafetyProhibition = false } });
        var rows = registers.TryGetValue(flow.From.System, out var told) ? told : registers[flow.From.System] = [];
        foreach (var kind in (string[])["case", "referral"])
        {
            rows.Add(new RegisteredRelationship { Identifier = who, Id = $"{kind}-{number}", Kind = kind, FromOrganisation = flow.From.Organisation, ToOrganisation = flow.To.Organisation, Professional = ProfessionalId.Parse(flow.To.Professional) });
        }

        await SayAsync("clients/relationships", Inner(InnerSystems.Adapters), new RecordRelationships { Source = flow.From.System, Kinds = ["case", "referral"], Rows = [.. rows] });
        return (who, $"{flow.From.System}:case-{number}");
    }

    /// <summary>Says something at a door of the consent room that must go well.</summary>
    internal async Task<JsonNode> SayAsync<T>(string path, string token, T body)
    {
        var answer = await PostAsync(consent!, path, token, JsonSerializer.Serialize(body, SisoteJson.Options));
        Assert.True(answer.Status < 300, $"{path}: {answer.Status} {answer.Body}");
        return JsonNode.Parse(answer.Body)!;
    }

    /// <summary>Reads at a door of the consent room.</summary>
    internal async Task<JsonNode> GetAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(consent!.Urls.First()), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Says something at a door of the consent room.</summary>
    internal Task<(int Status, string Body)> TryAsync<T>(string path, string token, T body) => PostAsync(consent!, path, token, JsonSerializer.Serialize(body, SisoteJson.Options));

    /// <summary>Asks the gateway whether the flow may carry items, as the end that has to ask; a permit is on record as the disclosure.</summary>
    internal async Task<bool> IsOpenAsync(FormFlow flow, string who, params IEnumerable<DataItemId> items)
    {
        var (asker, other) = flow.IsRead ? (flow.To, flow.From) : (flow.From, flow.To);
        var question = new JsonObject
        {
            ["subject"] = new JsonObject { ["type"] = "user", ["id"] = asker.Professional },
            ["action"] = new JsonObject { ["name"] = flow.Rule.Direction.ToString().ToLowerInvariant() },
            ["resource"] = new JsonObject
            {
                ["type"] = "client",
                ["id"] = who,
                ["properties"] = new JsonObject { ["system"] = other.System.Value, ["items"] = new JsonArray([.. items.Select(static item => JsonValue.Create(item.Value))]) },
            },
            ["context"] = new JsonObject
            {
                ["purpose"] = flow.Purpose.Value,
                ["channel"] = "single-message",
                ["attestations"] = new JsonObject { ["necessity-statement"] = "planning the first visit", ["relation-verified"] = true, ["kielto-checked"] = true, ["requested-by-recipient"] = "request 17" },
            },
        };
        var answer = await PostAsync(gateway!, "access/v1/evaluation", TokenOf(asker, flow), question.ToJsonString());
        Assert.True(answer.Status == 200, $"{answer.Status} {answer.Body}");
        return JsonNode.Parse(answer.Body)!["decision"]!.GetValue<bool>();
    }

    /// <summary>Reads the client in FHIR from the giving side, as the end that reads: whether the gateway lets the person be found.</summary>
    internal async Task<bool> IsFoundAsync(FormFlow flow, string who)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(gateway!.Urls.First()), $"fhir/{flow.From.System}/Patient/_search"));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("identifier", $"{Hetu.System}|{who}")]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(flow.To, flow));
        request.Headers.Add("Sisote-Context", "necessity-statement=\"planning the first visit\", relation-verified, kielto-checked, requested-by-recipient=\"request 17\"");
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {body}");
        return JsonNode.Parse(body)!["entry"] is JsonArray { Count: > 0 } found && found.Any(static entry => (string?)entry!["resource"]!["resourceType"] == "Patient");
    }

    /// <summary>The professional of the giving side.</summary>
    internal string Giver(FormFlow flow) =>
        issuer!.PersonToken(flow.From.Professional, PersonKind.Professional, role: flow.From.Role, organisation: flow.From.Organisation.Value, professional: flow.From.Professional);

    /// <summary>A room of Sisote, or its operator.</summary>
    internal string Inner(SystemId system) => issuer!.SystemToken(system.Value, Scopes.Inner);

    private string TokenOf(FormParty asker, FormFlow flow) => issuer!.SystemToken(asker.System.Value, Scopes.Exchange, new BusinessContext
    {
        SubjectId = ProfessionalId.Parse(asker.Professional),
        SubjectRole = RoleId.Parse(asker.Role),
        OrganisationId = asker.Organisation,
        PurposeOfUse = [flow.Purpose],
    });

    /// <summary>What stands behind every adapter: a register that has everybody.</summary>
    private static async Task<WebApplication> OpenFacadeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/{system}/Patient/_search", static async (HttpRequest request) =>
        {
            var who = (await request.ReadFormAsync())["identifier"].ToString().Split('|')[^1];
            var patient = new JsonObject
            {
                ["resourceType"] = "Patient",
                ["id"] = "p1",
                ["identifier"] = new JsonArray(new JsonObject { ["system"] = Hetu.System, ["value"] = who }),
                ["name"] = new JsonArray(new JsonObject { ["family"] = "Esimerkki", ["given"] = new JsonArray("Eevi") }),
            };
            var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["entry"] = new JsonArray(new JsonObject { ["resource"] = patient, ["search"] = new JsonObject { ["mode"] = "match" } }) };
            return Results.Text(bundle.ToJsonString(), "application/fhir+json");
        });
        await app.StartAsync();
        return app;
    }

    private async Task<(int Status, string Body)> PostAsync(WebApplication room, string path, string token, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(room.Urls.First()), path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<WebApplication> OpenAsync(string name, Uri consentAddress, Action<WebApplicationBuilder, RoomSettings> add, Action<WebApplication> map)
    {
        var settings = new RoomSettings
        {
            Issuer = issuer!.Address,
            Gateway = new Uri("http://gateway.test/"),
            Portal = new Uri("http://portal.test/"),
            Consent = consentAddress,
            Adapters = new Uri(facade!.Urls.First() + "/"),
            DataDirectory = folder,
            KeyDirectory = folder,
            Catalogue = FormFlow.Catalogue,
            Deployment = Connected(),
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Sisote:LogFile", (string?)Path.Combine(folder, name + ".log"))]).Build();
        var builder = RoomApplication.CreateBuilder(name, settings, configuration, "http://127.0.0.1:0");
        add(builder, settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        var room = builder.Build();
        room.UseRoomDefaults();
        map(room);
        await room.StartAsync();
        return room;
    }

    private static Deployment Connected()
    {
        var parties = FormFlow.Catalogue.Sectors.Keys.SelectMany(static sector => Enumerable.Range(1, 3).Select(number => new FormParty(sector, number, string.Empty, string.Empty)))
            .Where(static party => RolesOf(party.Sector).Any()).ToList();
        return new Deployment
        {
            Organisations = [.. parties.Select(static party => new OrganisationEntry { Id = party.Organisation, Name = Label(party.Organisation.Value), Kind = "test" })],
            Systems = [.. parties.Select(static party => new SystemEntry
            {
                Id = party.System,
                Organisation = party.Organisation,
                Sector = party.Sector,
                ActsAs = RolesOf(party.Sector).First(),
                Roles = [.. RolesOf(party.Sector)],
                Purposes = [.. FormFlow.Catalogue.Purposes.Keys],
                Attests = [ConditionId.Parse("relation-verified"), ConditionId.Parse("kielto-checked")],
                Name = Label(party.System.Value),
                Adapter = new AdapterEntry { Kind = "patient-record" },
            })],
            RoleScopes = [.. FormFlow.All.Select(static flow => flow.ToRole).Distinct().Select(static role => new RoleScope { Role = RoleId.Parse(role), Items = [.. FormFlow.Catalogue.Items.Keys] })],
        };
    }

    private static IEnumerable<RoleId> RolesOf(SectorId sector) =>
        FormFlow.Catalogue.Roles.Where(role => role.Value.Sector == sector).Select(static role => role.Key).OrderBy(static id => id.Value, StringComparer.Ordinal);

    private static LocalisedText Label(string text) => new() { Fi = text, Sv = text, En = text };
}
