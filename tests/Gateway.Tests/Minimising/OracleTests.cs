// The minimiser against the reference on resources that nobody here wrote.
using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Catalogues;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Minimising;

public sealed class OracleTests
{
    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);

    [Theory]
    [InlineData("fhir-r4-official")]
    [InlineData("hl7-physical-activity")]
    public void TheMinimiserEqualsTheReferenceOnEveryExampleAndEveryItem(string folder)
    {
        var (compared, released) = (0, 0);
        foreach (var file in Directory.GetFiles(SharedData.Require(folder), "*.json", SearchOption.AllDirectories))
        {
            foreach (var (name, json) in ResourcesIn(File.ReadAllText(file)))
            {
                if (Masks.ShapeOf(name) is not { HasClient: true } shape || Parse(json) is not { } parsed)
                {
                    continue;
                }

                var selectors = Masks.SelectorsFor(name).Select(static pair => pair.Selector).ToArray();
                foreach (var chosen in selectors.Select(static selector => new[] { selector }).Append(selectors))
                {
                    var expected = new Oracle(chosen, GatewayWorld.Catalogue).Minimise(parsed);
                    var actual = Minimise(json, shape, chosen);
                    Assert.True(JsonNode.DeepEquals(expected, actual), $"{Path.GetFileName(file)}\nexpected {expected?.ToJsonString()}\nactual   {actual?.ToJsonString()}");
                    compared++;
                    released += actual is null ? 0 : 1;
                }
            }
        }

        Assert.True(compared > 0 && (released > 0 || folder != "fhir-r4-official"), $"{compared} compared, {released} released");
    }

    private static IEnumerable<(string Type, string Json)> ResourcesIn(string text)
    {
        if (JsonNode.Parse(text) is not JsonObject root)
        {
            yield break;
        }

        if (root["entry"] is JsonArray entries)
        {
            foreach (var resource in entries.Select(static entry => entry?["resource"]).OfType<JsonObject>())
            {
                yield return ((string?)resource["resourceType"] ?? string.Empty, resource.ToJsonString());
            }
        }
        else if (root["resourceType"] is not null)
        {
            yield return ((string)root["resourceType"]!, text);
        }
    }

    private static Resource? Parse(string json)
    {
        try
        {
            return new FhirJsonDeserializer().DeserializeResource(json);
        }
        catch (DeserializationFailedException)
        {
            return null;
        }
    }

    private static JsonNode? Minimise(string json, TypeShape shape, FhirSelector[] selectors)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(StrictJson.IsSound(bytes));
        var mask = MaskCompiler.Compile(shape.Definition, selectors, [], GatewayWorld.Catalogue.CodeLists);
        using var output = new PooledBytes();
        var links = new Sisote.Gateway.Release.ReadRelinker("handle", null);
        return new Minimiser(output, links, Masks.Labels).TryWriteResource(bytes, shape.Name, Minimiser.Identity("id-1"), mask) ? JsonNode.Parse(output.Written.Span) : null;
    }
}
