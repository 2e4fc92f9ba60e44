// One element too much, anywhere in any delivery: nothing is sent, and the element is named.
using System.Text.Json.Nodes;
using CsCheck;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Writes;

public sealed class SmuggledElementTests
{
    private const string Record = "fhir/pohjois-savo-record";

    private static readonly Gen<string[]> Kinds = Gen.OneOf("text", "measure", "goal", "feedback").Array[1, 6];
    private static readonly Gen<string> Names = Gen.Frequency(
        (4, Gen.String[Gen.Char['a', 'z'], 1, 12].Select(static name => "zz" + name)),
        (1, Gen.OneOf("extension", "_status", "note", "text", "contained", "language", "id")));

    private static readonly Gen<string> Values = Gen.OneOf("\"words about the client\"", "1", "true", "null", "[]", "{}", "[{\"text\":\"x\"}]", "{\"value\":\"x\"}");

    [Fact]
    public async Task WhereverItStandsNothingIsSentAndThePathIsRight()
    {
        await using var world = await GatewayWorld.OpenAsync();
        await Gen.Select(Kinds, Gen.Int[0, 1_000_000], Names, Values).SampleAsync(
            async (kinds, place, name, value) =>
            {
                var bundle = Entries.Transaction([.. kinds.Select(Make)]);
                var objects = ObjectsIn(bundle, "Bundle").ToList();
                var (target, path) = objects[place % objects.Count];
                if (target.ContainsKey(name) || IsPermitted(path, name))
                {
                    return;
                }

                target[name] = JsonNode.Parse(value);
                var answer = await world.PostAsync(Record, bundle.ToJsonString());

                Assert.True(answer.Status is 400 or 422, $"{answer.Status} for {path}.{name}");
                Assert.Equal($"{path}.{name}", (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]);
                Assert.Empty(world.Source.Seen);
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task WithoutItEveryOneOfTheseDeliveriesGoes()
    {
        await using var world = await GatewayWorld.OpenAsync();
        await Kinds.SampleAsync(
            async kinds => Assert.Equal(200, (await world.PostAsync(Record, Entries.Transaction([.. kinds.Select(Make)]).ToJsonString())).Status),
            iter: 20,
            threads: 1);
    }

    [Fact]
    public async Task AModifierExtensionAnywhereRefusesTheResourceItIsIn()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var measure = Entries.Measure();
        measure["valueQuantity"]!["modifierExtension"] = new JsonArray(new JsonObject { ["url"] = "http://x" });

        var answer = await world.PostAsync(Record, Entries.Transaction(Entries.Text(), measure).ToJsonString());

        Assert.Equal((422, "Bundle.entry[1].resource"), (answer.Status, (string?)Some.Parse(answer.Body)["issue"]![0]!["expression"]![0]));
        Assert.Empty(world.Source.Seen);
    }

    [Theory]
    [InlineData("duplicate key", 400)]
    [InlineData("duplicate key inside", 400)]
    [InlineData("escaped name", 400)]
    [InlineData("too deep", 400)]
    [InlineData("too many entries", 400)]
    [InlineData("trailing text", 400)]
    [InlineData("byte order mark", 400)]
    [InlineData("lone surrogate", 400)]
    [InlineData("too large", 413)]
    [InlineData("too large without saying so", 413)]
    public async Task ADeliveryThatTwoReadersCouldReadInTwoWaysOrThatIsTooLargeIsNotSent(string fault, int status)
    {
        await using var world = await GatewayWorld.OpenAsync(new Dictionary<string, string?> { ["Sisote:Gateway:LargestEntry"] = "20000" });
        var good = Entries.Transaction(Entries.Text(), Entries.Measure()).ToJsonString();
        var bad = fault switch
        {
            "duplicate key" => good[..^1] + ",\"type\":\"transaction\"}",
            "duplicate key inside" => good.Replace("\"status\":\"final\"", "\"status\":\"final\",\"status\":\"final\"", StringComparison.Ordinal),
            "escaped name" => good.Replace("\"status\":\"final\"", "\"st\\u0061tus\":\"final\"", StringComparison.Ordinal),
            "too deep" => good.Replace("\"status\":\"final\"", "\"status\":" + new string('[', 70) + new string(']', 70), StringComparison.Ordinal),
            "too many entries" => Entries.Transaction([.. Enumerable.Range(0, 21).Select(static _ => Entries.Goal())]).ToJsonString(),
            "trailing text" => good + " {}",
            "byte order mark" => "\uFEFF" + good,
            "lone surrogate" => good.Replace("\"final\"", "\"\\ud800\"", StringComparison.Ordinal),
            _ => good + new string(' ', 30_000),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, Record)) { Content = new StringContent(bad, System.Text.Encoding.UTF8, "application/fhir+json") };
        request.Headers.TransferEncodingChunked = fault == "too large without saying so";

        var answer = await world.SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Empty(world.Source.Seen);
        Assert.Empty(world.Consent.Log);
    }

    private static JsonObject Make(string kind) => kind switch
    {
        "text" => Entries.Text(),
        "measure" => Entries.Measure(),
        "goal" => Entries.Goal(),
        _ => Entries.Feedback(),
    };

    /// <summary>Every object of a delivery with its path; resources count as what they are inside.</summary>
    private static IEnumerable<(JsonObject Object, string Path)> ObjectsIn(JsonObject node, string path) =>
        node.SelectMany(member => member.Value switch
        {
            JsonObject inner => ObjectsIn(inner, $"{path}.{member.Key}"),
            JsonArray array => array.Select((one, place) => (one, place)).Where(static pair => pair.one is JsonObject).SelectMany(pair => ObjectsIn((JsonObject)pair.one!, $"{path}.{member.Key}[{pair.place}]")),
            _ => [],
        }).Prepend((node, path));

    /// <summary>The one of these names that may stand somewhere.</summary>
    private static bool IsPermitted(string path, string name) => name == "language" && path.EndsWith(".attachment", StringComparison.Ordinal);
}
