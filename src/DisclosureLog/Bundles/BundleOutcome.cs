// What the check of an exported bundle found.
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>Exactly one of <see cref="Intact"/> and <see cref="Broken"/>.</summary>
public abstract record BundleOutcome
{
    private BundleOutcome()
    {
    }

    /// <summary>Every entry is the one that the signed checkpoint covers, in its place, and every record is the one that was committed to.</summary>
    public sealed record Intact : BundleOutcome
    {
        /// <summary>Which log.</summary>
        public required string Origin { get; init; }

        /// <summary>Number of entries.</summary>
        public required long Size { get; init; }

        /// <summary>Root hash of the checkpoint.</summary>
        public required Digest Root { get; init; }

        /// <summary>Number of entries without record and salt; their leaves still prove that they were there.</summary>
        public required long Erased { get; init; }

        /// <summary>How many of those no entry of the bundle tells of: left out for its reader, or taken away behind the log's back. In the operator's whole export it must be none.</summary>
        public long Untold { get; init; }

        /// <summary>When the log took in the last entry; null in an empty log. A checkpoint itself carries no time (C2SP tlog-checkpoint).</summary>
        public required DateTimeOffset? LastTime { get; init; }

        /// <summary>Whether the log's key was given from outside. If not, the bundle agrees with itself and whoever made it may have made all of it.</summary>
        public required bool KeyWasGiven { get; init; }

        /// <summary>How many of the trusted witnesses cosigned the checkpoint, or a kept one that this log continues.</summary>
        public int Cosigners { get; init; }
    }

    /// <summary>Something was changed, is missing or does not belong; the first place where that shows.</summary>
    public sealed record Broken : BundleOutcome
    {
        /// <summary>The first broken entry; null when no single entry can be named (header, checkpoint, root).</summary>
        public required long? Index { get; init; }

        /// <summary>What is wrong there.</summary>
        public required BundleFault Fault { get; init; }
    }
}
