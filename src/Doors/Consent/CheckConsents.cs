// Does a consent stand for this flow now?
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Doors.Consent;

/// <summary>Asks whether the consents that a flow needs stand now. <c>POST /consents/check</c> (sisote-operator). Asking is itself an entry of the log.</summary>
/// <remarks>Decides nothing: a flow may need more than consents. No recipient may ask: who does not see the data does not learn of the consent.</remarks>
public sealed record CheckConsents
{
    /// <summary>The client's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>Who would give.</summary>
    public required Party From { get; init; }

    /// <summary>Who would receive.</summary>
    public required Party To { get; init; }

    /// <summary>Which way.</summary>
    public required Direction Direction { get; init; }

    /// <summary>What for.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>Which items, 1 to 100.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }
}

/// <summary>What consents say, item by item and rule by rule.</summary>
public sealed record ConsentsChecked
{
    /// <summary>One for each item and each rule that carries it and asks for consent; none where no rule does.</summary>
    public required ImmutableArray<ConsentCheck> Checks { get; init; }
}

/// <summary>One item under one rule.</summary>
public sealed record ConsentCheck
{
    /// <summary>The item.</summary>
    public required DataItemId Item { get; init; }

    /// <summary>The rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>The forms that it asks for.</summary>
    public required ImmutableArray<ConsentFormId> Forms { get; init; }

    /// <summary>Whether all consents that it asks for stand.</summary>
    public required bool Stands { get; init; }

    /// <summary>Those that stand.</summary>
    public required ImmutableArray<ConsentReference> Consents { get; init; }

    /// <summary>Why one is missing, as decisions say it; null = none is.</summary>
    public ReasonClass? Missing { get; init; }
}
