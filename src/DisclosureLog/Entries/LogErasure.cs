// What an entry tells of records that were erased.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Entries;

/// <summary>Records that were erased because their time had ended: how many, where they stood, by which period. Never whose they were.</summary>
public sealed record LogErasure
{
    /// <summary>The day as of which their time had ended (Finnish calendar).</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>How many records.</summary>
    public required long Count { get; init; }

    /// <summary>SHA-256 of the bundle in which they were exported before; null where the operator said that none was wanted.</summary>
    public Digest? Export { get; init; }

    /// <summary>The catalogue's retention period; null in the entry that ends a run.</summary>
    public string? Period { get; init; }

    /// <summary>Their places in the log; empty in the entry that ends a run.</summary>
    public ImmutableArray<LogRange> Ranges { get; init; } = [];
}
