// What a mapping in the shadow would have done otherwise.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>Counts of one instance since it started: paths and numbers, never a value.</summary>
public sealed record ShadowReport
{
    /// <summary>The system.</summary>
    public required SystemId System { get; init; }

    /// <summary>Since when it is counted.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Counts by kind of record.</summary>
    public required ImmutableArray<ShadowCount> Records { get; init; }

    /// <summary>What differs, most frequent first.</summary>
    public required ImmutableArray<ShadowDifference> Differences { get; init; }
}

/// <summary>Counts of one kind of record in one direction.</summary>
/// <param name="Record">The kind of record.</param>
/// <param name="Direction">read or write.</param>
/// <param name="Compared">Records that both mappings looked at.</param>
/// <param name="Same">Both gave the same.</param>
/// <param name="Different">They gave something different.</param>
/// <param name="OnlyLiveRefused">The live mapping refused what the other takes.</param>
/// <param name="OnlyShadowRefused">The mapping in the shadow refuses what the live one takes.</param>
/// <param name="BothRefused">Both refused.</param>
public sealed record ShadowCount(string Record, string Direction, long Compared, long Same, long Different, long OnlyLiveRefused, long OnlyShadowRefused, long BothRefused);

/// <summary>One difference.</summary>
/// <param name="Record">The kind of record.</param>
/// <param name="Direction">read or write.</param>
/// <param name="What">The path, and whether it differs, or is there with one mapping only.</param>
/// <param name="Records">How many records it was in.</param>
public sealed record ShadowDifference(string Record, string Direction, string What, long Records);
