// How a look at a followed log went.
namespace Sisote.Consent.Witnessing;

/// <summary>What was found.</summary>
internal enum LookOutcome
{
    /// <summary>Nothing new.</summary>
    Unchanged,

    /// <summary>It has grown as it should, and the new checkpoint is cosigned.</summary>
    Grown,

    /// <summary>It does not answer.</summary>
    Unreachable,

    /// <summary>What it serves is not signed with its key.</summary>
    NotSigned,

    /// <summary>Its tiles or entries do not lead to the checkpoint that it signed, or are not served.</summary>
    TilesDisagree,

    /// <summary>It went against what it had signed before: there is an alarm with evidence.</summary>
    Alarm,
}
