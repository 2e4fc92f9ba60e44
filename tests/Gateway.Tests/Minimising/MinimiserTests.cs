// What the minimiser lets out, for any resource and any set of items.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Minimising;

public sealed class MinimiserTests
{
    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);

    // Composition loses its authors (references), QuestionnaireResponse is filtered by a canonical address, which no filter matches, MeasureReport is about no single client.
    private static readonly string[] NeverReleased = ["Composition", "QuestionnaireResponse", "MeasureReport"];

    public static TheoryData<string> Types => [.. GatewayWorld.Catalogue.Items.Values.SelectMany(static item => item.Selectors).Select(static selector => selector.ResourceType).Distinct().Where(static type => Masks.ShapeOf(type) is { HasClient: true }).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void WhatIsReleasedIsASubsetOfWhatIsPermittedForAnyResourceAndAnyItems(string type)
    {
        var shape = Masks.ShapeOf(type)!;
        var selectors = Masks.SelectorsFor(type);
        Gen.Select(ResourceGenerator.Resources(shape, Seeds.Accepted(type)), Gen.Int[0, (1 << Math.Min(selectors.Length, 20)) - 1]).Sample((resource, chosen) =>
        {
            var items = selectors.Where((_, place) => (chosen >> place & 1) == 1).Select(static pair => pair.Item).ToHashSet();
            if (Minimise(resource, shape, items) is not { } released)
            {
                return;
            }

            var paths = ItemMasks.Match(Index(resource, shape), items).SelectMany(static pair => pair.Selector.Elements).ToArray();
            foreach (var (path, value) in Leaves(released.AsObject(), string.Empty).Where(static leaf => leaf.Path is not ("resourceType" or "id") && !leaf.Path.StartsWith("meta.", StringComparison.Ordinal)))
            {
                Assert.Contains(paths, permitted => path == permitted || path.StartsWith(permitted + ".", StringComparison.Ordinal));
                var isNamed = paths.Contains(path) || path.StartsWith("name.", StringComparison.Ordinal) || path.Contains("address", StringComparison.Ordinal) || path.Contains("telecom", StringComparison.Ordinal);
                Assert.True(isNamed || !value.Contains("text@", StringComparison.Ordinal), $"{path} let out {value}");
            }
        }, iter: 200);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void MinimisingTwiceIsMinimisingOnce(string type)
    {
        var shape = Masks.ShapeOf(type)!;
        var items = Masks.ItemsOf(type).ToHashSet();
        var released = 0;
        ResourceGenerator.Resources(shape, Seeds.Accepted(type)).Sample(resource =>
        {
            if (Minimise(resource, shape, items) is not { } once)
            {
                return;
            }

            released++;
            var again = (JsonObject)once.DeepClone();
            again[shape.SubjectElement ?? "gender"] = shape.SubjectElement is { } subject ? resource[subject]!.DeepClone() : once["gender"]?.DeepClone();
            var mask = Masks.MaskFor(shape, ItemMasks.Match(Index(resource, shape), items), []);
            Assert.Equal(once.ToJsonString(), Write(again, shape, mask)?.ToJsonString());
        }, iter: 200, threads: 1);
        Assert.True(released > 0 || NeverReleased.Contains(type), $"No {type} was ever released, so the property says nothing.");
    }

    [Fact]
    public void TheOfficialExamplesNeverLetOutWhatNoItemNames()
    {
        var (seen, released) = (0, 0);
        foreach (var file in Directory.GetFiles(SharedData.Require("fhir-r4-official"), "*.json").Concat(Directory.GetFiles(SharedData.Require("hl7-physical-activity"), "*.json", SearchOption.AllDirectories)))
        {
            var bytes = File.ReadAllBytes(file);
            var type = (string?)JsonNode.Parse(bytes)?["resourceType"];
            if (!StrictJson.IsSound(bytes) || type is null || Masks.ShapeOf(type) is not { HasClient: true } shape)
            {
                continue;
            }

            seen++;
            var items = Masks.ItemsOf(type).ToHashSet();
            if (Minimise(JsonNode.Parse(bytes)!.AsObject(), shape, items) is { } once)
            {
                released++;
                Assert.DoesNotContain("<div", once.ToJsonString(), StringComparison.Ordinal);
                Assert.Null(once["text"]);
                Assert.Null(once["contained"]);
            }
        }

        Assert.True(seen > 50 && released > 0, $"{seen} seen, {released} released");
    }

    [Fact]
    public void AResourceThatLosesAMandatoryElementStays()
    {
        var shape = Masks.ShapeOf("Flag")!;
        var flag = Some.Restriction(Some.Aino);
        flag["status"] = "words with spaces";

        Assert.Null(Minimise(flag, shape, Masks.ItemsOf("Flag").ToHashSet()));
    }

    [Fact]
    public void AnUnknownModifierExtensionAnywhereKeepsTheWholeResource()
    {
        var shape = Masks.ShapeOf("Flag")!;
        var flag = Some.Restriction(Some.Aino);
        flag["period"]!["modifierExtension"] = new JsonArray(new JsonObject { ["url"] = "http://x", ["valueBoolean"] = true });

        Assert.Null(Minimise(flag, shape, Masks.ItemsOf("Flag").ToHashSet()));
    }

    [Theory]
    [InlineData("doNotPerform", "true", 1)]
    [InlineData("doNotPerform", "false", 2)]
    [InlineData("doNotPerform", "\"true\"", 1)]
    [InlineData("status", "\"words that are no code\"", 1)]
    public void AnActivityThatThePlanForbidsIsNeverReadAsOneThatItAsksFor(string name, string value, int released)
    {
        var plan = Some.Parse(Entries.Plan("Goal/1").ToJsonString());
        var forbidden = Some.Parse("""{"detail":{"status":"scheduled","description":"Swimming"}}""");
        forbidden["detail"]![name] = JsonNode.Parse(value);
        plan["activity"] = new JsonArray(Some.Parse("""{"detail":{"status":"scheduled","description":"Walking"}}"""), forbidden);

        var left = Minimise(plan, Masks.ShapeOf("CarePlan")!, Masks.ItemsOf("CarePlan").ToHashSet())!["activity"]!.AsArray();

        Assert.Equal(released, left.Count);
        Assert.Equal("Walking", (string?)left[0]!["detail"]!["description"]);
    }

    [Theory]
    [InlineData("old", false)]
    [InlineData("temp", false)]
    [InlineData("official", true)]
    [InlineData(null, true)]
    public void AnIdentifierThatIsNoLongerInUseDoesNotPassForThePresentOne(string? use, bool isReleased)
    {
        var referral = Some.Referral(Some.Aino);
        var identifier = Some.Parse("""{"system":"https://sisote.example/fhir/sid/delivery","value":"delivery-1"}""");
        if (use is not null)
        {
            identifier["use"] = use;
        }

        referral["identifier"] = new JsonArray(identifier);

        Assert.Equal(isReleased, Minimise(referral, Masks.ShapeOf("ServiceRequest")!, Masks.ItemsOf("ServiceRequest").ToHashSet())!["identifier"] is not null);
    }

    [Fact]
    public void AReferralThatForbidsIsNotReleasedAsOneThatAsks()
    {
        var shape = Masks.ShapeOf("ServiceRequest")!;
        var referral = Some.Referral(Some.Aino);
        referral["doNotPerform"] = true;

        Assert.Null(Minimise(referral, shape, Masks.ItemsOf("ServiceRequest").ToHashSet()));
        referral["doNotPerform"] = false;
        Assert.NotNull(Minimise(referral, shape, Masks.ItemsOf("ServiceRequest").ToHashSet()));
    }

    [Fact]
    public void ADisplayComesFromTheCatalogueAndACodeOutsideTheClosedListKeepsTheResource()
    {
        var shape = Masks.ShapeOf("Flag")!;
        var flag = Some.Restriction(Some.Aino);

        var released = Minimise(flag, shape, Masks.ItemsOf("Flag").ToHashSet())!;
        flag["code"]!["coding"]![0]!["code"] = "F32.1";

        Assert.Equal(GatewayWorld.Catalogue.CodeLists["sisote-exercise-restriction-vs"].Codes[Some.RestrictionCode].Fi, (string?)released["code"]!["coding"]![0]!["display"]);
        Assert.Single(released["category"]![0]!["coding"]!.AsArray());
        Assert.Null(Minimise(flag, shape, Masks.ItemsOf("Flag").ToHashSet()));
    }

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static ResourceIndex Index(JsonObject resource, TypeShape shape)
    {
        var json = new SoundJson();
        Assert.True(json.TryRead(Bytes(resource), Masks.GuideFor(shape, isSearchset: false)));
        return ResourceIndex.Of(json, 0, shape);
    }

    private static JsonNode? Minimise(JsonObject resource, TypeShape shape, IReadOnlySet<DataItemId> items)
    {
        var index = Index(resource, shape);
        var matched = ItemMasks.Match(index, items);
        Assert.Equal(matched.IsEmpty, Masks.For(shape, items, []).Find(index) is null);
        return matched.IsEmpty ? null : Write(resource, shape, Masks.MaskFor(shape, matched, []));
    }

    private static JsonNode? Write(JsonObject resource, TypeShape shape, MaskNode mask)
    {
        using var output = new PooledBytes();
        var written = new Minimiser(output, new Sisote.Gateway.Release.ReadRelinker("handle"), Masks.Labels).TryWriteRelease(Index(resource, shape), "id-1", mask);
        Assert.True(written || output.Length == 0);
        return written ? JsonNode.Parse(output.Written.Span, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) : null;
    }

    private static IEnumerable<(string Path, string Value)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject found => found.SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray found => found.SelectMany(element => Leaves(element, path)),
        null => [],
        _ => [(path, node.ToJsonString())],
    };
}
