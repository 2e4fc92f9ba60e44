// Which search parameters a recipient has, and that they read what FHIR R4 says.
using System.Text;
using System.Text.Json;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Release;
using Sisote.Gateway.Searching;
using Sisote.Policy.Requests;
using Sisote.Tests.Gateway.Minimising;
using Sisote.Tests.Gateway.World;
using SearchParameter = Sisote.Gateway.Searching.SearchParameter;

namespace Sisote.Tests.Gateway.Searching;

public sealed class SearchTableTests
{
    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);

    public static TheoryData<string> Types => MinimiserTests.Types;

    private static SearchTable OfCounsellor(string type) => Sight.Of(GatewayWorld.Catalogue, Some.Deployment, Masks, Some.Asker, Direction.Read).Searching(type);

    private static SearchTable OfAllItems(string type) => SearchTable.Of(Masks.ShapeOf(type)!, Masks.MaskFor(Masks.ShapeOf(type)!, ulong.MaxValue, string.Empty), Masks.SelectorsFor(type));

    [Fact]
    public void ACounsellorMayAskAboutWhatACounsellorMaySee()
    {
        Assert.Equal(["_id", "category", "code", "date", "status", "value-quantity"], Names("Observation").Except(["combo-code", "combo-value-quantity", "component-code", "component-value-quantity", "component-value-concept", "combo-value-concept", "performer", "component-data-absent-reason", "combo-data-absent-reason"]));
        Assert.Equal(["_id", "author", "category", "code", "date"], Names("Flag"));
        Assert.Equal(["patient", "subject"], OfCounsellor("Flag").ClientNames);
        Assert.Contains("lifecycle-status", Names("Goal"));
        Assert.DoesNotContain("identifier", Names("Goal"));
        Assert.Empty(Names("Condition"));
        Assert.DoesNotContain(Names("Observation"), static name => name is "_lastUpdated" or "encounter" or "identifier" or "value-string" or "specimen" or "code-value-quantity");

        static IEnumerable<string> Names(string type) => OfCounsellor(type).Parameters.Select(static parameter => parameter.Name);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryParameterIsDefinedByFhirR4OrTellsTheCataloguesItemsApart(string type)
    {
        var defined = ModelInfo.SearchParameters.Where(parameter => parameter.Resource == type).Select(static parameter => parameter.Name).ToHashSet();
        var apart = Masks.SelectorsFor(type).SelectMany(static pair => pair.Selector.Filters.Select(static filter => filter.Path).Append("code"));

        Assert.Empty(OfAllItems(type).Parameters.Select(static parameter => parameter.Name).Except(["_id"]).Where(name => !defined.Contains(name)).Except(apart));
        Assert.All(OfAllItems(type).ClientNames, name => Assert.Contains(name, defined));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void AParameterFindsInWhatLeavesExactlyWhatItsExpressionFinds(string type)
    {
        var (shape, table, compared) = (Masks.ShapeOf(type)!, OfAllItems(type), 0);
        var definitions = SearchDefinitions.Of(type).ToDictionary(static definition => definition.Name);
        foreach (var text in Seeds.Of(type))
        {
            if (Minimise(text, shape) is not { } leaving || Parse(leaving) is not { } parsed)
            {
                continue;
            }

            using var document = JsonDocument.Parse(leaving);
            foreach (var parameter in table.Parameters.Where(parameter => parameter.Name != "_id" && definitions.ContainsKey(parameter.Name)))
            {
                var expected = definitions[parameter.Name].Expressions
                    .SelectMany(expression => parsed.Select(expression.Replace(".where(resolve() is Patient)", string.Empty, StringComparison.Ordinal)))
                    .OfType<Base>().Where(value => SearchParameter.CanRead(parameter.Kind, value.TypeName)).Select(Show);
                var actual = parameter.ValuesIn(document.RootElement).Select(static value => Show(value)).ToArray();
                Assert.True(expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)), $"{type} {parameter.Name} in {leaving}");
                compared += actual.Length;
            }
        }

        Assert.True(compared > 0 || type is "Appointment" or "Composition" or "MeasureReport" or "Contract" or "CareTeam", $"{type}: nothing was compared.");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void AConditionOnlyEverLeavesOutWhatDoesNotFulfilIt(string type)
    {
        var (shape, table) = (Masks.ShapeOf(type)!, OfAllItems(type));
        foreach (var text in Seeds.Of(type).Select(text => Minimise(text, shape)).OfType<string>())
        {
            using var document = JsonDocument.Parse(text);
            foreach (var parameter in table.Parameters)
            {
                var isMissing = SearchCondition.Read(table, $"{parameter.Name}:missing", "true", DateTimeOffset.UnixEpoch)!;
                var isThere = SearchCondition.Read(table, $"{parameter.Name}:missing", "false", DateTimeOffset.UnixEpoch)!;
                Assert.NotEqual(isMissing.Holds(document.RootElement), isThere.Holds(document.RootElement));
                foreach (var code in parameter.Kind == SearchParamType.Token ? parameter.ValuesIn(document.RootElement).SelectMany(TokenTest.CodesIn).Select(static found => found.Code) : [])
                {
                    var escaped = code.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
                    Assert.True(SearchCondition.Read(table, parameter.Name, escaped, DateTimeOffset.UnixEpoch)!.Holds(document.RootElement));
                    Assert.False(SearchCondition.Read(table, $"{parameter.Name}:not", escaped, DateTimeOffset.UnixEpoch)!.Holds(document.RootElement));
                }
            }
        }
    }

    private static string? Minimise(byte[] text, TypeShape shape)
    {
        using var json = new SoundJson();
        using var output = new PooledBytes();
        return json.TryRead(text, Masks.GuideFor(shape, isSearchset: false))
            && new Minimiser(output, new ReadRelinker(new string('h', 64)), Masks.Labels).TryWriteRelease(ResourceIndex.Of(json, 0, shape), "id-1", Masks.MaskFor(shape, ulong.MaxValue, string.Empty))
            ? Encoding.UTF8.GetString(output.Written.Span)
            : null;
    }

    private static Resource? Parse(string text)
    {
        try
        {
            return new FhirJsonDeserializer().DeserializeResource(text);
        }
        catch (DeserializationFailedException)
        {
            return null;
        }
    }

    private static string Show(Base value) => value switch
    {
        CodeableConcept concept => string.Join(';', concept.Coding.Select(static coding => $"{coding.System}|{coding.Code}")),
        Coding coding => $"{coding.System}|{coding.Code}",
        Quantity quantity => $"{quantity.System}|{quantity.Code}",
        ResourceReference reference => reference.Reference ?? string.Empty,
        PrimitiveType primitive => (primitive.JsonValue as string) ?? primitive.JsonValue?.ToString()?.ToLowerInvariant() ?? string.Empty,
        _ => value.TypeName,
    };

    private static string Show(FoundValue value) => value.Type switch
    {
        "CodeableConcept" => string.Join(';', TokenTest.CodesIn(value).Select(static coding => $"{coding.System}|{coding.Code}")),
        "Coding" or "Quantity" => $"{value.Text("system")}|{value.Text("code")}",
        "Reference" => value.Text("reference")!,
        _ => value.Said ?? value.Type,
    };
}
