// The question "is what I hold of this client still what is on record?" between gateway and consent service.
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>Asks whether a client's state is still the one that the gateway holds. <c>POST /states/refresh</c></summary>
public sealed record ClientStateRefresh
{
    /// <summary>Whose.</summary>
    public required ClientId Client { get; init; }

    /// <summary>The revision of the client that is held.</summary>
    public required long Revision { get; init; }

    /// <summary>The revision of the agreements that is held.</summary>
    public required long AgreementsRevision { get; init; }

    /// <summary>Whether the national identifier is held.</summary>
    public required bool KnowsIdentifier { get; init; }
}

/// <summary>What became of it. That nothing changed is said in as many bytes, and found with as much work, of a client with much on record as of one with nothing: time then tells nobody which it is.</summary>
public sealed record ClientStateRefreshed
{
    /// <summary>The client as on record now; null where what is held is that.</summary>
    public ClientStateRow? Changed { get; init; }
}
