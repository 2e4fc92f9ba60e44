// Writing to the disclosure log: many entries in one call, each with the state it may rest on.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Catalogues;

namespace Sisote.Doors.Consent;

/// <summary>Entries to append in one transaction. <c>POST /log/append</c></summary>
public sealed record AppendRequest
{
    /// <summary>The entries, 1 to 1,000; each commits or fails alone, unless <see cref="AppendItem.Together"/> says otherwise.</summary>
    public required ImmutableArray<AppendItem> Entries { get; init; }
}

/// <summary>One entry and what must still be true for it to be written.</summary>
public sealed record AppendItem
{
    /// <summary>The entry.</summary>
    public required LogEntry Entry { get; init; }

    /// <summary>A mark, 1 to 64 characters: the entries of one call with the same mark are all written or none of them, and where none is, all have the same outcome. Null = alone.</summary>
    public string? Together { get; init; }

    /// <summary>What must still be true; null for entries that release nothing (refusals, outcomes).</summary>
    public AppendExpectation? Expect { get; init; }

    /// <summary>A relationship that begins with this entry, written in the same transaction (a delivered referral).</summary>
    public NewRelationship? Begins { get; init; }

    /// <summary>A step of a relationship that goes with this entry, taken in the same transaction where it is possible then (a referral that its recipient's system accepts).</summary>
    public MovedRelationship? Moves { get; init; }

    /// <summary>What the decision used, as its canonical bytes; the entry commits to them. May be left out where the service keeps them already.</summary>
    public byte[]? Inputs { get; init; }

    /// <summary>The national identifier of the entry's client, where the client may be new to the service; stored encrypted, never in the log record.</summary>
    public string? ClientIdentifier { get; init; }
}

/// <summary>The state a decision used. The entry commits only if all of it is still current and the time has not passed (design.md 2).</summary>
public sealed record AppendExpectation
{
    /// <summary>Revision of the client's state.</summary>
    public required long ClientRevision { get; init; }

    /// <summary>Revision of the agreements.</summary>
    public required long AgreementsRevision { get; init; }

    /// <summary>The catalogue that decided.</summary>
    public required CatalogueVersion Catalogue { get; init; }

    /// <summary>The last instant at which the decision may be recorded.</summary>
    public DateTimeOffset? HoldsUntil { get; init; }
}

/// <summary>What became of one entry.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppendStatus>))]
public enum AppendStatus
{
    /// <summary>Durable in the log.</summary>
    [JsonStringEnumMemberName("committed")]
    Committed,

    /// <summary>The client's state, the agreements or the catalogue changed: read again and decide again.</summary>
    [JsonStringEnumMemberName("stale")]
    Stale,

    /// <summary>The decision's time has passed: decide again.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>The service does not keep the inputs that the entry commits to: send the entry again together with them.</summary>
    [JsonStringEnumMemberName("inputs-wanted")]
    InputsWanted,

    /// <summary>The id belongs to another entry, or the relationship that would begin to another client; sending it again changes nothing.</summary>
    [JsonStringEnumMemberName("clash")]
    Clash,

    /// <summary>The entry is not well formed, or does not fit what comes with it; sending it again changes nothing.</summary>
    [JsonStringEnumMemberName("malformed")]
    Malformed,
}

/// <summary>What became of the entries, in the order of the request.</summary>
public sealed record AppendAnswer
{
    /// <summary>One for each entry.</summary>
    public required ImmutableArray<AppendResult> Results { get; init; }
}

/// <summary>What became of one entry.</summary>
public sealed record AppendResult
{
    /// <summary>Outcome.</summary>
    public required AppendStatus Status { get; init; }

    /// <summary>Place in the log, from 0; set when committed.</summary>
    public long? Index { get; init; }

    /// <summary>The receipt in its header form; set when committed.</summary>
    public string? Receipt { get; init; }

    /// <summary>The field at fault; set when malformed.</summary>
    public string? Field { get; init; }
}

/// <summary>A step of a relationship on record: the same step that a signed-in professional takes with <c>POST /relationships/{id}/{step}</c>.</summary>
public sealed record MovedRelationship
{
    /// <summary>The relationship.</summary>
    public required string Id { get; init; }

    /// <summary><c>accept</c>, <c>reject</c> or <c>end</c>.</summary>
    public required string Step { get; init; }

    /// <summary>The organisation that takes the step; a side of the entry.</summary>
    public required Policy.Ids.OrganisationId Organisation { get; init; }

    /// <summary>The professional who takes it.</summary>
    public required Policy.Ids.ProfessionalId Professional { get; init; }
}

/// <summary>A relationship to record.</summary>
public sealed record NewRelationship
{
    /// <summary>Identifier, chosen by the writer.</summary>
    public required string Id { get; init; }

    /// <summary>Kind, for example <c>referral</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>requested or active.</summary>
    public required Policy.States.RelationshipStatus Status { get; init; }

    /// <summary>The organisation on whose side it arose.</summary>
    public Policy.Ids.OrganisationId? FromOrganisation { get; init; }

    /// <summary>The organisation towards which it holds.</summary>
    public Policy.Ids.OrganisationId? ToOrganisation { get; init; }

    /// <summary>The professional towards whom it holds.</summary>
    public Policy.Ids.ProfessionalId? Professional { get; init; }

    /// <summary>In force until; null until ended.</summary>
    public DateTimeOffset? To { get; init; }
}
