// What became of one item in an event.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.DisclosureLog.Entries;

/// <summary>What became of one item.</summary>
public sealed record LogItem
{
    /// <summary>The item.</summary>
    public required DataItemId Item { get; init; }

    /// <summary>Whether it was released (or sent).</summary>
    public required bool Released { get; init; }

    /// <summary>The rule that carried it or came nearest.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>Statute and section.</summary>
    public ImmutableArray<LegalBasisCitation> Basis { get; init; } = [];

    /// <summary>Consents it rested on.</summary>
    public ImmutableArray<ConsentReference> Consents { get; init; } = [];

    /// <summary>Conditions with what showed them.</summary>
    public ImmutableArray<ConditionEvidence> Conditions { get; init; } = [];

    /// <summary>Elements masked.</summary>
    public ImmutableArray<string> Masked { get; init; } = [];

    /// <summary>Why it stayed.</summary>
    public ReasonClass? Reason { get; init; }

    /// <summary>The never rule that closed it.</summary>
    public ProhibitionId? Prohibition { get; init; }

    /// <summary>The condition that was missing.</summary>
    public ConditionId? MissingCondition { get; init; }

    /// <summary>Why the item stayed in some documents although it was released from others.</summary>
    public ImmutableArray<LogWithholding> Withheld { get; init; } = [];
}

/// <summary>Why an item stayed in a document: what its labels closed.</summary>
public sealed record LogWithholding
{
    /// <summary>Why.</summary>
    public required ReasonClass Reason { get; init; }

    /// <summary>The never rule that closed it.</summary>
    public ProhibitionId? Prohibition { get; init; }
}
