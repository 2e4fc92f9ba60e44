// What must be known of a resource type before its first resource is read.
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Hl7.Fhir.Introspection;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Minimising;

/// <summary>A resource type that some item of the catalogue knows: where its client stands, which elements decide on items, which change its meaning.</summary>
internal sealed class TypeShape
{
    private static readonly FrozenSet<string> CodedTypes = FrozenSet.Create("CodeableConcept", "Coding");

    internal required string Name { get; init; }

    internal required byte[] Utf8Name { get; init; }

    /// <summary>How a resource begins that is written anew.</summary>
    internal byte[] Opening => field ??= Encoding.ASCII.GetBytes($"{{\"resourceType\":\"{Name}\"");

    internal required ClassMapping Definition { get; init; }

    /// <summary>The element that names the client; null for Patient.</summary>
    internal required string? SubjectElement { get; init; }

    /// <summary>Elements that change the meaning of the resource; the place of each is its bit in <see cref="ResourceIndex"/>.</summary>
    internal required ImmutableArray<string> Modifiers { get; init; }

    /// <summary>What the selectors ask of a resource.</summary>
    internal required TypeConditions Conditions { get; init; }

    /// <summary>The elements that something must be known of.</summary>
    internal required RootElement?[] Elements { get; init; }

    /// <summary>What is known of an element, by the number of its name.</summary>
    internal RootElement? ElementOf(int name) => (uint)name < (uint)Elements.Length ? Elements[name] : null;

    /// <summary>Whether somebody can be told whose data a resource of the type is; if not, none is ever released.</summary>
    internal bool HasClient => SubjectElement is not null || Name == "Patient";

    /// <summary>Which of the type's selectors belong to these items, one bit each.</summary>
    internal ulong BitsOf(IReadOnlySet<DataItemId> items) => Conditions.BitsOf(items);

    internal static TypeShape? For(string resourceType, ImmutableArray<ItemSelector> selectors, Func<string, IEnumerable<(string System, string Code)>> codesOf, CodeLabels known)
    {
        if (selectors.IsEmpty || FhirTypes.Find(resourceType) is not { } definition)
        {
            return null;
        }

        var subject = resourceType == "Patient" ? null : FhirTypes.SubjectElement(definition);
        ImmutableArray<string> modifiers = [.. FhirTypes.Modifiers(definition)];
        var coded = definition.PropertyMappings.Where(static property => CodedTypes.Contains(property.PropertyTypeMapping?.Name ?? string.Empty)).Select(static property => property.Name).ToFrozenSet();
        var conditions = new TypeConditions(selectors, modifiers, coded, codesOf, known);
        return new TypeShape
        {
            Name = resourceType,
            Utf8Name = Encoding.ASCII.GetBytes(resourceType),
            Definition = definition,
            SubjectElement = subject,
            Modifiers = modifiers,
            Conditions = conditions,
            Elements = ElementNames.Table(
                from name in selectors.SelectMany(static pair => pair.Selector.Elements).Select(static path => path.Split('.')[0])
                    .Concat(modifiers).Concat(conditions.Coded).Concat(["resourceType", "id", "meta", "contained", "identifier"]).Append(subject).OfType<string>().Distinct()
                select KeyValuePair.Create(name, RootElement.Of(name, subject, modifiers, conditions))),
        };
    }
}
