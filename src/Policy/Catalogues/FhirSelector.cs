// How a data item looks in FHIR R4.
using System.Collections.Immutable;

namespace Sisote.Policy.Catalogues;

/// <summary>Which resources carry a data item and which of their elements belong to it. Allow-list: what is not named does not leave.</summary>
public sealed record FhirSelector
{
    /// <summary>FHIR R4 resource type.</summary>
    public required string ResourceType { get; init; }

    /// <summary>All of these must match; a resource that matches none of the item's selectors does not carry the item.</summary>
    public ImmutableArray<FhirFilter> Filters { get; init; } = [];

    /// <summary>Permitted elements as dotted paths below the resource (<c>code</c>, <c>activity.detail.status</c>); a path permits everything below it
    /// except narrative, extensions, contained resources, displays and references to what is not released.</summary>
    public required ImmutableArray<string> Elements { get; init; }

    /// <summary>Security label codes that a resource may carry and still be this item; any other denying label withholds it.</summary>
    public ImmutableArray<string> AllowedSecurityLabels { get; init; } = [];

    /// <summary>For <c>identifier</c>: the identifier systems that may leave; empty = none.</summary>
    public ImmutableArray<string> IdentifierSystems { get; init; } = [];

    /// <summary>The code list (id in the catalogue) that <c>code</c> must be from; a resource with another code is withheld.</summary>
    public string? CodeBinding { get; init; }

    /// <summary>Longest free text (UTF-16 units) in a payload of this item.</summary>
    public int? MaxTextLength { get; init; }
}

/// <summary>One condition on a coded element: some coding of <see cref="Path"/> has this system and one of these codes.</summary>
public sealed record FhirFilter
{
    /// <summary>Element path below the resource, for example <c>category</c> or <c>meta.security</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Code system URI.</summary>
    public required string System { get; init; }

    /// <summary>Accepted codes; exact match.</summary>
    public required ImmutableArray<string> Codes { get; init; }
}
