// The room's OpenAPI document against the room.
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Describing;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Describing;

public sealed partial class OpenApiTests(PostgresFixture postgres)
{
    private const string Golden = "docs/openapi/consent.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 1, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task TheDocumentIsTheOneThatWasReviewed()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var served = (await DocumentAsync(room)).ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Root(), Golden);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        Assert.StartsWith("{\n \"openapi\": \"3.1.", served, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(file), served);
    }

    [Fact]
    public async Task EveryDoorOfTheRoomIsDescribedAndNoOther()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var endpoints = room.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(static endpoint => DoorBook.KeyOf(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single(), endpoint.RoutePattern.RawText!)).ToList();

        var paths = (await DocumentAsync(room))["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(method => DoorBook.KeyOf(method.Key.ToUpperInvariant(), path.Key)));

        Assert.Equal(DoorBook.All.Select(static door => door.Key).Order(StringComparer.Ordinal), endpoints.Order(StringComparer.Ordinal));
        Assert.Equal(endpoints.Where(static key => !key.Contains("/openapi/", StringComparison.Ordinal)).Order(StringComparer.Ordinal), paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryProblemThatTheDocumentationExplainsIsNamedAtADoorAndNoOther()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var section = (await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "problems.md"))).ReplaceLineEndings("\n").Split("\n## ").Single(static part => part.StartsWith("The consent room\n", StringComparison.Ordinal));
        var explained = Row().Matches(section).Select(static row => (row.Groups["slug"].Value, row.Groups["status"].Value)).Order().ToList();

        var document = await DocumentAsync(room);
        var named = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject()).SelectMany(static method => method.Value!["responses"]!.AsObject())
            .SelectMany(static response => Slug().Matches((string)response.Value!["description"]!).Select(match => (match.Groups[1].Value, response.Key))).Distinct().Order();

        Assert.Equal(explained, named);
        Assert.Equal(explained.Select(static one => one.Item1), document["components"]!["examples"]!.AsObject().Select(static one => one.Key).Order());
    }

    [Fact]
    public async Task ExamplesOfBodiesAndOfProblemsFitTheirSchemasAndNameNobody()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var document = await DocumentAsync(room);
        var check = new SchemaCheck(document);
        var bodies = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject()).Select(static method => method.Value!["requestBody"]?["content"]?["application/json"]).OfType<JsonObject>().Where(static body => body.ContainsKey("example")).ToList();

        Assert.Equal(4, bodies.Count);
        Assert.All(bodies, body => Assert.Empty(check.Check(body["schema"], body["example"])));
        Assert.All(document["components"]!["examples"]!.AsObject(), example => Assert.Empty(check.Check(document["components"]!["schemas"]!["Problem"], example.Value!["value"])));
        Assert.Equal(["010190-999W"], Identifier().Matches(document.ToJsonString()).Select(static match => match.Value).Distinct());
    }

    [Fact]
    public async Task ParametersThatAreNamedAreTakenAndOthersAreNot()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var document = await DocumentAsync(room);
        foreach (var door in DoorBook.All.Where(static door => !door.Query.IsEmpty))
        {
            var path = door.Key.Split(' ')[1];
            var caller = path.StartsWith("/me/", StringComparison.Ordinal) ? room.Client(Some.Aino)
                : path == "/changes" ? room.Gateway
                : room.Person(PersonKind.DataProtectionOfficer, "org-health", "dpo-1");
            Assert.Equal(door.Query.Select(static one => one.Name), document["paths"]![path]!["get"]!["parameters"]!.AsArray().Select(static one => (string)one!["name"]!));
            foreach (var (name, sample) in door.Query)
            {
                using var taken = await caller.GetAsync($"{path}?{name}={Uri.EscapeDataString(sample)}");
                Assert.True(taken.StatusCode == HttpStatusCode.OK, $"{path} {name} {taken.StatusCode}");
            }

            using var unknown = await caller.GetAsync($"{path}?x={door.Query[0].Sample}");
            Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        }
    }

    [Fact]
    public async Task WhatTheDoorsAnswerIsWhatTheDocumentSays()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var document = await DocumentAsync(room);
        var check = new SchemaCheck(document);
        await FillAsync(room);
        var (callers, good, refusals, faults) = (Callers(room), new HashSet<string>(), 0, new HashSet<string>());
        foreach (var door in DoorBook.All.Where(static door => !door.Key.Contains("/openapi/", StringComparison.Ordinal)).OrderBy(static door => door.Key, StringComparer.Ordinal))
        {
            foreach (var (name, request) in callers.SelectMany(caller => Requests(door).Select(request => (caller, request))))
            {
                using var answer = await name.SendAsync(request());
                if (await FaultAsync(door, answer, document, check) is { } fault)
                {
                    faults.Add(fault);
                }

                _ = answer.IsSuccessStatusCode ? good.Add(door.Key) : refusals++ > 0;
            }
        }

        foreach (var (key, caller, path, body) in await DoneWellAsync(room))
        {
            using var content = new StringContent(body, Encoding.UTF8, key.Contains("/fhir/", StringComparison.Ordinal) ? Door.FhirJson : Door.Json);
            using var answer = await caller.PostAsync(path, content);
            Assert.True(answer.IsSuccessStatusCode, $"{key} {await answer.Content.ReadAsStringAsync()}");
            good.Add(key);
            if (await FaultAsync(DoorBook.All.Single(door => door.Key == key), answer, document, check) is { } fault)
            {
                faults.Add(fault);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40)));
        Assert.True(good.Count >= 45 && refusals > 1000, $"{good.Count} doors answered well; {refusals} refusals");
    }

    /// <summary>What of an answer the document does not say; null where it says all.</summary>
    private static async Task<string?> FaultAsync(Door door, HttpResponseMessage answer, JsonNode document, SchemaCheck check)
    {
        var body = await answer.Content.ReadAsStringAsync();
        var said = $"{door.Key} {(int)answer.StatusCode} {body[..Math.Min(body.Length, 300)]}";
        var (method, path) = (door.Key.Split(' ')[0].ToLowerInvariant(), door.Key.Split(' ')[1]);
        if (document["paths"]![path]![method]!["responses"]![$"{(int)answer.StatusCode}"] is not { } response)
        {
            return said;
        }

        if (answer.Content.Headers.ContentType?.MediaType is not { } media || body.Length == 0)
        {
            return ((string)response["description"]!).Contains("No body.", StringComparison.Ordinal) || response["content"] is null || door.Key.StartsWith("GET /health", StringComparison.Ordinal) ? null : said;
        }

        if (response["content"]?[media] is not { } content || (!answer.IsSuccessStatusCode && !door.Problems.Contains(SlugOf(media, body))))
        {
            return $"{media} {said}";
        }

        return content["schema"] is { } schema && check.Check(schema, JsonNode.Parse(body)) is { Count: > 0 } faults ? $"{said}\n{string.Join('\n', faults)}" : null;
    }

    private static string SlugOf(string media, string body) => media == Door.FhirJson
        ? (string)JsonNode.Parse(body)!["issue"]![0]!["details"]!["coding"]![0]!["code"]!
        : ((string?)JsonNode.Parse(body)!["type"] ?? string.Empty).Split('/')[^1];

    /// <summary>Nothing, an empty object, JSON that is none, and identifiers that nobody has.</summary>
    private static IEnumerable<Func<HttpRequestMessage>> Requests(Door door)
    {
        var (method, path) = (HttpMethod.Parse(door.Key.Split(' ')[0]), door.Key.Split(' ')[1].Replace("{origin}", new string('0', 64), StringComparison.Ordinal).Replace("{index}", "0", StringComparison.Ordinal)
            .Replace("{path}", "0/000", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal).Replace("{child}", "y", StringComparison.Ordinal).Replace("{number}", "7", StringComparison.Ordinal));
        yield return () => new HttpRequestMessage(method, path);
        if (method == HttpMethod.Get)
        {
            yield break;
        }

        foreach (var (text, type) in new[] { ("{}", "application/json"), (Body(door), "application/json"), ("resourceType=Consent", "application/x-www-form-urlencoded"), ("{}", "application/fhir+json") })
        {
            yield return () => new HttpRequestMessage(method, path) { Content = new StringContent(text, Encoding.UTF8, type) };
        }
    }

    private static string Body(Door door) => door.Example ?? $$"""{"id": "{{Some.Id()}}", "identifier": "{{Some.Aino}}"}""";

    /// <summary>Something of most kinds, so that lists are not empty.</summary>
    private static async Task FillAsync(OpenRoom room)
    {
        foreach (var (flow, number) in WholeLaw.Flows.Select(static (flow, number) => (flow, number)))
        {
            await room.PutOnRecordAsync(flow, Some.Person(number));
        }

        var secrecy = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");
        await room.GiveAsync(Some.Aino, new GiveConsent
        {
            Id = Some.Id(),
            Form = secrecy.Form.Id,
            Items = secrecy.Items,
            RecipientSector = secrecy.To.Sector,
            RecipientOrganisation = secrecy.To.Organisation!.Value,
            Purpose = secrecy.Rule.Purpose!.Value,
            TextLanguage = "fi",
            TextVersion = "1",
        });
        using var agreement = await room.Operator.PostAsJsonAsync("/agreements", Some.Agreement("between") with { Parties = [secrecy.From.Organisation!.Value, secrecy.To.Organisation!.Value] }, SisoteJson.Options);
    }

    /// <summary>Calls that go well, each at a door that takes more than a few words.</summary>
    private static async Task<(string Key, HttpClient Caller, string Path, string Body)[]> DoneWellAsync(OpenRoom room)
    {
        var (flow, who, now) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY"), Some.Person(50), room.Clock.GetUtcNow());
        var (giver, client, said) = (room.Giver(flow), room.Client(who.Reveal()), flow.Consent(who));
        var mine = Json(flow.Consent(who, "signed-in") with { Reference = null });
        mine.Remove("identifier");
        mine.Remove("how");
        mine.Remove("givenBy");
        mine.Remove("draft");
        var (kept, theirs) = (await room.PutOnRecordAsync(flow, who), Some.Agreement("another") with { Parties = [flow.From.Organisation!.Value, flow.To.Organisation!.Value], From = now });
        return
        [
            ("POST /me/consents", client, "/me/consents", mine.ToJsonString()),
            ("POST /me/consents/{id}/withdraw", client, $"/me/consents/{(string)mine["id"]!}/withdraw", string.Empty),
            ("POST /consents", giver, "/consents", Json(said).ToJsonString()),
            ("POST /consents/{id}/withdraw", giver, $"/consents/{kept}/withdraw", Json(new RecordWithdrawal { How = "oral", GivenBy = "client" }).ToJsonString()),
            ("POST /consents/query", room.Operator, "/consents/query", Json(new ConsentQuestion { Identifier = who.Reveal() }).ToJsonString()),
            ("POST /consents/check", room.Operator, "/consents/check", Json(new CheckConsents { Identifier = who.Reveal(), From = flow.From, To = flow.To, Direction = flow.Rule.Direction, Purpose = flow.Rule.Purpose!.Value, Items = flow.Items }).ToJsonString()),
            ("POST /relationships/query", room.Operator, "/relationships/query", Json(new ConsentQuestion { Identifier = who.Reveal() }).ToJsonString()),
            ("POST /clients/facts", room.Operator, "/clients/facts", Json(new RecordFacts { Identifier = who.Reveal(), Facts = new ToldFacts { SchoolForm = "basic" } }).ToJsonString()),
            ("POST /clients/consents", room.Operator, "/clients/consents", Json(new MirrorConsents { Source = "kanta", AsOf = now, Identifier = who.Reveal(), Consents = [] }).ToJsonString()),
            ("POST /clients/relationships", room.SystemCaller("sisote-adapters"), "/clients/relationships", Json(new RecordRelationships { Source = flow.From.System!.Value, Kinds = ["care"], Rows = [] }).ToJsonString()),
            ("POST /agreements", room.Operator, "/agreements", Json(theirs).ToJsonString()),
            ("POST /agreements/{id}/end", room.Operator, "/agreements/another/end", string.Empty),
            ("POST /states", room.Gateway, "/states", Json(new ClientStateQuery { Identifiers = [who.Reveal()] }).ToJsonString()),
            ("POST /staff/left", room.Person(PersonKind.ControllerAdmin, flow.To.Organisation!.Value.Value, "admin-1"), "/staff/left", """{"professional": "receiver"}"""),
            ("POST /fhir/Consent", room.Giver(flow), "/fhir/Consent", Fhir.FhirConsents.Of(flow, flow.Consent(who)).ToJsonString()),
        ];
    }

    private static JsonObject Json<T>(T value) => JsonSerializer.SerializeToNode(value, SisoteJson.Options)!.AsObject();

    private static HttpClient[] Callers(OpenRoom room)
    {
        var secrecy = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");
        var organisation = secrecy.From.Organisation!.Value.Value;
        return
        [
            room.Caller(null), room.Gateway, room.Operator, room.SystemCaller("sisote-adapters"), room.Client(Some.Aino), room.Giver(secrecy),
            room.Person(PersonKind.DataProtectionOfficer, organisation, "dpo-1"), room.Person(PersonKind.Auditor, organisation, "auditor-1"), room.Person(PersonKind.ControllerAdmin, organisation, "admin-1"),
            room.SystemCaller(secrecy.From.System!.Value.Value, Scopes.Exchange, "giver", secrecy.From.Role.Value, organisation),
        ];
    }

    private static async Task<JsonNode> DocumentAsync(OpenRoom room)
    {
        using var answer = await room.Operator.GetAsync("/openapi/consent.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("^\\| `(?<slug>[a-z-]+)` \\| (?<status>[0-9]+) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Slug();

    [GeneratedRegex("[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-Y]")]
    private static partial Regex Identifier();
}
