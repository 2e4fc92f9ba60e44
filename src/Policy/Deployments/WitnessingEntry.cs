// Who watches whose log.
using System.Collections.Immutable;

namespace Sisote.Policy.Deployments;

/// <summary>Section <c>witnessing</c> of a deployment file: witnesses that cosign this installation's log, and logs of others that it watches itself.</summary>
public sealed record WitnessingEntry
{
    /// <summary>Witnesses to ask, each by its public key and the address below which it is asked.</summary>
    public ImmutableArray<LogPeerEntry> Asks { get; init; } = [];

    /// <summary>How many of them must have cosigned a checkpoint. <value>1 where any is asked</value></summary>
    public int Quorum { get; init; }

    /// <summary>Whether the consent service is not ready while a checkpoint waits too long for them. <value>false</value></summary>
    public bool QuorumForReadiness { get; init; }

    /// <summary>Logs to watch, each by its public key; with an address, they are also followed without being asked.</summary>
    public ImmutableArray<LogPeerEntry> Watches { get; init; } = [];
}

/// <summary>The other side of a watch.</summary>
public sealed record LogPeerEntry
{
    /// <summary>Its public key, a C2SP verifier key.</summary>
    public required string Key { get; init; }

    /// <summary>Its address; null for a log that is not followed.</summary>
    public Uri? Address { get; init; }
}
