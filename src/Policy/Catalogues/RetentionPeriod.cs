// How long something is kept.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues;

/// <summary>A retention period of the law layer.</summary>
public sealed record RetentionPeriod
{
    /// <summary>Code.</summary>
    public required string Id { get; init; }

    /// <summary>What is kept, for people.</summary>
    public required LocalisedText Labels { get; init; }

    /// <summary>Years.</summary>
    public required int Years { get; init; }

    /// <summary>It applies where either end is of one of these sectors; empty = whatever the ends are.</summary>
    public ImmutableArray<SectorId> EitherEndIs { get; init; } = [];

    /// <summary>from-event, after-death or from-retirement.</summary>
    public required string Counted { get; init; }

    /// <summary>Statute and section.</summary>
    public required string Basis { get; init; }

    /// <summary>high, medium or low.</summary>
    public required string Confidence { get; init; }

    /// <summary>What a lawyer must check, where something must.</summary>
    public LocalisedText? LawyerCheck { get; init; }
}
