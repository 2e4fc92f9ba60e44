// Rows of the network's registers, and how they are asked for and written.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Network;

/// <summary>What a row is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NetworkKind>))]
public enum NetworkKind
{
    /// <summary>A unit of the directory.</summary>
    [JsonStringEnumMemberName("unit")]
    Unit,

    /// <summary>A named contact of a unit.</summary>
    [JsonStringEnumMemberName("contact")]
    Contact,

    /// <summary>An offer.</summary>
    [JsonStringEnumMemberName("offer")]
    Offer,

    /// <summary>A co-operation group.</summary>
    [JsonStringEnumMemberName("group")]
    Group,
}

/// <summary>One row as it stands, or stood in an earlier version.</summary>
public sealed record NetworkRow
{
    /// <summary>What it is.</summary>
    public required NetworkKind Kind { get; init; }

    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>From 1; every change makes the next.</summary>
    public required long Version { get; init; }

    /// <summary>Whose it is.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>The sector of the system that wrote it; null for what the operator wrote.</summary>
    public SectorId? Sector { get; init; }

    /// <summary>Valid from.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Valid until; null until ended.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>When this version was written.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Of a unit.</summary>
    public UnitSaid? Unit { get; init; }

    /// <summary>Of a contact.</summary>
    public ContactSaid? Contact { get; init; }

    /// <summary>Of an offer.</summary>
    public OfferSaid? Offer { get; init; }

    /// <summary>Of a group.</summary>
    public GroupSaid? Group { get; init; }
}

/// <summary>Asks for what is valid now. <c>POST /network/find</c> (gateway). What is left out is not looked at.</summary>
public sealed record NetworkQuestion
{
    /// <summary>Rows of which kind.</summary>
    public required NetworkKind Kind { get; init; }

    /// <summary>This one alone.</summary>
    public string? Id { get; init; }

    /// <summary>Of this organisation.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>Of this sector.</summary>
    public SectorId? Sector { get; init; }

    /// <summary>In this municipality, or in no one municipality alone.</summary>
    public string? Municipality { get; init; }

    /// <summary>Of this category.</summary>
    public string? Category { get; init; }

    /// <summary>Of this unit.</summary>
    public string? Unit { get; init; }

    /// <summary>With free places, or with places that are not counted.</summary>
    public bool Free { get; init; }
}

/// <summary>The rows that fit, in the order of organisation and id, at most 500.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="More">Whether there are more: ask for less.</param>
public sealed record NetworkFound(ImmutableArray<NetworkRow> Rows, bool More = false);

/// <summary>Writes a row or its next version; exactly one of the four is set. <c>POST /network/put</c> (gateway).</summary>
public sealed record NetworkPut
{
    /// <summary>In whose name.</summary>
    public required NetworkWriter By { get; init; }

    /// <summary>Identifier, 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>A unit.</summary>
    public UnitSaid? Unit { get; init; }

    /// <summary>A contact.</summary>
    public ContactSaid? Contact { get; init; }

    /// <summary>An offer.</summary>
    public OfferSaid? Offer { get; init; }
}

/// <summary>Changes free places. <c>POST /network/places</c> (gateway).</summary>
/// <param name="By">In whose name.</param>
/// <param name="Id">The offer.</param>
/// <param name="Free">How many.</param>
public sealed record NetworkPlaces(NetworkWriter By, string Id, int Free);

/// <summary>Ends a row as of now. <c>POST /network/end</c> (gateway).</summary>
/// <param name="By">In whose name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Identifier.</param>
public sealed record NetworkEnd(NetworkWriter By, NetworkKind Kind, string Id);
