// A data item of the catalogue with all that closes or masks it.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>An item with its number and what concerns it whoever asks.</summary>
internal sealed class KnownItem
{
    internal required DataItemId Id { get; init; }

    internal required int Number { get; init; }

    /// <summary>Never rules that name it, by id.</summary>
    internal required KnownProhibition[] Nevers { get; init; }

    /// <summary>Masks that touch elements of it, by id.</summary>
    internal required KnownMask[] Masks { get; init; }

    /// <summary>The context of capacity decisions in the item's sector; null = any, because the sector has none of its own.</summary>
    internal required string? CapacityContext { get; init; }
}

/// <summary>A mask as it touches one item: the elements of that item which stay behind.</summary>
internal sealed record KnownMask(KnownProhibition Prohibition, ImmutableArray<string> Elements);
