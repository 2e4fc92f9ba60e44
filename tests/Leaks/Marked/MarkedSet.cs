// All marked resources of all types that the catalogue names.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Sisote.Policy.Catalogues;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Leaks.Marked;

/// <summary>For each item of a type: resources that carry it, in every variant of every choice, and resources that almost do and must stay.</summary>
internal static class MarkedSet
{
    private const int FewVariants = 3;
    private const string TooLong = "too-long";
    private const string Unknown = "https://unknown.example/system";
    private static readonly string[] SubjectNames = ["subject", "patient", "for"];
    private static readonly ConcurrentDictionary<string, ImmutableArray<MarkedResource>> Made = new(StringComparer.Ordinal);

    /// <summary>The types of the catalogue, in order.</summary>
    internal static ImmutableArray<string> Types { get; } =
        [.. GatewayWorld.Catalogue.Items.Values.SelectMany(static item => item.Selectors).Select(static selector => selector.ResourceType).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The types of which it can be said whose data they are.</summary>
    internal static ImmutableArray<string> TypesWithClient { get; } = [.. Types.Where(static type => type == "Patient" || SubjectOf(DefinitionOf(type)) is not null)];

    /// <summary>The definition of a type.</summary>
    internal static ClassMapping DefinitionOf(string type) => ModelInfo.ModelInspector.FindClassMapping(type) ?? throw new ArgumentException(type);

    /// <summary>The resources of a type.</summary>
    internal static ImmutableArray<MarkedResource> Of(string type) => Made.GetOrAdd(type, static name => [.. Make(name)]);

    private static IEnumerable<FhirSelector> SelectorsOf(string type) =>
        GatewayWorld.Catalogue.Items.Values.OrderBy(static item => item.Id.Value, StringComparer.Ordinal).SelectMany(static item => item.Selectors).Where(selector => selector.ResourceType == type);

    private static IEnumerable<MarkedResource> Make(string type)
    {
        var (definition, number) = (DefinitionOf(type), 0);
        foreach (var selector in SelectorsOf(type))
        {
            var variants = ResourceMaker.VariantsOf(definition);
            for (var variant = 0; variant < (number == 0 ? variants : Math.Min(variants, FewVariants)); variant++) // every choice once, the first few with every item
            {
                yield return Finish(Fit(new ResourceMaker(definition, variant).Make(), definition, selector), null);
            }

            foreach (var (why, change) in Stays(definition, selector))
            {
                var resource = Fit(new ResourceMaker(definition, 1).Make(), definition, selector);
                change(resource);
                yield return Finish(resource, why);
            }
        }

        MarkedResource Finish(JsonObject resource, string? why)
        {
            number++;
            var id = Marks.Text(string.Create(CultureInfo.InvariantCulture, $"{type}.id#{number}"));
            resource["id"] = (string?)resource["id"] == TooLong ? id + id : id;
            return new MarkedResource(type, (string)resource["id"]!, resource.ToJsonString(), why);
        }
    }

    /// <summary>Makes a resource carry an item: the client, the codings it is known by, no modifier that it does not name.</summary>
    private static JsonObject Fit(JsonObject resource, ClassMapping definition, FhirSelector selector)
    {
        resource.Remove("id");
        if (SubjectOf(definition) is { } subject)
        {
            Point(resource, subject);
        }
        else
        {
            var identifiers = new JsonArray(JsonNode.Parse($$"""{"system":"urn:oid:1.2.246.21","value":"{{MarkedResource.Client}}","assigner":{"display":"{{Marks.Text("Patient.identifier.national.assigner")}}"} }"""));
            foreach (var system in selector.IdentifierSystems.Where(static system => system != "urn:oid:1.2.246.21"))
            {
                identifiers.Add(new JsonObject { ["system"] = system, ["value"] = Marks.Text($"{definition.Name}.identifier.permitted.{system}") });
            }

            identifiers.Add(resource["identifier"]![0]!.DeepClone());
            resource["identifier"] = identifiers;
        }

        foreach (var modifier in UnnamedModifiers(definition, selector))
        {
            resource.Remove(modifier);
            resource.Remove("_" + modifier);
        }

        foreach (var filter in selector.Filters)
        {
            Code(resource, definition, filter.Path, filter.System, filter.Codes[0]);
        }

        if (selector.CodeBinding is { } list)
        {
            Code(resource, definition, "code", GatewayWorld.Catalogue.CodeLists[list].System, GatewayWorld.Catalogue.CodeLists[list].Codes.Keys.Order(StringComparer.Ordinal).First());
        }

        return resource;
    }

    private static void Point(JsonObject resource, string subject)
    {
        var reference = resource[subject]!.AsObject();
        reference["reference"] = "Patient/p1";
        reference["identifier"]!["system"] = "urn:oid:1.2.246.21";
        reference["identifier"]!["value"] = MarkedResource.Client;
    }

    /// <summary>The right coding first, a marked one of another system beside it, marked words all round.</summary>
    private static void Code(JsonObject resource, ClassMapping definition, string path, string system, string code)
    {
        var place = $"{definition.Name}.{path}";
        var right = new JsonObject { ["id"] = Marks.Text($"{place}.coding.id"), ["system"] = system, ["version"] = Marks.Text($"{place}.coding.version"), ["code"] = code, ["display"] = Marks.Text($"{place}.coding.display") };
        if (path == "meta.security")
        {
            resource["meta"]!["security"] = new JsonArray(right);
            return;
        }

        var property = definition.PropertyMappings.Single(property => property.Name == path);
        var other = new JsonObject { ["system"] = $"urn:{Marks.Text($"{place}.other.system")}", ["code"] = Marks.Text($"{place}.other.code"), ["display"] = Marks.Text($"{place}.other.display") };
        var concept = property.PropertyTypeMapping.Name == "Coding" ? right : new JsonObject { ["coding"] = new JsonArray(right, other), ["text"] = Marks.Text($"{place}.text") };
        resource[path] = property.IsCollection ? new JsonArray(concept) : concept;
    }

    private static IEnumerable<string> UnnamedModifiers(ClassMapping definition, FhirSelector selector) =>
        from property in definition.PropertyMappings
        where property.IsModifier && property.Name is not ("modifierExtension" or "implicitRules") && property.Name != SubjectOf(definition)
        where !selector.Elements.Any(path => path == property.Name || path.StartsWith(property.Name + ".", StringComparison.Ordinal))
        from name in property.Choice == ChoiceType.DatatypeChoice ? property.FhirTypeMappings.Select(type => property.Name + char.ToUpperInvariant(type.Name[0]) + type.Name[1..]) : [property.Name]
        select name;

    /// <summary>Ways in which a resource that carries an item must stay all the same.</summary>
    private static IEnumerable<(string Why, Action<JsonObject> Change)> Stays(ClassMapping definition, FhirSelector selector)
    {
        var subject = SubjectOf(definition);
        static JsonArray Strange() => new(new JsonObject { ["url"] = "urn:x", ["valueString"] = Marks.Text("modifierExtension.value") });
        yield return ("a modifier extension", static resource => resource["modifierExtension"] = Strange());
        yield return ("a modifier extension below", resource => resource.First(static member => member.Value is JsonObject && member.Key != "meta" || member.Value is JsonArray { Count: > 0 } many && many[0] is JsonObject && member.Key != "contained").Value
            .As()["modifierExtension"] = Strange());
        yield return ("implicit rules", static resource => resource["implicitRules"] = $"urn:{Marks.Text("implicitRules")}");
        yield return ("a label nobody knows", static resource => resource["meta"]!["security"]!.AsArray().Add(new JsonObject { ["code"] = Marks.Text("meta.security.strange") }));
        yield return ("a label without a code", static resource => resource["meta"]!["security"]!.AsArray().Add(new JsonObject { ["display"] = Marks.Text("meta.security.words") }));
        if (subject is not null) // a Patient is known by its client, not by its id
        {
            yield return ("an id too long", static resource => resource["id"] = TooLong);
        }

        yield return ("nobody's", resource => Client(resource, subject, null));
        yield return ("another client's", resource => Client(resource, subject, Some.Onni));
        if (!selector.AllowedSecurityLabels.Contains("PSY"))
        {
            yield return ("a psychiatric label", static resource => resource["meta"]!["security"]!.AsArray().Add(new JsonObject { ["code"] = "PSY" }));
        }

        foreach (var flag in definition.PropertyMappings.Where(property => property.IsModifier && UnnamedModifiers(definition, selector).Contains(property.Name) && property.PropertyTypeMapping?.Name == "boolean" && property.Name != "active"))
        {
            yield return ($"{flag.Name} unsaid", resource => resource[flag.Name] = true);
        }

        if (selector.CodeBinding is not null || selector.Filters.Any(static filter => filter.Path == "code"))
        {
            yield return ("a code outside the list", static resource => resource["code"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = Unknown, ["code"] = Marks.Text("code.outside") }) });
        }
    }

    private static JsonObject As(this JsonNode? node) => node is JsonArray many ? many[0]!.AsObject() : node!.AsObject();

    private static void Client(JsonObject resource, string? subject, string? hetu)
    {
        var identifier = subject is null ? resource["identifier"]![0]!.AsObject() : resource[subject]!["identifier"]!.AsObject();
        identifier["value"] = hetu;
        if (hetu is null)
        {
            identifier.Remove("value");
        }
    }

    private static string? SubjectOf(ClassMapping definition) => definition.Name == "Patient" ? null
        : SubjectNames.FirstOrDefault(name => definition.PropertyMappings.Any(property => property.Name == name && !property.IsCollection && property.FhirType.Contains(typeof(ResourceReference))));
}
