// What a sender hears about a target: nothing but that its entry was taken or not.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class WriteTests
{
    private const string Record = "fhir/pohjois-savo-record";

    private static string Measure { get; } = """
        {"resourceType":"Observation","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"activity"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"82290-8"}]},"subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"CLIENT"}},"effectiveDateTime":"2026-02-03",
         "valueQuantity":{"value":150,"unit":"min/wk","system":"http://unitsofmeasure.org","code":"min/wk"}}
        """.Replace("CLIENT", Some.Aino, StringComparison.Ordinal);

    [Fact]
    [Channel(22)]
    public async Task AConditionalCreateIsNoSearchForWhatIsThere()
    {
        await using var world = await GatewayWorld.OpenAsync();
        foreach (var (name, value) in new[] { ("If-None-Exist", "identifier=urn:x|a"), ("If-None-Exist", ""), ("If-Match", "W/\"1\"") })
        {
            Assert.Equal(400, (await SendAsync(world, $"{Record}/Observation", Measure, (name, value))).Status);
        }

        Assert.Equal(400, (await SendAsync(world, $"{Record}/Observation?identifier=urn:x|a", Measure)).Status);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    [Channel(23, 34)]
    public async Task ACreatedResourceHasOurAddressAndReceiptsWhateverWasPreferred()
    {
        await using var world = await GatewayWorld.OpenAsync();
        new MarkedSource(world.Source).Open();
        foreach (var preferred in new[] { "return=representation", "return=OperationOutcome", "return=minimal", "respond-async" })
        {
            var answer = await SendAsync(world, $"{Record}/Observation", Measure, ("Prefer", preferred));

            Assert.Equal(201, answer.Status);
            Assert.Matches("^\\{\"resourceType\":\"OperationOutcome\",\"issue\":\\[(,?\\{\"severity\":\"information\",\"code\":\"informational\",\"details\":\\{\"text\":\"Sisote-Receipt\"\\},\"diagnostics\":\"[^\"]+\"\\})+\\]\\}$", answer.Body); // receipts and nothing else
            Assert.Matches("Location: http://gateway.test/fhir/pohjois-savo-record/Observation/[A-Za-z0-9.-]{64}\r?\n", answer.Headers);
            Assert.DoesNotContain(MarkedSource.Envelope, answer.Everything, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("new-1", answer.Everything, StringComparison.Ordinal);
        }
    }

    [Theory]
    [Channel(29)]
    [InlineData("batch", "POST", "Observation")]
    [InlineData("transaction", "GET", "Observation?patient=x")]
    [InlineData("transaction", "PUT", "Observation/x")]
    [InlineData("transaction", "DELETE", "Observation/x")]
    [InlineData("transaction", "PATCH", "Observation/x")]
    [InlineData("transaction", "POST", "Observation?identifier=a")]
    [InlineData("transaction", "POST", "Observation/$validate")]
    [InlineData("collection", "POST", "Observation")]
    [InlineData("history", "POST", "Observation")]
    [InlineData("message", "POST", "Observation")]
    public async Task ABundleThatIsNoTransactionOfCreatesIsRefusedWhole(string type, string method, string url)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = type,
            ["entry"] = new JsonArray(new JsonObject { ["resource"] = JsonNode.Parse(Measure), ["request"] = new JsonObject { ["method"] = method, ["url"] = url } }),
        };

        var answer = await SendAsync(world, Record, bundle.ToJsonString());

        Assert.Equal(400, answer.Status);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    [Channel(29)]
    public async Task AConditionalEntryOfATransactionIsRefusedWhole()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "transaction",
            ["entry"] = new JsonArray(new JsonObject { ["resource"] = JsonNode.Parse(Measure), ["request"] = new JsonObject { ["method"] = "POST", ["url"] = "Observation", ["ifNoneExist"] = "identifier=a" } }),
        };

        Assert.Equal(400, (await SendAsync(world, Record, bundle.ToJsonString())).Status);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    [Channel(46, 33)]
    public async Task WhyATargetRefusedIsNotTold()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var answers = new List<string>();
        foreach (var status in new[] { 400, 401, 403, 404, 409, 410, 412, 422 })
        {
            world.Source.Instead = context =>
            {
                MarkedSource.MarkHeaders(context.Response);
                context.Response.StatusCode = status;
                return context.Response.WriteAsync("""{"resourceType":"OperationOutcome","issue":[{"code":"duplicate","diagnostics":"upmark exists as Observation/upmark"}]}""");
            };
            answers.Add((await SendAsync(world, $"{Record}/Observation", Measure)).Comparable);
        }

        Assert.Single(answers.Distinct());
        Assert.StartsWith("422", answers[0], StringComparison.Ordinal);
        Assert.DoesNotContain(MarkedSource.Envelope, answers[0], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Channel(25, 46)]
    public async Task AnEntryRefusedForTheClientsReasonsIsAnsweredAlikeForAnybody()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var answers = new List<string>();
        foreach (var change in new Func<Policy.States.ConsentState, Policy.States.ConsentState>[]
        {
            static state => state with { Relationships = [] },
            static state => state with { Relationships = [.. state.Relationships.Select(static one => one with { Status = Policy.States.RelationshipStatus.Ended, To = DateTimeOffset.UnixEpoch.AddDays(1) })] },
            static state => state with { Relationships = [], Consents = [] },
            static state => state with { Relationships = [], Facts = new() },
        })
        {
            world.Consent.Set(Some.Aino, state => change(Some.Counselled(state)));
            answers.Add((await SendAsync(world, $"{Record}/Observation", Measure)).Comparable);
        }

        Assert.Single(answers.Distinct());
        Assert.StartsWith("403", answers[0], StringComparison.Ordinal);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    [Channel(25, 46)]
    public async Task AClientWhoIsKnownNoLongerIsAnsweredLikeOneForWhomNothingIsPermitted()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handles = world.Part<Sisote.Gateway.Handles.HandleRing>().For(Policy.Ids.SystemId.Parse("kuopio-portal"));
        world.Consent.Set(Some.Aino, static state => state with { Relationships = [], Consents = [], Facts = new() });
        var (denied, forgotten) = (FakeConsent.KeyOf(Some.Aino), FakeConsent.KeyOf("010190-999X"));

        var answers = new List<string>();
        foreach (var client in new[] { denied, forgotten })
        {
            var entry = JsonNode.Parse(Measure)!;
            entry["subject"] = new JsonObject { ["reference"] = $"Patient/{handles.ForClient(client)}" };
            answers.Add((await SendAsync(world, $"{Record}/Observation", entry.ToJsonString())).Comparable);
        }

        Assert.StartsWith("403", answers[0], StringComparison.Ordinal);
        Assert.Equal(answers[0], answers[1]);
    }

    private static Task<RawAnswer> SendAsync(GatewayWorld world, string path, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, path)) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/fhir+json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return world.SendAsync(request);
    }
}
