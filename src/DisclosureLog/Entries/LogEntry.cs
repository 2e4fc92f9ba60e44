// One event as the disclosure log keeps it: codes and names of items, never values.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.DisclosureLog.Entries;

/// <summary>What kind of event an entry tells of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogEntryKind>))]
public enum LogEntryKind
{
    /// <summary>Data went to the recipient.</summary>
    [JsonStringEnumMemberName("disclosure")]
    Disclosure,

    /// <summary>Data of the requester's own register was used (703/2023 10 § 2 mom).</summary>
    [JsonStringEnumMemberName("use")]
    Use,

    /// <summary>Nothing went.</summary>
    [JsonStringEnumMemberName("refusal")]
    Refusal,

    /// <summary>An entry is about to be sent.</summary>
    [JsonStringEnumMemberName("write-intent")]
    WriteIntent,

    /// <summary>What became of an entry that was sent; <see cref="LogEntry.Relates"/> names the intent.</summary>
    [JsonStringEnumMemberName("write-outcome")]
    WriteOutcome,

    /// <summary>A consent or prohibition was given, changed or withdrawn.</summary>
    [JsonStringEnumMemberName("consent-change")]
    ConsentChange,

    /// <summary>A relationship was recorded, accepted or ended.</summary>
    [JsonStringEnumMemberName("relationship-change")]
    RelationshipChange,

    /// <summary>An agreement was recorded or ended.</summary>
    [JsonStringEnumMemberName("agreement-change")]
    AgreementChange,

    /// <summary>Somebody looked into the log.</summary>
    [JsonStringEnumMemberName("log-read")]
    LogRead,
}

/// <summary>One event. The canonical form of this record is what the Merkle tree commits to.</summary>
/// <remarks>Fields are only ever added; <see cref="Schema"/> tells readers which they may expect. law.md 9 lists the content the law asks for.</remarks>
public sealed record LogEntry
{
    /// <summary>Version of this record's shape.</summary>
    public int Schema { get; init; } = 1;

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

    /// <summary>Revision of the client's state the decision used.</summary>
    public long? ClientRevision { get; init; }

    /// <summary>Revision of the agreements the decision used.</summary>
    public long? AgreementsRevision { get; init; }

    /// <summary>delivered, refused, unknown, nothing-found, released, withdrawn, given, ended, accepted, rejected, read, ... : a code.</summary>
    public required string Outcome { get; init; }

    /// <summary>What else changed or was read: identifier of the consent, relationship, agreement or entry concerned.</summary>
    public string? Concerns { get; init; }

    /// <summary>Whether and from when the client may see the entry.</summary>
    public LogVisibility Visibility { get; init; } = new();
}

/// <summary>One end of the event.</summary>
public sealed record LogParty
{
    /// <summary>Organisation.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>System.</summary>
    public SystemId? System { get; init; }

    /// <summary>Sector.</summary>
    public SectorId? Sector { get; init; }

    /// <summary>Role.</summary>
    public RoleId? Role { get; init; }

    /// <summary>Professional, by identifier (703/2023 10 § asks for the user's unique identifier).</summary>
    public ProfessionalId? Professional { get; init; }
}

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
}

/// <summary>A resource that left, as its recipient knows it.</summary>
public sealed record LogResource
{
    /// <summary>FHIR resource type.</summary>
    public required string Type { get; init; }

    /// <summary>The recipient's handle, or the handle the target gave.</summary>
    public required string Handle { get; init; }
}

/// <summary>Who of the client's side sees the entry, and from when.</summary>
public sealed record LogVisibility
{
    /// <summary>Whether the client sees it.</summary>
    public bool Client { get; init; } = true;

    /// <summary>Whether a guardian sees it.</summary>
    public bool Guardian { get; init; }

    /// <summary>Not before this instant; null = at once.</summary>
    public DateTimeOffset? From { get; init; }
}
