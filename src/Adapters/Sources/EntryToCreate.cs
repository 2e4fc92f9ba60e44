// An entry on its way into a source system.
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Sisote.Doors.Adapters;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Sources;

/// <summary>What the gateway delivers in one call: one resource, or the resources of a transaction, all about one client.</summary>
internal sealed record EntryToCreate
{
    /// <summary>The resources in the order of the call.</summary>
    public required ImmutableArray<Resource> Resources { get; init; }

    /// <summary>By what name the other resources of the call refer to each one (<c>urn:uuid:...</c>), in the same order; null where it has none.</summary>
    public ImmutableArray<string?> Names { get; init; } = [];

    /// <summary>The client that every resource is about.</summary>
    public required Hetu Client { get; init; }

    /// <summary>Who sends it, under which rule.</summary>
    public required SenderInfo Sender { get; init; }

    /// <summary>The gateway's key of this delivery: 1 to 64 letters, digits, '-', '_' or '.'; the same on every retry.</summary>
    public required string IdempotencyKey { get; init; }
}
