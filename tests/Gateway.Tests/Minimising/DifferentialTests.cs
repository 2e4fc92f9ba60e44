// The fast minimiser against the plain one, on everything that can be found or made.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.Minimising.Plain;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Minimising;

/// <summary>A long run: <c>SISOTE_MINIMISER_RUNS=1000000</c>.</summary>
public sealed class DifferentialTests
{
    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);
    private static readonly PlainPipeline Pipeline = new(GatewayWorld.Catalogue, Masks);
    internal static readonly long Runs = long.TryParse(Environment.GetEnvironmentVariable("SISOTE_MINIMISER_RUNS"), CultureInfo.InvariantCulture, out var runs) ? runs : 1000;

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> Folders => [.. Corpora.Folders];

    [Fact]
    public void TheStrictCheckAgreesWithThePlainOneOnEveryHostileText()
    {
        var (sound, all) = (0, 0);
        foreach (var file in Directory.GetFiles(SharedData.Require("json-hostile"), "*.json", SearchOption.AllDirectories))
        {
            var text = File.ReadAllBytes(file);
            Assert.True(PlainJson.IsSound(text) == StrictJson.IsSound(text), Path.GetFileName(file));
            sound += StrictJson.IsSound(text) ? 1 : 0;
            all++;
        }

        Assert.True(all > 150 && sound > 50 && sound < all, $"{sound} of {all}");
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void EveryOutsideResourceLeavesInTheSameBytesUnderEveryItem(string folder)
    {
        var (compared, released) = (0, 0);
        foreach (var (type, text) in Corpora.Read(folder))
        {
            Assert.True(StrictJson.IsSound(text) == PlainJson.IsSound(text), type);
            if (Masks.ShapeOf(type) is { HasClient: true } shape)
            {
                foreach (var items in Masks.ItemsOf(type).Select(static item => new HashSet<DataItemId> { item }).Append([.. Masks.ItemsOf(type)]))
                {
                    compared++;
                    released += Compare(text, shape, items) is PlainPipeline.Refused or PlainPipeline.Stays ? 0 : 1;
                }
            }
        }

        Assert.True(compared > 0 && (released > 0 || folder == "hl7-physical-activity"), $"{compared} compared, {released} released");
    }

    [Theory]
    [MemberData(nameof(MinimiserTests.Types), MemberType = typeof(MinimiserTests))]
    public void AnyMutatedResourceIsRefusedOrLeavesInTheSameBytes(string type)
    {
        var shape = Masks.ShapeOf(type)!;
        var items = Masks.ItemsOf(type).ToHashSet();
        var seeds = Seeds.Of(type);
        Mutations.Of(seeds).Sample(text => { Compare(text, shape, items); }, iter: Runs);
    }

    [Theory]
    [MemberData(nameof(MinimiserTests.Types), MemberType = typeof(MinimiserTests))]
    public void TheStrictCheckAgreesWithThePlainOneOnAnyMutatedText(string type) =>
        Mutations.Of(Seeds.Of(type)).Sample(static text => StrictJson.IsSound(text) == PlainJson.IsSound(text), iter: Runs);

    [Theory]
    [MemberData(nameof(MinimiserTests.Types), MemberType = typeof(MinimiserTests))]
    public void AnyGeneratedResourceLeavesInTheSameBytesUnderAnyItems(string type)
    {
        var shape = Masks.ShapeOf(type)!;
        var selectors = Masks.SelectorsFor(type);
        Gen.Select(ResourceGenerator.Resources(shape, Seeds.Accepted(type)), Gen.Int[0, (1 << selectors.Length) - 1], Gen.Bool).Sample((resource, chosen, isIndented) =>
        {
            var items = selectors.Where((_, place) => (chosen >> place & 1) == 1).Select(static pair => pair.Item).ToHashSet();
            Compare(Encoding.UTF8.GetBytes(resource.ToJsonString(isIndented ? Indented : null)), shape, items);
        }, iter: Runs / 4);
    }

    /// <summary>Names are expected in the order of the object before, so every order must read the same after every other.</summary>
    [Theory]
    [MemberData(nameof(MinimiserTests.Types), MemberType = typeof(MinimiserTests))]
    public void MembersInAnyOrderLeaveInTheSameBytesWhateverWasReadBefore(string type)
    {
        var shape = Masks.ShapeOf(type)!;
        var items = Masks.ItemsOf(type).ToHashSet();
        Gen.Select(ResourceGenerator.Resources(shape, Seeds.Accepted(type)), Gen.Int, Gen.Bool).Sample((resource, order, isIndented) =>
        {
            var shuffled = Shuffled(resource, order);
            Compare(Encoding.UTF8.GetBytes(resource.ToJsonString()), shape, items);
            Compare(Encoding.UTF8.GetBytes(shuffled.ToJsonString(isIndented ? Indented : null)), shape, items);
        }, iter: Runs / 4);
    }

    private static JsonNode Shuffled(JsonNode node, int order) => node switch
    {
        JsonObject found => new JsonObject(found.OrderBy(member => Utf8Key.Of(Encoding.UTF8.GetBytes($"{order}{member.Key}")).Hash)
            .Select(member => KeyValuePair.Create(member.Key, member.Value is { } value ? Shuffled(value, order) : null))),
        JsonArray found => new JsonArray([.. found.Select(element => element is null ? null : Shuffled(element, order))]),
        _ => node.DeepClone(),
    };

    [Theory]
    [InlineData("""{"resourceType":"Flag","text":{"div":1,"div":2},"status":"active"}""", "a member twice")]
    [InlineData("""{"resourceType":"Flag","text":{"a" 1},"status":"active"}""", "a missing colon")]
    [InlineData("""{"resourceType":"Flag","text":{"a":NaN},"status":"active"}""", "a number that is none")]
    [InlineData("""{"resourceType":"Flag","text":{"a":"\x"},"status":"active"}""", "an escape that is none")]
    public void WhatIsSteppedOverMayHoldWhatNobodyReads(string text, string what)
    {
        using var json = new SoundJson();
        var guide = Masks.GuideFor(Masks.ShapeOf("Flag")!, isSearchset: false);

        Assert.False(StrictJson.IsSound(Encoding.UTF8.GetBytes(text)), what);
        Assert.True(json.TryRead(Encoding.UTF8.GetBytes(text), guide), what);
    }

    [Theory]
    [InlineData("""{"resourceType":"Flag","text":{"a":[}],"status":"active"}""", "brackets that cross")]
    [InlineData("""{"resourceType":"Flag","text":{"a":"},"status":"active"}""", "a text without an end")]
    [InlineData("""{"resourceType":"Flag","text":{"a":\"b"},"status":"active"}""", "a backslash outside a text")]
    [InlineData("{\"resourceType\":\"Flag\",\"text\":{\"a\":\"\u0001\"},\"status\":\"active\"}", "a control character")]
    [InlineData("""{"resourceType":"Flag","text":{"a":"\ud800"},"status":"active"}""", "half a character")]
    [InlineData("""{"resourceType":"Flag","text":{"modifierExtensio\u006e":[]},"status":"active"}""", "an escaped name")]
    [InlineData("""{"resourceType":"Flag","text":{"modifierExtension":[],"a":1,"a":1},"status":"active"}""", "a member twice beside a modifier extension")]
    [InlineData("""{"resourceType":"Flag","status":"active","status":"active"}""", "a permitted member twice")]
    [InlineData("""{"resourceType":"Flag","sta\u0074us":"active"}""", "an escaped name of a permitted member")]
    [InlineData("""{"resourceType":"Flag","code":{"coding":[{"code":"a" "system":"b"}]}}""", "a missing comma in what is read")]
    [InlineData("""{"resourceType":"Flag","note":nul}""", "half a literal beside what is read")]
    [InlineData("""{"resourceType":"Flag"} x""", "something behind the end")]
    public void WhatIsSteppedOverMustStillBeginAndEndWhereItSeems(string text, string what)
    {
        using var json = new SoundJson();

        Assert.False(json.TryRead(Encoding.UTF8.GetBytes(text), Masks.GuideFor(Masks.ShapeOf("Flag")!, isSearchset: false)), what);
    }

    [Fact]
    public void SixtyFourLevelsAreReadAndNoMoreWhereverTheyStand()
    {
        var guide = Masks.GuideFor(Masks.ShapeOf("Flag")!, isSearchset: false);
        foreach (var (depth, isSound) in new[] { (62, true), (63, true), (64, false), (65, false), (500, false) })
        {
            var text = Encoding.UTF8.GetBytes($$"""{"resourceType":"Flag","text":{{new string('[', depth)}}{{new string(']', depth)}}}""");
            using var json = new SoundJson();

            Assert.Equal(isSound, json.TryRead(text, guide));
            Assert.Equal(isSound, StrictJson.IsSound(text));
            Assert.Equal(isSound, PlainJson.IsSound(text));
        }
    }

    /// <summary>Compares both and gives what leaves.</summary>
    internal static string Compare(byte[] text, TypeShape shape, IReadOnlySet<DataItemId> items)
    {
        var hidden = shape.Name == "Patient" && items.Count % 2 == 0 ? new[] { "Patient.address", "Patient.telecom" } : [];
        var fast = Pipeline.Minimise(text, shape, items, hidden);
        var plain = Pipeline.MinimisePlainly(text, shape, items, hidden);
        Assert.True(fast == plain, $"{shape.Name}: {Encoding.UTF8.GetString(text)}\nfast  {fast}\nplain {plain}");
        if (fast is not (PlainPipeline.Refused or PlainPipeline.Stays))
        {
            Assert.NotNull(JsonNode.Parse(fast[fast.IndexOf(" {\"resourceType\":", StringComparison.Ordinal)..], null, new System.Text.Json.JsonDocumentOptions { AllowDuplicateProperties = false }));
            Assert.True(PlainJson.IsSound(Encoding.UTF8.GetBytes(fast[fast.IndexOf(" {\"resourceType\":", StringComparison.Ordinal)..])), fast);
        }

        return fast;
    }
}
