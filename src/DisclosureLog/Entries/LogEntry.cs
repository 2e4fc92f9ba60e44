// One event as the disclosure log keeps it: codes and names of items, never values.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;

namespace Sisote.DisclosureLog.Entries;

/// <summary>One event. The canonical form of this record is what the Merkle tree commits to.</summary>
/// <remarks>Fields are only ever added; <see cref="Schema"/> tells readers which they may expect. law.md 9 lists the content the law asks for.</remarks>
public sealed record LogEntry
{
    /// <summary>Version of this record's shape.</summary>
    public int Schema { get; init; } = CanonicalForm.Schema;

    /// <summary>Identifier of the entry (UUID version 7), chosen by the one who writes it: writing twice with the same id changes nothing.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Kind of event.</summary>
    public required LogEntryKind Kind { get; init; }

    /// <summary>Correlation id of the call, as the caller saw it.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>Another entry this one belongs to (the intent of an outcome).</summary>
    public string? Relates { get; init; }

    /// <summary>Whose data: the pseudonymous key; null where no client is concerned.</summary>
    public ClientId? Client { get; init; }

    /// <summary>Whether the client was of age when it was decided: <c>minor</c> or <c>of-age</c>; null = not known.</summary>
    public string? AgeClass { get; init; }

    /// <summary>Who held and disclosed.</summary>
    public LogParty? From { get; init; }

    /// <summary>Who received or would have.</summary>
    public LogParty? To { get; init; }

    /// <summary>Which way.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Purpose of use.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>Channel.</summary>
    public Channel? Channel { get; init; }

    /// <summary>What was decided for each item.</summary>
    public ImmutableArray<LogItem> Items { get; init; } = [];

    /// <summary>Resources that went or were sent: type and the recipient's handle.</summary>
    public ImmutableArray<LogResource> Resources { get; init; } = [];

    /// <summary>What the caller stated.</summary>
    public ImmutableArray<Attestation> Attestations { get; init; } = [];

    /// <summary>Obligations of the decision.</summary>
    public ImmutableArray<string> Obligations { get; init; } = [];

    /// <summary>The catalogue that decided.</summary>
    public CatalogueVersion? Catalogue { get; init; }

    /// <summary>The narrowing of the law by the deployment that decided.</summary>
    public DeploymentVersion? Deployment { get; init; }

    /// <summary>The instant that the decision was made for: what was in force then, decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The last instant at which the decision could be recorded; null = no end known.</summary>
    public DateTimeOffset? HoldsUntil { get; init; }

    /// <summary>Commitment to <see cref="DecisionInputs"/>, which are kept sealed apart from the log; null where nothing was decided about a client.</summary>
    public Digest? Inputs { get; init; }

    /// <summary>Revision of the client's state the decision used.</summary>
    public long? ClientRevision { get; init; }

    /// <summary>Revision of the agreements the decision used.</summary>
    public long? AgreementsRevision { get; init; }

    /// <summary>delivered, refused, unknown, nothing-found, released, withdrawn, given, ended, accepted, rejected, read, ... : a code.</summary>
    public required string Outcome { get; init; }

    /// <summary>What else changed or was read: identifier of the consent, relationship, agreement or entry concerned.</summary>
    public string? Concerns { get; init; }

    /// <summary>What was erased, in an entry that tells of an erasure.</summary>
    public LogErasure? Erasure { get; init; }

    /// <summary>What is held, in an entry that tells of a hold.</summary>
    public LogHold? Hold { get; init; }

    /// <summary>The step of a review, in an entry that tells of one.</summary>
    public LogReview? Review { get; init; }

    /// <summary>Whether and from when the client may see the entry.</summary>
    public LogVisibility Visibility { get; init; } = new();
}
