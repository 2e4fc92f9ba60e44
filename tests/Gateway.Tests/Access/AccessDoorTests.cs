// The rim of the access door: methods, types, sizes, shapes, ids.
using System.Text.Json.Nodes;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Access;

public sealed class AccessDoorTests : IAsyncLifetime
{
    private static readonly string Sound = AccessCalls.Question(Some.Aino).ToJsonString();
    private GatewayWorld world = null!;

    public async ValueTask InitializeAsync() => world = await GatewayWorld.OpenAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    public static TheoryData<string> Broken =>
    [
        string.Empty,
        " ",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        Sound + "x",
        "\uFEFF" + Sound,
        Sound.Insert(1, "/* comment */"),
        Sound[..^1] + ",}",
        Sound[..^1] + ",\"action\":{\"name\":\"notify\"}}",
        Sound.Replace("\"ohjaaja-salmi\"", "\"ohjaaja-salmi\",\"id\":\"ohjaaja-niemi\"", StringComparison.Ordinal),
        Sound.Replace("\"ohjaaja-salmi\"", "\"\\ud800\"", StringComparison.Ordinal),
        Sound[..^1] + ",\"deep\":" + new string('[', 100) + new string(']', 100) + "}",
        Sound[..^1] + ",\"deep\":" + string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "1" + new string('}', 20_000) + "}",
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task WhatIsNotOneJsonObjectInOneReadingIsMalformed(string body)
    {
        foreach (var path in new[] { AccessCalls.Evaluation, AccessCalls.Evaluations })
        {
            var answer = await world.AskAsync(path, body);
            Assert.Equal((400, "request-malformed"), (answer.Status, answer.Slug()));
        }

        Assert.Empty(world.Consent.Log);
    }

    [Theory]
    [InlineData("subject", null, "subject")]
    [InlineData("action", null, "action")]
    [InlineData("resource", null, "resource")]
    [InlineData("subject", "7", "subject")]
    [InlineData("subject", """{"id":"ohjaaja-salmi"}""", "subject.type")]
    [InlineData("subject", """{"type":"user"}""", "subject.id")]
    [InlineData("subject", """{"type":"user","id":7}""", "subject.id")]
    [InlineData("subject", """{"type":"user","id":""}""", "subject.id")]
    [InlineData("subject", """{"type":"user","id":"ohjaaja-salmi","properties":[]}""", "subject.properties")]
    [InlineData("action", """{}""", "action.name")]
    [InlineData("action", """{"name":null}""", "action.name")]
    [InlineData("action", """{"name":"erase"}""", "action.name")]
    [InlineData("action", """{"name":"read","properties":"x"}""", "action.properties")]
    [InlineData("resource", """{"type":"exercise-restriction"}""", "resource.id")]
    [InlineData("resource", """{"type":"ei näin","id":"010190-901R"}""", "resource.type")]
    [InlineData("resource", """{"type":"client","id":"010190-901R"}""", "resource.properties.items")]
    [InlineData("resource", """{"type":"client","id":"010190-901R","properties":{"items":[]}}""", "resource.properties.items")]
    [InlineData("resource", """{"type":"client","id":"010190-901R","properties":{"items":[1]}}""", "resource.properties.items")]
    [InlineData("resource", """{"type":"exercise-restriction","id":"010190-901R","properties":{"system":["a"]}}""", "resource.properties.system")]
    [InlineData("context", "[]", "context")]
    [InlineData("context", """{"channel":"by-owl"}""", "context.channel")]
    [InlineData("context", """{"purpose":{}}""", "context.purpose")]
    [InlineData("context", """{"attestations":["necessity-statement"]}""", "context.attestations")]
    [InlineData("context", """{"attestations":{"necessity-statement":7}}""", "context.attestations")]
    [InlineData("context", """{"attestations":{"ei näin":"x"}}""", "context.attestations")]
    [InlineData("context", """{"attestations":{"necessity-statement":"\u0000"}}""", "context.attestations")]
    [InlineData("context", """{"attestations":{"necessity-statement":"one line\nanother"}}""", "context.attestations")]
    public async Task AMemberThatIsMissingOrOfTheWrongKindIsNamed(string member, string? value, string field)
    {
        var question = AccessCalls.Question(Some.Aino);
        question.Remove(member);
        if (value is not null)
        {
            question[member] = JsonNode.Parse(value);
        }

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString());

        Assert.Equal((400, "request-malformed", field), (answer.Status, answer.Slug(), Some.Parse(answer.Body)["field"]!.GetValue<string>()));
    }

    [Fact]
    public async Task UnknownMembersAreIgnored()
    {
        var question = AccessCalls.Question(Some.Aino);
        question["foo"] = "bar";
        question["futureField"] = new JsonObject { ["nested"] = true };
        question["subject"]!["properties"] = new JsonObject { ["department"] = "sports" };
        question["context"]!["time"] = "1999-01-01T00:00:00Z";
        question["evaluations"] = 7; // at this address a member like any other

        Assert.True((await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString())).Decision());
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/fhir+json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task AnotherTypeOfBodyIsRefused(string type)
    {
        var answer = await world.AskAsync(AccessCalls.Evaluation, Sound, type: type);

        Assert.Equal((415, "media-type-unsupported"), (answer.Status, answer.Slug()));
    }

    [Fact]
    public async Task AnAddressWithAQueryIsRefused()
    {
        var answer = await world.AskAsync($"{AccessCalls.Evaluation}?client={Some.Aino}", Sound);

        Assert.Equal((400, "request-malformed"), (answer.Status, answer.Slug()));
    }

    [Fact]
    public async Task AHugeBodyIsNotRead()
    {
        var answer = await world.AskAsync(AccessCalls.Evaluations, Sound[..^1] + $",\"filler\":\"{new string('x', 300_000)}\"}}");

        Assert.Equal((413, "request-too-large"), (answer.Status, answer.Slug()));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task OnlyPostIsAnswered(string method)
    {
        foreach (var path in new[] { AccessCalls.Evaluation, AccessCalls.Evaluations })
        {
            var answer = await world.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(world.Address, path)));

            Assert.Equal((405, "method-not-allowed"), (answer.Status, answer.Slug()));
            Assert.Contains("Allow: POST", answer.Headers, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("access/v1/search/subject")]
    [InlineData("access/v1/search/resource")]
    [InlineData("access/v1/search/action")]
    [InlineData("access/v2/evaluation")]
    public async Task NothingIsSearched(string path)
    {
        var answer = await world.AskAsync(path, Sound);

        Assert.Equal((404, "not-served"), (answer.Status, answer.Slug()));
    }

    [Fact]
    public async Task TheMetadataNamesTheDoorForAnybodyAndNoSearch()
    {
        var answer = await world.GetAsync(".well-known/authzen-configuration", string.Empty);

        Assert.Equal(200, answer.Status);
        Assert.Contains("application/json", answer.Headers, StringComparison.Ordinal);
        var metadata = Some.Parse(answer.Body).ToDictionary(static member => member.Key, static member => member.Value!.GetValue<string>());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["policy_decision_point"] = "http://gateway.test",
                ["access_evaluation_endpoint"] = "http://gateway.test/access/v1/evaluation",
                ["access_evaluations_endpoint"] = "http://gateway.test/access/v1/evaluations",
            },
            metadata);
    }

    [Fact]
    public async Task TheCallersRequestIdComesBackOnEveryAnswer()
    {
        var permit = await world.AskAsync(AccessCalls.Evaluation, Sound, requestId: "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
        var malformed = await world.AskAsync(AccessCalls.Evaluation, "{}", requestId: "pep-7");
        var stranger = await world.AskAsync(AccessCalls.Evaluation, Sound, string.Empty, requestId: "pep-8");

        Assert.Equal(["bfe9eb29-ab87-4ca3-be83-a1d5d8305716"], RequestIds(permit));
        Assert.Equal(["pep-7"], RequestIds(malformed));
        Assert.Equal(["pep-8"], RequestIds(stranger));
        Assert.DoesNotContain("bfe9eb29", Some.Parse(permit.Body)["context"]!["id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("bfe9eb29", Assert.Single(world.Consent.Log).Entry.CorrelationId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARequestIdThatIsOddOrNamesAPersonIsReplaced()
    {
        foreach (var id in new[] { new string('x', 129), "two words", Some.Aino })
        {
            var answer = await world.AskAsync(AccessCalls.Evaluation, Sound, requestId: id);
            Assert.Equal([Some.Parse(answer.Body)["context"]!["id"]!.GetValue<string>()], RequestIds(answer));
        }
    }

    private static string[] RequestIds(RawAnswer answer) =>
        [.. answer.Headers.Split('\n').Where(static line => line.StartsWith("X-Request-I", StringComparison.OrdinalIgnoreCase)).Select(static line => line.Split(':', 2)[1].Trim())];
}
