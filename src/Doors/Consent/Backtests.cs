// What another catalogue would have decided: the question and the answer.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;
using Sisote.Policy.Decisions;

namespace Sisote.Doors.Consent;

/// <summary>Asks to decide logged requests again by a catalogue. <c>POST /log/backtests</c> (operator)</summary>
/// <remarks>The answer is a stream of <see cref="BacktestLine"/>, one line of JSON each. What is on record about clients stays in the consent service; only codes, counts and places in the log come out.</remarks>
public sealed record BacktestRequest
{
    /// <summary>The catalogue's files.</summary>
    public required ImmutableArray<CatalogueText> Catalogue { get; init; }

    /// <summary>Only what the log took in at this instant or later; null = all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>A narrowing to decide by; null = each decision by the narrowing it was made under.</summary>
    public DeploymentNarrowing? Narrowing { get; init; }
}

/// <summary>A file of a catalogue.</summary>
public sealed record CatalogueText
{
    /// <summary>Its name in the layout of the folder, for example <c>rules/EX-02.yaml</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its text.</summary>
    public required string Text { get; init; }
}

/// <summary>A line of the answer: how far it got, or at the end the result.</summary>
public sealed record BacktestLine
{
    /// <summary>Entries looked at so far.</summary>
    public required long Read { get; init; }

    /// <summary>Entries to look at.</summary>
    public required long Of { get; init; }

    /// <summary>The result; set in the last line only. Without it the test did not come to its end.</summary>
    public BacktestResult? Result { get; init; }
}

/// <summary>What came of it. Every entry read is counted exactly once among the tallies.</summary>
public sealed record BacktestResult
{
    /// <summary>The catalogue that decided anew.</summary>
    public required CatalogueVersion Catalogue { get; init; }

    /// <summary>Decisions that come out the same, bit for bit.</summary>
    public required BacktestTally Same { get; init; }

    /// <summary>Decisions that would come out otherwise.</summary>
    public required BacktestTally Changed { get; init; }

    /// <summary>Decisions by this very catalogue and narrowing that do not come out as they are on record: the program or the record is wrong.</summary>
    public required BacktestTally NotReproduced { get; init; }

    /// <summary>Entries that tell of no decision on a client.</summary>
    public required BacktestTally NoDecision { get; init; }

    /// <summary>Decisions recorded without their inputs, by an older version.</summary>
    public required BacktestTally WithoutInputs { get; init; }

    /// <summary>Entries whose record is erased.</summary>
    public required BacktestTally Erased { get; init; }

    /// <summary>Decisions whose inputs are not kept any more.</summary>
    public required BacktestTally InputsMissing { get; init; }

    /// <summary>Decisions whose kept inputs are not those that were committed to: they were changed afterwards.</summary>
    public required BacktestTally InputsChanged { get; init; }

    /// <summary>Entries whose record is not the one that was committed to.</summary>
    public required BacktestTally RecordChanged { get; init; }

    /// <summary>Decisions under a deployment that is not kept.</summary>
    public required BacktestTally DeploymentUnknown { get; init; }

    /// <summary>What would change, the most frequent first.</summary>
    public required ImmutableArray<BacktestChange> Changes { get; init; }

    /// <summary>Whether everything that should replay did, and nothing was found changed afterwards.</summary>
    public bool IsSound => NotReproduced.Count + InputsMissing.Count + InputsChanged.Count + RecordChanged.Count + DeploymentUnknown.Count == 0;
}

/// <summary>How many, and a few examples.</summary>
public sealed record BacktestTally
{
    /// <summary>How many entries.</summary>
    public required long Count { get; init; }

    /// <summary>Places in the log of the first few.</summary>
    public ImmutableArray<long> Examples { get; init; } = [];
}

/// <summary>One change that some decisions share.</summary>
public sealed record BacktestChange
{
    /// <summary>The item; null where the change concerns the decision as a whole (obligations, end).</summary>
    public DataItemId? Item { get; init; }

    /// <summary>Who gives.</summary>
    public required SectorId FromSector { get; init; }

    /// <summary>In which role.</summary>
    public required RoleId FromRole { get; init; }

    /// <summary>Who gets.</summary>
    public required SectorId ToSector { get; init; }

    /// <summary>In which role.</summary>
    public required RoleId ToRole { get; init; }

    /// <summary>Which way.</summary>
    public required Direction Direction { get; init; }

    /// <summary>For what.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>What was decided.</summary>
    public required BacktestOutcome Before { get; init; }

    /// <summary>What would be decided.</summary>
    public required BacktestOutcome After { get; init; }

    /// <summary>In how many decisions.</summary>
    public required BacktestTally Decisions { get; init; }
}

/// <summary>An outcome of an item, or of a decision as a whole, in codes.</summary>
public sealed record BacktestOutcome
{
    /// <summary>Whether the item might go; null for a decision as a whole.</summary>
    public bool? Permitted { get; init; }

    /// <summary>The rule that carried it or came nearest.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>Why it stayed.</summary>
    public ReasonClass? Reason { get; init; }

    /// <summary>The never rule that closed it.</summary>
    public ProhibitionId? Prohibition { get; init; }

    /// <summary>The condition that was missing.</summary>
    public ConditionId? MissingCondition { get; init; }

    /// <summary>Sections, conditions shown, masks, or obligations and end: what else differs, as text of codes.</summary>
    public string? Details { get; init; }
}
