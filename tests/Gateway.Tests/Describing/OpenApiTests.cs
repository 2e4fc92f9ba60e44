// The gateway's OpenAPI document against the gateway.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Sisote.Gateway.Describing;
using Sisote.Tests.Consent.Describing;
using Sisote.Tests.Gateway.World;
using Yarp.ReverseProxy.Model;

namespace Sisote.Tests.Gateway.Describing;

public sealed partial class OpenApiTests
{
    private const string Golden = "docs/openapi/gateway.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 1, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task TheDocumentIsTheOneThatWasReviewedAndAReaderOfOthersUnderstandsIt()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var served = (await DocumentAsync(world)).ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Root(), Golden);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        var read = OpenApiDocument.Parse(served, "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(static error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(static warning => warning.ToString()));
        Assert.Equal(OuterDoors.All.Length, read.Document!.Paths.Values.Sum(static path => path.Operations!.Count));
        Assert.StartsWith("{\n \"openapi\": \"3.1.", served, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(file), served);
    }

    [Fact]
    public async Task TheDocumentIsMadeOnceAndNoOtherNameIsServed()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var first = await world.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, "openapi/v1.json")), string.Empty);
        var second = await world.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, "openapi/v1.json")), string.Empty);
        var other = await world.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, "openapi/v2.json")), string.Empty);

        Assert.Equal((200, first.Body), (second.Status, second.Body));
        Assert.NotEqual(200, other.Status);
    }

    [Fact]
    public async Task EveryRouteThatTheGatewayMapsIsInTheDocumentAndNoOther()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var mapped = world.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(static endpoint => endpoint.Metadata.GetMetadata<RouteModel>() is { } proxied
                ? OuterDoors.All.Where(static door => door.Route == OuterDoors.SystemRoute).Select(static door => $"{door.Method} {OuterDoors.SystemRoute}").Append($"* {Named().Replace(proxied.Config.Match.Path!, "/fhir/{system}/")}")
                : (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} {endpoint.RoutePattern.RawText}")).Distinct().Order(StringComparer.Ordinal);
        var document = await DocumentAsync(world);
        var described = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(method => (Method: method.Key.ToUpperInvariant(), path.Key)))
            .Select(static one => OuterDoors.All.Single(door => door.Method == one.Method && door.Path == one.Key)).Select(static door => $"{door.Method} {door.Route}");

        Assert.Equal(described.Concat(OuterDoors.Refusing.Append(OuterDoors.SystemRoute).Select(static route => $"* {route}")).Distinct().Order(StringComparer.Ordinal), mapped);
    }

    [Fact]
    public async Task EveryProblemOfTheGatewayThatTheDocumentationExplainsIsNamedAtADoorAndNoOther()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var section = (await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "problems.md"))).ReplaceLineEndings("\n").Split("\n## ").Single(static part => part.StartsWith("The gateway\n", StringComparison.Ordinal));
        var explained = Row().Matches(section).Select(static row => (row.Groups["slug"].Value, row.Groups["status"].Value)).Order().ToList();

        var document = await DocumentAsync(world);
        var named = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject()).SelectMany(static method => method.Value!["responses"]!.AsObject())
            .SelectMany(static response => Slug().Matches((string)response.Value!["description"]!).Select(match => (match.Groups[1].Value, response.Key))).Distinct().Order();

        Assert.Equal(explained, named);
        Assert.Equal(explained.Select(static one => one.Item1), document["components"]!["examples"]!.AsObject().Select(static one => one.Key).Order());
    }

    [Fact]
    public async Task ExamplesFitTheirSchemasAndNameNobody()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var document = await DocumentAsync(world);
        var check = new SchemaCheck(document);
        var bodies = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject()).Select(static method => method.Value!["requestBody"]?["content"]).OfType<JsonObject>().SelectMany(static content => content)
            .Where(static body => body.Key.EndsWith("json", StringComparison.Ordinal)).Select(static body => body.Value!).ToList();

        Assert.Equal(OuterDoors.All.Count(static door => door.Body is var (media, _, _) && media.EndsWith("json", StringComparison.Ordinal)), bodies.Count);
        Assert.All(bodies, body => Assert.Empty(check.Check(body["schema"], body["example"])));
        Assert.All(document["components"]!["examples"]!.AsObject(), example => Assert.Empty(check.Check(document["components"]!["schemas"]!["Problem"], example.Value!["value"])));
        Assert.Equal(["010190-999W"], Identifier().Matches(document.ToJsonString()).Select(static match => match.Value).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatTheDoorsAnswerToTheExamplesIsWhatTheDocumentSays(bool isKnown)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var document = await DocumentAsync(world);
        var check = new SchemaCheck(document);
        var handle = await world.HandleOfAsync(Some.Aino);
        var flag = (string)Some.Parse((await world.GetAsync($"fhir/pohjois-savo-record/Flag?patient={handle}")).Body)["entry"]![0]!["resource"]!["id"]!;
        var (faults, good) = (new List<string>(), new HashSet<string>());
        foreach (var door in OuterDoors.All)
        {
            var answer = await world.SendAsync(Request(world, door, handle, flag), isKnown ? null : string.Empty);
            var described = document["paths"]![door.Path]![door.Method.ToLowerInvariant()]!["responses"]![$"{answer.Status}"];
            var media = Regex.Match(answer.Headers, "Content-Type: ([^;\r\n]+)").Groups[1].Value;
            if (described is null || (isKnown && answer.Status == 400) || (media.Length > 0 && described["content"]?[media] is null && answer.Status < 500)
                || (media.EndsWith("json", StringComparison.Ordinal) && described["content"]?[media]?["schema"] is { } schema && check.Check(schema, JsonNode.Parse(answer.Body)).Count > 0))
            {
                faults.Add($"{door.Method} {door.Path}: {answer.Status} {media} {answer.Body[..Math.Min(200, answer.Body.Length)]}");
            }

            if (answer.Status < 300)
            {
                good.Add($"{door.Method} {door.Path}");
            }

            Assert.True(isKnown || door.IsOpen || answer.Status == 401, $"{door.Method} {door.Path}: {answer.Status}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(good.Count >= (isKnown ? 14 : 7), string.Join('\n', good));
    }

    [Fact]
    public async Task ThePageForPeopleHasEveryDoorAndNoScriptAndLoadsNothingFromElsewhere()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var page = await world.GetAsync("openapi", string.Empty);

        Assert.Equal(200, page.Status);
        Assert.All(OuterDoors.All, door => Assert.Contains($"<code>{door.Method} {System.Net.WebUtility.HtmlEncode(door.Path)}</code>", page.Body, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["/openapi/page.css", "/openapi/v1.json"], Loaded().Matches(page.Body).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Contains("Content-Security-Policy: default-src 'none'; style-src 'self'", page.Headers, StringComparison.Ordinal);
        Assert.All(await Task.WhenAll(world.GetAsync("openapi/page.css", string.Empty), world.GetAsync("openapi/v1.json", string.Empty)), static answer => Assert.Equal(200, answer.Status));
    }

    private static HttpRequestMessage Request(GatewayWorld world, OuterDoor door, string handle, string flag)
    {
        var path = door.Parameters.Where(static parameter => parameter.In == "path").Aggregate(door.Path, (before, parameter) => before.Replace($"{{{parameter.Name}}}", parameter.Sample == "HANDLE" ? flag : parameter.Sample, StringComparison.Ordinal));
        var query = string.Join('&', door.Parameters.Where(static parameter => parameter.In == "query").Select(parameter => $"{parameter.Name}={parameter.Sample.Replace("HANDLE", handle, StringComparison.Ordinal)}"));
        var request = new HttpRequestMessage(new HttpMethod(door.Method), new Uri(world.Address, path[1..] + (query.Length == 0 ? string.Empty : "?" + query)));
        if (door.Body is var (media, _, example))
        {
            request.Content = new StringContent(example.Replace("HANDLE", handle, StringComparison.Ordinal), Encoding.UTF8, media);
        }

        foreach (var header in door.Parameters.Where(static parameter => parameter.In == "header" && parameter.Name != "Sisote-Context"))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header.Name, header.Sample));
        }

        return request;
    }

    private static async Task<JsonNode> DocumentAsync(GatewayWorld world)
    {
        var answer = await world.GetAsync("openapi/v1.json", string.Empty);
        Assert.True(answer.Status == 200, answer.Body);
        return JsonNode.Parse(answer.Body)!;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Sisote.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("^/fhir/[^/]+/")]
    private static partial Regex Named();

    [GeneratedRegex("^\\| <a id=\"[a-z-]+\"></a>`(?<slug>[a-z-]+)` \\| (?<status>[0-9]{3}) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z]+(?:-[a-z]+)*)`")]
    private static partial Regex Slug();

    [GeneratedRegex("[0-9]{6}[-+A-Y][0-9]{3}[0-9A-Y]")]
    private static partial Regex Identifier();

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Loaded();
}
