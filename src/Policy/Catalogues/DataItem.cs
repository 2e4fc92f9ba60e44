// What a lawyer names and a rule moves.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues;

/// <summary>A kind of data with its labels, sensitivity and FHIR shape.</summary>
public sealed record DataItem
{
    /// <summary>Code.</summary>
    public required DataItemId Id { get; init; }

    /// <summary>Names for people.</summary>
    public required LocalisedText Labels { get; init; }

    /// <summary>The sector whose data it is; null = of any sector.</summary>
    public SectorId? Sector { get; init; }

    /// <summary>S0 (public) to S4 (extra-protected).</summary>
    public required string Sensitivity { get; init; }

    /// <summary>Statutes on the data themselves, whichever rule carries them; empty = none.</summary>
    public ImmutableArray<LegalBasis> LegalBasis { get; init; } = [];

    /// <summary>What a lawyer must check wherever the item goes; null = nothing.</summary>
    public LocalisedText? LawyerCheck { get; init; }

    /// <summary>How it looks in FHIR R4.</summary>
    public required ImmutableArray<FhirSelector> Selectors { get; init; }

    /// <summary>The kind of relationship that begins when an entry with this item is delivered (for example <c>referral</c>), asked for and not yet accepted; null = none.</summary>
    public string? Begins { get; init; }
}
