// The question "what is on record about these people?" between gateway and consent service.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>Asks for the state of clients, named by national identifier or by key. <c>POST /states</c></summary>
/// <remarks>Asking creates nothing: an unknown person has a key and the empty state at revision 0, like a known one without any record.</remarks>
public sealed record ClientStateQuery
{
    /// <summary>National identifiers (HETU), 11 characters each.</summary>
    public ImmutableArray<string> Identifiers { get; init; } = [];

    /// <summary>Client keys.</summary>
    public ImmutableArray<ClientId> Clients { get; init; } = [];
}

/// <summary>The states asked for: first those of the identifiers, then those of the keys, each in the order of the question.</summary>
public sealed record ClientStateAnswer
{
    /// <summary>One for each asked.</summary>
    public required ImmutableArray<ClientStateRow> States { get; init; }
}

/// <summary>One client's state with the national identifier, which the gateway needs for the source's door.</summary>
public sealed record ClientStateRow
{
    /// <summary>The state.</summary>
    public required ConsentState State { get; init; }

    /// <summary>32 bytes, the client's own key for commitments in the log: it keeps others from trying out what was committed to. It stays in the gateway's memory.</summary>
    public required byte[] CommitmentKey { get; init; }

    /// <summary>The key that was asked about, where another identity of the same person stands for it now; <see cref="State"/> and <see cref="Identifier"/> are that one's.</summary>
    public ClientId? AskedAs { get; init; }

    /// <summary>The national identifier, where it is known to the service.</summary>
    public string? Identifier { get; init; }
}
