// When names get their numbers, and how much a catalogue may ask.
using System.Collections;
using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Minimising;

public sealed class ItemMasksTests
{
    public static TheoryData<string> Types => MinimiserTests.Types;

    /// <summary>Numbers are the same for the whole process, and other tests have given them: each type is looked at in a gateway of its own that has read nothing.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void EveryNameThatAMaskOrGuideAsksForHasItsNumberBeforeTheFirstTextIsRead(string type)
    {
        var fresh = new FreshGateway();
        var before = fresh.CountNames();

        var shape = fresh.Call(fresh.Masks, "ShapeOf", type)!;
        var numbered = fresh.CountNames();
        foreach (var isSearchset in new[] { false, true })
        {
            var json = fresh.New("SoundJson");
            var text = Encoding.UTF8.GetBytes($$$"""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"{{{type}}}"}}]}""");
            Assert.Equal(true, fresh.Call(json, "TryRead", new ReadOnlyMemory<byte>(text), fresh.Call(fresh.Masks, "GuideFor", shape, isSearchset)));
        }

        foreach (var place in Enumerable.Range(0, GatewayWorld.Catalogue.Items.Values.SelectMany(static item => item.Selectors).Count(selector => selector.ResourceType == type)))
        {
            fresh.Call(fresh.Masks, "MaskFor", shape, 1UL << place, string.Empty);
        }

        Assert.True(numbered > before, "The type brought no names, so the test says nothing.");
        Assert.Equal(numbered, fresh.CountNames());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",{\"resource\":{\"resourceType\":\"Basic\",\"modifierExtension\":[]}}")]
    public void APatientInABundleKeepsItsNameWhetherAllIsReadOrWhatIsNeeded(string another)
    {
        var masks = new ItemMasks(GatewayWorld.Catalogue);
        var shape = masks.ShapeOf("Patient")!;
        var patient = """{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:oid:1.2.246.21","value":"010190-901R"}],"name":[{"given":["Aino"],"family":"Aaltonen"}]}""";
        using var json = new SoundJson();
        using var output = new PooledBytes();

        Assert.True(json.TryRead(Encoding.UTF8.GetBytes($$$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{{patient}}}}{{{another}}}]}"""), masks.GuideFor(shape, isSearchset: true)));
        var index = ResourceIndex.Of(json, Assert.Single(Sisote.Gateway.Forwarding.SearchsetReader.Read(json, shape)!), shape);
        var mask = masks.For(shape, masks.ItemsOf("Patient").ToHashSet(), []).Find(index)!;
        Assert.True(new Minimiser(output, new Sisote.Gateway.Release.ReadRelinker("handle"), masks.Labels).TryWriteRelease(index, "id-1", mask));

        Assert.Equal("""[{"given":["Aino"],"family":"Aaltonen"}]""", JsonNode.Parse(output.Written.Span)!["name"]!.ToJsonString());
    }

    [Fact]
    public void EverythingThatAnItemNamesInsideAnObjectCanLeaveWithIt()
    {
        var item = GatewayWorld.Catalogue.Items[DataItemId.Parse("school-safety-instruction")];
        var selector = item.Selectors[0] with { Elements = item.Selectors[0].Elements.Remove("activity.detail.status") };
        var broken = With(GatewayWorld.Catalogue, item with { Selectors = [selector] });

        Assert.Empty(LostElements.FindIn(GatewayWorld.Catalogue));
        Assert.Contains("items/school-safety-instruction.yaml: of CarePlan, `activity.detail.status` is not named", Assert.Single(LostElements.FindIn(broken)), StringComparison.Ordinal);
    }

    [Fact]
    public void ACatalogueThatAsksMoreOfATypeThanCanBeToldApartIsRefusedAtOnce()
    {
        var law = GatewayWorld.Catalogue;
        var some = law.Items.Values.First(static item => item.Selectors.Any(static selector => selector.ResourceType == "Observation"));
        var selector = some.Selectors.First(static selector => selector.ResourceType == "Observation");
        var room = TypeConditions.Most - law.Items.Values.SelectMany(static item => item.Selectors).Count(static one => one.ResourceType == "Observation");

        var fault = Assert.Throws<InvalidOperationException>(() => new ItemMasks(With(law, some with { Selectors = [.. some.Selectors, .. Enumerable.Repeat(selector with { Filters = [], CodeBinding = null }, room + 1)] })));
        Assert.Contains("Observation", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(new ItemMasks(With(law, some with { Selectors = [.. some.Selectors, .. Enumerable.Repeat(selector with { Filters = [], CodeBinding = null }, room)] })).ShapeOf("Observation"));
    }

    [Fact]
    public void AnElementIdInANameDoesNotLeave()
    {
        var masks = new ItemMasks(GatewayWorld.Catalogue);
        var shape = masks.ShapeOf("Patient")!;

        Assert.All(masks.MaskFor(shape, ulong.MaxValue, string.Empty).Fields.Where(static field => field.Node is not null), static field => Assert.Null(field.Node!.Find("id"u8)));
    }

    internal static LegalCatalogue With(LegalCatalogue law, DataItem item) => new()
    {
        Version = law.Version, Items = law.Items.Values.Select(one => one.Id == item.Id ? item : one).ToFrozenDictionary(static one => one.Id), Rules = law.Rules,
        Prohibitions = law.Prohibitions, Conditions = law.Conditions, Sectors = law.Sectors, Roles = law.Roles, Purposes = law.Purposes, ConsentForms = law.ConsentForms,
        MinorsPolicies = law.MinorsPolicies, Obligations = law.Obligations, Retention = law.Retention, CodeSystems = law.CodeSystems, Names = law.Names, CodeLists = law.CodeLists,
    };

    /// <summary>The gateway's assembly loaded once more, with nothing numbered yet; what it refers to is shared.</summary>
    private sealed class FreshGateway
    {
        private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        private readonly Assembly assembly = new AssemblyLoadContext("fresh").LoadFromAssemblyPath(typeof(ItemMasks).Assembly.Location);

        internal FreshGateway() => Masks = New("ItemMasks", GatewayWorld.Catalogue);

        internal object Masks { get; }

        internal object New(string type, params object[] arguments) => Activator.CreateInstance(TypeOf(type), Any & ~BindingFlags.Static, null, arguments, null)!;

        internal object? Call(object target, string method, params object?[] arguments) =>
            target.GetType().GetMethods(Any).Single(one => one.Name == method && one.GetParameters().Length == arguments.Length && arguments.Zip(one.GetParameters()).All(static pair => pair.First is null || pair.Second.ParameterType.IsInstanceOfType(pair.First)))
                .Invoke(target, arguments);

        internal int CountNames()
        {
            var known = TypeOf("ElementNames").GetProperty("Known", Any)!.GetValue(null)!;
            return ((IEnumerable)known.GetType().GetProperty("Values", Any)!.GetValue(known)!).Cast<object>().Count();
        }

        private Type TypeOf(string name) => assembly.GetType($"{typeof(ItemMasks).Namespace}.{name}", throwOnError: true)!;
    }
}
