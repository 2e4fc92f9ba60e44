// A mapping file in memory: which native fields make which FHIR elements, and back.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Mapping;

/// <summary>How a product's records look in FHIR R4. Closed on both sides: a native field is mapped, withheld or unknown; an element that no data item of the catalogue carries cannot be named.</summary>
/// <remarks>Path, constant, table and form are all there is. What needs more is an adapter in code.</remarks>
internal sealed record MappingFile
{
    /// <summary>The file as it was named.</summary>
    public required string Name { get; init; }

    /// <summary>What the product writes.</summary>
    public required NativeFormat Format { get; init; }

    /// <summary>Whether a field that is neither mapped nor withheld is passed over; otherwise the whole record is refused.</summary>
    public required bool WithholdsUnmapped { get; init; }

    /// <summary>Kinds of records by name, in the order of the file.</summary>
    public required ImmutableArray<RecordKind> Records { get; init; }

    /// <summary>How long lists are read; null = lists come whole.</summary>
    public PageRule? Pages { get; init; }
}

/// <summary>How the product writes its records.</summary>
/// <param name="Kind">json, xml or csv.</param>
/// <param name="Encoding">Character set; anything else is refused.</param>
/// <param name="Delimiter">Between the cells of a CSV row.</param>
/// <param name="Namespace">Of all XML elements; empty = none.</param>
/// <param name="Zone">Where times without an offset are told.</param>
internal sealed record NativeFormat(string Kind, string Encoding, char Delimiter, string Namespace, TimeZoneInfo Zone);

/// <summary>One kind of native record, and the resources that it makes.</summary>
internal sealed record RecordKind
{
    /// <summary>Name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>Path from the root of an answer to its rows; empty = the root is the record or the list of records.</summary>
    public required string Rows { get; init; }

    /// <summary>Whose record it is.</summary>
    public required ClientPlace Client { get; init; }

    /// <summary>Fields, with all that stands below them, that are known and never shown.</summary>
    public required ImmutableArray<string> Withheld { get; init; }

    /// <summary>What the record makes.</summary>
    public required ImmutableArray<ResourceRule> Resources { get; init; }

    /// <summary>Where it is read, for systems that are asked.</summary>
    public ReadRule? Read { get; init; }

    /// <summary>How it is written, for systems that take entries.</summary>
    public CreateRule? Create { get; init; }

    /// <summary>How the task that it makes is moved on, for systems that take steps.</summary>
    public StepRule? Steps { get; init; }

    /// <summary>Whether the ids of its resources of a type are the record's own, as they are: then the record is found by them.</summary>
    public bool IsFoundByOwnId(string type) => Resources.Where(resource => resource.Type == type).All(resource => resource.Group.Each is null
        && (resource.Group.Elements.Any(static element => element.Place.Path == "id")
            ? resource.Group.Elements.Any(static element => element is { Place.Path: "id", Source: ElementSource.Field { Form.Kind: not ValueKind.Hash } })
            : !Client.Hashed));
}

/// <summary>Where a record says whose it is.</summary>
/// <param name="Code">Path of the personal identity code; null = another record has it.</param>
/// <param name="Id">Path of the product's own number of the client.</param>
/// <param name="Hashed">Whether that number is no id of the facade, so that its hash is.</param>
internal sealed record ClientPlace(string? Code, string? Id, bool Hashed);

/// <summary>One kind of resource that a record makes.</summary>
/// <param name="Type">FHIR R4 resource type.</param>
/// <param name="Required">Whether an entry must have it.</param>
/// <param name="Group">Its elements.</param>
internal sealed record ResourceRule(string Type, bool Required, ElementGroup Group);

/// <summary>Elements that stand and fall together: a resource, or one item of a repeated element.</summary>
/// <param name="Each">Path of a native list, one group for each of its items; null = one group.</param>
/// <param name="When">Path of a field without which there is no such resource; null = always.</param>
/// <param name="Elements">The elements.</param>
internal sealed record ElementGroup(string? Each, string? When, ImmutableArray<ElementRule> Elements);

/// <summary>One element and where it comes from.</summary>
/// <param name="Place">The element.</param>
/// <param name="Source">Its source.</param>
internal sealed record ElementRule(FhirPlace Place, ElementSource Source);

/// <summary>Where an element comes from.</summary>
internal abstract record ElementSource
{
    private ElementSource()
    {
    }

    /// <summary>A native field.</summary>
    /// <param name="Path">Its path below the record or the list's item; <c>.</c> = the item itself.</param>
    /// <param name="Form">How it is written there.</param>
    /// <param name="Table">Its codes, where it is coded.</param>
    /// <param name="Required">Whether a record without it is refused.</param>
    internal sealed record Field(string Path, ValueForm Form, CodeTable? Table, bool Required) : ElementSource;

    /// <summary>Always the same.</summary>
    /// <param name="Value">The element's JSON.</param>
    internal sealed record Constant(JsonNode Value) : ElementSource;

    /// <summary>A repeated element with several groups of items.</summary>
    /// <param name="Items">The groups.</param>
    internal sealed record Groups(ImmutableArray<ElementGroup> Items) : ElementSource;
}

/// <summary>Where a REST system gives a kind of record.</summary>
/// <param name="Lookup">Address to which the client's code is posted; null = the record is not found by code.</param>
/// <param name="LookupField">Name of the code in the posted body.</param>
/// <param name="OfClient">Address of one client's records, with <c>{client}</c> for the product's number.</param>
/// <param name="One">Address of one record, with <c>{id}</c>.</param>
/// <param name="All">Address of all records.</param>
internal sealed record ReadRule(string? Lookup, string LookupField, string? OfClient, string? One, string? All);

/// <summary>How a REST system takes a kind of record.</summary>
internal sealed record CreateRule
{
    /// <summary>Address to which the record is posted.</summary>
    public required string Post { get; init; }

    /// <summary>Header of the delivery's key; null = none.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>Field of the delivery's key; null = none.</summary>
    public string? KeyField { get; init; }

    /// <summary>Address with <c>{key}</c> at which a record is found again by that field; asked before sending, for products that do not recognise what they have.</summary>
    public string? ReadBack { get; init; }

    /// <summary>Fields that always say the same.</summary>
    public required ImmutableArray<(string Path, string Value)> Constants { get; init; }

    /// <summary>Fields that name the sender.</summary>
    public required ImmutableArray<(string Path, string Part)> Sender { get; init; }

    /// <summary>Paths in the product's answer of the ids that it gave, by resource type.</summary>
    public required ImmutableDictionary<string, string> Ids { get; init; }
}

/// <summary>How a REST system gives long lists.</summary>
/// <param name="By">page, offset or link.</param>
/// <param name="Parameter">Name of the page's or row's number; empty for link.</param>
/// <param name="SizeParameter">Name of the size; empty = not said.</param>
/// <param name="Size">Rows of a page.</param>
/// <param name="First">Number of the first page.</param>
/// <param name="Next">Path of the next page's address in the answer, for link.</param>
internal sealed record PageRule(string By, string Parameter, string SizeParameter, int Size, int First, string Next);
