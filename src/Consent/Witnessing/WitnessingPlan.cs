// The deployment's words on witnesses, with their keys read.
using System.Collections.Frozen;
using System.Collections.Immutable;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;
using Sisote.Doors;
using Sisote.Policy.Deployments;

namespace Sisote.Consent.Witnessing;

/// <summary>A witness that cosigns this log.</summary>
internal sealed record AskedWitness(WitnessVerifier Key, Uri Address);

/// <summary>A log that is watched here; with an address it is followed, too.</summary>
internal sealed record WatchedLog(NoteVerifier Key, Uri? Address);

/// <summary>Whom this log asks, and which logs are watched.</summary>
internal sealed record WitnessingPlan
{
    /// <summary>The witnesses to ask.</summary>
    public required ImmutableArray<AskedWitness> Asks { get; init; }

    /// <summary>Those witnesses, and how many of them a checkpoint needs.</summary>
    public required WitnessQuorum Quorum { get; init; }

    /// <summary>Whether a checkpoint that waits too long makes the room not ready.</summary>
    public required bool QuorumForReadiness { get; init; }

    /// <summary>The logs to watch, by their origin.</summary>
    public required FrozenDictionary<string, WatchedLog> Watches { get; init; }

    /// <summary>Reads the plan.</summary>
    /// <exception cref="ConsentStartException">A key or address cannot be used.</exception>
    public static WitnessingPlan Of(RoomSettings settings, NoteVerifier own)
    {
        var entry = settings.Deployment.Witnessing ?? new WitnessingEntry();
        var asks = entry.Asks.Select(peer => new AskedWitness(ReadWitness(peer), Require(peer, settings.Strict))).ToImmutableArray();
        var watches = entry.Watches.Select(peer => new WatchedLog(ReadLog(peer, own), peer.Address is null ? null : Require(peer, settings.Strict)));
        return new WitnessingPlan
        {
            Asks = asks,
            Quorum = new WitnessQuorum { Witnesses = [.. asks.Select(static asked => asked.Key)], Needed = entry.Quorum },
            QuorumForReadiness = entry.QuorumForReadiness,
            Watches = watches.ToFrozenDictionary(static watched => watched.Key.Name, StringComparer.Ordinal),
        };
    }

    private static WitnessVerifier ReadWitness(LogPeerEntry peer) => WitnessVerifier.TryParse(peer.Key, out var key)
        ? key
        : throw new ConsentStartException($"`{peer.Key}` under `asks` of `witnessing` in the deployment file is no key of a witness. Copy the line of the other side's {WitnessKey.PublicFile}.");

    private static NoteVerifier ReadLog(LogPeerEntry peer, NoteVerifier own) =>
        !NoteVerifier.TryParse(peer.Key, out var key) ? throw new ConsentStartException($"`{peer.Key}` under `watches` of `witnessing` in the deployment file is no key of a log. Copy the line of the other side's {Keeping.LogKey.PublicFile}.")
        : key.Name == own.Name ? throw new ConsentStartException($"`watches` of `witnessing` in the deployment file names this installation's own log. A log is watched by others.")
        : key;

    private static Uri Require(LogPeerEntry peer, bool strict) => peer.Address switch
    {
        { Scheme: "https" } address => address,
        { IsLoopback: true } address => address,
        { } address when !strict => address,
        _ => throw new ConsentStartException($"The address of `{peer.Key.Split('+')[0]}` in `witnessing` of the deployment file must begin with https:// in strict mode."),
    };
}
