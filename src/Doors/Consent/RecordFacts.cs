// Facts about a client that decide, as their registers know them.
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>Replaces what is known of a client. <c>POST /clients/facts</c> (sisote-operator, sisote-adapters)</summary>
/// <remarks>A birth date left out is read from the identifier; a form of school left out stays, since registers of schools tell it (<see cref="RecordRelationships"/>). Sending what is on record already changes nothing.</remarks>
public sealed record RecordFacts
{
    /// <summary>The national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>The facts.</summary>
    public required ClientFacts Facts { get; init; }
}

/// <summary>The facts stand.</summary>
public sealed record FactsRecorded
{
    /// <summary>Revision of the client's state.</summary>
    public required long Revision { get; init; }
}
