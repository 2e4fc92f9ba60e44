// A round of review: a random sample with a seed on record, and what rules pick beside it.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>Opens a round. <c>POST /review/rounds</c> (data-protection officer). The log has the seed before the sample is drawn.</summary>
public sealed record OpenRound
{
    /// <summary>What the round is for, at most 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>What the log took in at this instant or later.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What the log took in before this instant.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Entries to draw at random, at most 500.</summary>
    public required int Sample { get; init; }

    /// <summary>What is picked beside the sample, at most 10.</summary>
    public ImmutableArray<RoundPick> Picks { get; init; } = [];
}

/// <summary>Picks entries by what they have: all that is named must match. Where more match than are wanted, the seed decides which.</summary>
public sealed record RoundPick
{
    /// <summary>Rule.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>Item, released or withheld.</summary>
    public DataItemId? Item { get; init; }

    /// <summary>System on either side.</summary>
    public SystemId? System { get; init; }

    /// <summary>Professional on either side.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>Outcome.</summary>
    public string? Outcome { get; init; }

    /// <summary>The most entries, at most 200.</summary>
    public required int Most { get; init; }
}

/// <summary>A round. States: <c>opened</c> (the seed is in the log), <c>drawn</c>, <c>closed</c>. <c>GET /review/rounds/{id}</c></summary>
public sealed record ReviewRound : ReviewCase
{
    /// <summary>What it is for.</summary>
    public string? Title { get; init; }

    /// <summary>Beginning of the period.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>End of the period.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Entries to draw.</summary>
    public required int Sample { get; init; }

    /// <summary>What is picked beside.</summary>
    public ImmutableArray<RoundPick> Picks { get; init; } = [];

    /// <summary>The seed.</summary>
    public required Digest Seed { get; init; }

    /// <summary>The places that the frame lies within: fixed with the seed, so that no later entry can come into it.</summary>
    public required LogRange Frame { get; init; }

    /// <summary>The entries to review, in the order of the log.</summary>
    public ImmutableArray<RoundItem> Items { get; init; } = [];
}

/// <summary>An entry to review.</summary>
public sealed record RoundItem
{
    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary><c>random</c>, or which picks took it (<c>pick-1</c>, ...).</summary>
    public required ImmutableArray<string> Why { get; init; }

    /// <summary>One of <see cref="RecordFinding.Findings"/>; null while nobody reviewed it.</summary>
    public string? Finding { get; init; }

    /// <summary>The officer's note.</summary>
    public string? Note { get; init; }

    /// <summary>Who reviewed it.</summary>
    public ProfessionalId? By { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>Records what was found of one entry. <c>POST /review/rounds/{id}/items/{index}</c></summary>
public sealed record RecordFinding
{
    /// <summary>What can be found; with <c>to-be-asked</c> a round cannot be closed yet.</summary>
    public static ImmutableArray<string> Findings { get; } = ["in-order", "to-be-asked", "breach-suspected"];

    /// <summary>One of <see cref="Findings"/>.</summary>
    public required string Finding { get; init; }

    /// <summary>A note, at most 2000 characters; no national identifiers.</summary>
    public string? Note { get; init; }
}

/// <summary>The rounds, newest first. <c>GET /review/rounds</c> (data-protection officer: the own organisation's; sisote-operator: all)</summary>
public sealed record RoundList
{
    /// <summary>The rounds.</summary>
    public required ImmutableArray<RoundSummary> Rounds { get; init; }

    /// <summary>Whether these are all; otherwise the newest.</summary>
    public bool Complete { get; init; } = true;
}

/// <summary>How far a round has come.</summary>
public sealed record RoundSummary
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Whose officers review.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>What it is for.</summary>
    public string? Title { get; init; }

    /// <summary>opened, drawn or closed.</summary>
    public required string State { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Entries to review.</summary>
    public required int Items { get; init; }

    /// <summary>Entries that nobody reviewed yet.</summary>
    public required int Unreviewed { get; init; }

    /// <summary>Entries by finding.</summary>
    public required ImmutableArray<FacetCount> Findings { get; init; }
}

/// <summary>Whether a round is what the log says. <c>GET /review/rounds/{id}/check</c></summary>
public sealed record RoundCheck
{
    /// <summary>Whether the case is unchanged since its last step.</summary>
    public required CaseProof Proof { get; init; }

    /// <summary>Whether seed, period and frame stand in the entry that opened it, which came before the one that tells of the draw.</summary>
    public required bool SeedInLogBeforeTheDraw { get; init; }

    /// <summary>Whether drawing again from that seed gives the same entries, those aside whose records were erased since.</summary>
    public required bool SampleReproduced { get; init; }

    /// <summary>How many of the round's entries were erased since, by what the log says of erasures.</summary>
    public required int Erased { get; init; }

    /// <summary>Those whose records are gone, or are not what the log commits to, without an erasure on record: somebody took or changed them in the database.</summary>
    public ImmutableArray<long> Missing { get; init; } = [];
}
