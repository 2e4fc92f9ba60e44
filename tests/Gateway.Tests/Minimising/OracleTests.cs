// The minimiser against the reference on resources that nobody here wrote.
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Catalogues;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Minimising;

public sealed class OracleTests
{
    // Nobody's example of these is among the outside data, and a generated one is hardly ever FHIR in every element.
    private static readonly string[] Unparsed = ["CareTeam", "MeasureReport"];

    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);

    public static TheoryData<string> Folders => [.. Corpora.Folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void TheMinimiserEqualsTheReferenceOnEveryExampleAndEveryItem(string folder)
    {
        var (compared, released) = (0, 0);
        foreach (var (type, text) in Corpora.Read(folder))
        {
            if (Masks.ShapeOf(type) is not { HasClient: true } shape || Parse(text) is not { } parsed)
            {
                continue;
            }

            var selectors = Masks.SelectorsFor(type).Select(static pair => pair.Selector).ToArray();
            foreach (var chosen in selectors.Select(static selector => new[] { selector }).Append(selectors))
            {
                compared++;
                released += Compare(text, parsed, shape, chosen) ? 1 : 0;
            }
        }

        Assert.True(compared > 0 && (released > 0 || folder == "hl7-physical-activity"), $"{compared} compared, {released} released");
    }

    [Theory]
    [MemberData(nameof(MinimiserTests.Types), MemberType = typeof(MinimiserTests))]
    public void TheMinimiserEqualsTheReferenceOnGeneratedResourcesThatAreFhir(string type)
    {
        var shape = Masks.ShapeOf(type)!;
        var selectors = Masks.SelectorsFor(type).Select(static pair => pair.Selector).ToArray();
        var compared = 0;
        Gen.Select(Mutations.Of(Seeds.Of(type)), Gen.Int[1, (1 << selectors.Length) - 1]).Sample((text, chosen) =>
        {
            if (StrictJson.IsSound(text) && Parse(text) is { } parsed && parsed.TypeName == type)
            {
                Compare(text, parsed, shape, [.. selectors.Where((_, place) => (chosen >> place & 1) == 1)]);
                compared++;
            }
        }, iter: DifferentialTests.Runs / 4, threads: 1);
        Assert.True(compared > 0 || Unparsed.Contains(type), $"No {type} was FHIR.");
    }

    /// <summary>Compares; true = something leaves, which the Firely parser takes for R4.</summary>
    private static bool Compare(byte[] text, Resource parsed, TypeShape shape, FhirSelector[] chosen)
    {
        var expected = new Oracle(chosen, GatewayWorld.Catalogue).Minimise(parsed);
        var actual = Minimise(text, shape, chosen);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{Encoding.UTF8.GetString(text)}\nexpected {expected?.ToJsonString()}\nactual   {actual?.ToJsonString()}");
        Assert.True(actual is null || Parse(Encoding.UTF8.GetBytes(actual.ToJsonString())) is not null, $"Not FHIR R4: {actual?.ToJsonString()}");
        return actual is not null;
    }

    private static Resource? Parse(byte[] text)
    {
        try
        {
            return new FhirJsonDeserializer().DeserializeResource(Encoding.UTF8.GetString(text));
        }
        catch (Exception) // on mutated texts it throws more kinds than it documents
        {
            return null;
        }
    }

    private static JsonNode? Minimise(byte[] text, TypeShape shape, FhirSelector[] selectors)
    {
        var mask = MaskCompiler.Compile(shape.Definition, selectors, [], GatewayWorld.Catalogue.CodeLists, Masks.Labels);
        using var json = new SoundJson();
        Assert.True(json.TryRead(text, Masks.GuideFor(shape, isSearchset: false)));
        using var output = new PooledBytes();
        return new Minimiser(output, new Sisote.Gateway.Release.ReadRelinker("handle"), Masks.Labels).TryWriteRelease(ResourceIndex.Of(json, 0, shape), "id-1", mask) ? JsonNode.Parse(output.Written.Span) : null;
    }
}
