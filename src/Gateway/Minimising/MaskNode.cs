// The compiled allow-list of one FHIR object: what may be copied from it and how.
using System.Collections.Immutable;
using System.Text;

namespace Sisote.Gateway.Minimising;

/// <summary>How a permitted element is copied.</summary>
internal enum FieldKind
{
    /// <summary>A primitive value of the right shape.</summary>
    Primitive,

    /// <summary>An object by its own mask.</summary>
    Object,

    /// <summary>A coding: system, version, code, and a display of our own.</summary>
    Coding,

    /// <summary>A quantity: only together with its coded unit.</summary>
    Quantity,

    /// <summary>An identifier of a permitted system.</summary>
    Identifier,

    /// <summary>A reference: a handle, or nothing.</summary>
    Reference,

    /// <summary>The reference to the client whose data it is.</summary>
    Subject,
}

/// <summary>The shape that a primitive value must have; anything else in its place is not copied.</summary>
internal enum PrimitiveShape
{
    Text,
    Code,
    Address,
    Temporal,
    Number,
    Boolean,
    Base64,
}

/// <summary>One permitted element.</summary>
internal sealed record MaskField
{
    internal required string Name { get; init; }

    /// <summary>The name as it is written, with quotes and colon.</summary>
    internal byte[] Label => field ??= Encoding.UTF8.GetBytes($"\"{Name}\":");

    /// <summary>What comes before a value that is not the first in its object: a comma, the name, and a bracket where the element repeats.</summary>
    internal byte[] Opening => field ??= Encoding.UTF8.GetBytes($",\"{Name}\":{(Repeats ? "[" : string.Empty)}");

    internal required FieldKind Kind { get; init; }

    /// <summary>Whether FHIR R4 lets the element repeat: then it is an array, else it is not.</summary>
    internal required bool Repeats { get; init; }

    internal PrimitiveShape Shape { get; init; }

    internal int? MaximumLength { get; init; }

    /// <summary>The mask of the object, for <see cref="FieldKind.Object"/>.</summary>
    internal MaskNode? Node { get; init; }

    /// <summary>The codings that may stand here; null = any.</summary>
    internal AcceptedCodings? Codings { get; init; }

    /// <summary>The identifier systems that may leave.</summary>
    internal Utf8Map<string>? IdentifierSystems { get; init; }

    /// <summary>Whether the free display of a coding or reference may leave.</summary>
    internal bool KeepsDisplay { get; init; }

    /// <summary>The bit of the mandatory element that this field fulfils; 0 = none.</summary>
    internal ulong Fulfils { get; init; }
}

/// <summary>The permitted elements of one object. What it does not name does not leave.</summary>
internal sealed class MaskNode
{
    private MaskField?[] fields = [];
    private ModifierElement?[] modifiers = [];

    /// <summary>One bit for each element that FHIR R4 demands here, whether permitted or not.</summary>
    internal ulong Mandatory { get; private set; }

    /// <summary>The elements that FHIR R4 demands here, in the order of their bits.</summary>
    internal ImmutableArray<string> MandatoryNames { get; private set; } = [];

    /// <summary>The elements that change what the object says: without one that is there, the object stays behind.</summary>
    internal ImmutableArray<string> Modifiers { get; private set; } = [];

    internal IEnumerable<MaskField> Fields => fields.OfType<MaskField>();

    internal void Complete(IEnumerable<MaskField> permitted, ImmutableArray<string> mandatory, ImmutableArray<string> changing)
    {
        fields = ElementNames.Table(permitted.Select(static field => KeyValuePair.Create(field.Name, field)));
        (MandatoryNames, Mandatory) = (mandatory, (1UL << mandatory.Length) - 1);
        (Modifiers, modifiers) = (changing, ElementNames.Table(changing.Select(static name => KeyValuePair.Create(name, ModifierElement.Of(name)))));
    }

    /// <summary>The modifier of a name, by its number in <see cref="ElementNames"/>.</summary>
    internal ModifierElement? FindModifier(int number)
    {
        var all = modifiers;
        return (uint)number < (uint)all.Length ? all[number] : null;
    }

    /// <summary>The field of a name, by its number in <see cref="ElementNames"/>.</summary>
    internal MaskField? Find(int number)
    {
        var all = fields;
        return (uint)number < (uint)all.Length ? all[number] : null;
    }

    internal MaskField? Find(ReadOnlySpan<byte> name) => Find(ElementNames.Find(name));
}
