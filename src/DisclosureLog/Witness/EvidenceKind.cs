// The ways in which a log can go against what it signed.
namespace Sisote.DisclosureLog.Witness;

/// <summary>What a witness found.</summary>
public enum EvidenceKind
{
    /// <summary>The log signed two trees of one size: it tells different readers different things.</summary>
    SplitView,

    /// <summary>The log shows an older state, and what came after is not there any more.</summary>
    Truncated,

    /// <summary>The log shows an older checkpoint although it still has what came after.</summary>
    Replayed,

    /// <summary>Single entries that were seen before are other entries now.</summary>
    Edited,

    /// <summary>The entries that were seen before stand in another order.</summary>
    Reordered,

    /// <summary>From some place on the log is another one than was seen before.</summary>
    Forked,
}
