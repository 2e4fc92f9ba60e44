// The ways in which an exported bundle can be broken.
namespace Sisote.DisclosureLog.Bundles;

/// <summary>What is wrong with a bundle.</summary>
public enum BundleFault
{
    /// <summary>The first line is not a header of a bundle.</summary>
    Header,

    /// <summary>The header names another key than the one that was given.</summary>
    AnotherKey,

    /// <summary>The second line is not a checkpoint of this log.</summary>
    Checkpoint,

    /// <summary>The checkpoint is not signed by the log's key.</summary>
    Signature,

    /// <summary>The line of an entry is not in its one canonical form.</summary>
    Malformed,

    /// <summary>The leaf is another than the line's hash says.</summary>
    LeafDoesNotMatchHash,

    /// <summary>The leaf belongs to another place: lines were swapped, removed or put in.</summary>
    OutOfOrder,

    /// <summary>The record, or its salt, is not the one that the leaf commits to.</summary>
    RecordDoesNotMatchCommitment,

    /// <summary>The bundle ends before the size of the checkpoint.</summary>
    Truncated,

    /// <summary>There is more than the checkpoint covers.</summary>
    Surplus,

    /// <summary>Each line agrees with itself, but together they are not the log that was signed: leaves were replaced.</summary>
    RootMismatch,

    /// <summary>A checkpoint that was kept elsewhere is not signed by this log.</summary>
    KeptSignature,

    /// <summary>A checkpoint that was kept elsewhere covers more entries than the bundle has.</summary>
    ShorterThanKept,

    /// <summary>The log that a kept checkpoint was signed for is another one than this.</summary>
    ContradictsKept,

    /// <summary>Fewer of the trusted witnesses cosigned than are needed.</summary>
    TooFewWitnesses,
}
