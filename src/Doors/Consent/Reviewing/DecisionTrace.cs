// Why one decision came out as it did, with the law as it read that day.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>The trace of one decision. <c>GET /log/{index}/trace</c> (data-protection officer of an organisation that is a side). Looking is itself an entry.</summary>
public sealed record DecisionTrace
{
    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>The instant that was decided for; in older entries when it happened.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The catalogue that decided.</summary>
    public CatalogueVersion? Catalogue { get; init; }

    /// <summary>When this installation first ran with that catalogue; null = it never did since texts are kept, so the entry's codes stand alone.</summary>
    public DateTimeOffset? CatalogueKeptSince { get; init; }

    /// <summary>What was decided for each item and why.</summary>
    public required ImmutableArray<TracedItem> Items { get; init; }

    /// <summary>
    /// Whether the decision comes out the same when it is made again from what it used: <c>same</c>, <c>otherwise</c>, <c>older-catalogue</c> (not made again here),
    /// <c>without-inputs</c>, <c>inputs-missing</c>, <c>inputs-changed</c>, <c>deployment-unknown</c>.
    /// </summary>
    public required string Replay { get; init; }
}

/// <summary>One item of a decision.</summary>
public sealed record TracedItem
{
    /// <summary>The item as it stands in the entry.</summary>
    public required LogItem Entry { get; init; }

    /// <summary>The whole reason in a few sentences.</summary>
    public required LocalisedText Why { get; init; }

    /// <summary>The item's name as of that day.</summary>
    public LocalisedText? Name { get; init; }

    /// <summary>The rule that carried it or came nearest, as it read that day.</summary>
    public LawText? Rule { get; init; }

    /// <summary>The never rule that closed it, as it read that day.</summary>
    public LawText? Prohibition { get; init; }

    /// <summary>Names of the conditions that held, and of the one that was missing.</summary>
    public ImmutableArray<LawText> Conditions { get; init; } = [];
}

/// <summary>A rule, never rule, condition, item or purpose as it read in one version of the catalogue.</summary>
public sealed record LawText
{
    /// <summary>Its code.</summary>
    public required string Id { get; init; }

    /// <summary>What it says, in a line.</summary>
    public required LocalisedText Text { get; init; }

    /// <summary>Statutes that it rests on, each with what it says in plain words.</summary>
    public ImmutableArray<LegalBasis> LegalBasis { get; init; } = [];

    /// <summary>Purpose of use that a rule is for.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>Items that it concerns.</summary>
    public ImmutableArray<DataItemId> Items { get; init; } = [];

    /// <summary>Conditions that a rule asks for.</summary>
    public ImmutableArray<ConditionId> Conditions { get; init; } = [];

    /// <summary>Forms of consent that a rule asks for.</summary>
    public ImmutableArray<ConsentFormId> ConsentForms { get; init; } = [];

    /// <summary>In force from (inclusive).</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>In force until (inclusive).</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>How sure the lawyers are: high, medium or low.</summary>
    public string? Confidence { get; init; }
}
