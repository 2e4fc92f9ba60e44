// What a bundle is checked against besides itself.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>What the reader of a bundle knows from elsewhere. The more it is, the less has to be believed.</summary>
public sealed record BundleTerms
{
    /// <summary>The log's key, from where the reader trusts it; null to take the one in the bundle, which shows only that the bundle agrees with itself.</summary>
    public NoteVerifier? Log { get; init; }

    /// <summary>Witnesses that must have cosigned the bundle's checkpoint, or one of <see cref="Kept"/>.</summary>
    public WitnessQuorum Quorum { get; init; } = WitnessQuorum.None;

    /// <summary>Signed checkpoints of the log that somebody kept; the bundle must continue each.</summary>
    public ImmutableArray<Note> Kept { get; init; } = [];
}
