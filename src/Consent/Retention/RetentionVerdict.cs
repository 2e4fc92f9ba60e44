// What is to become of one old entry.
namespace Sisote.Consent.Retention;

/// <summary>What is to become of an entry as of a day.</summary>
internal enum RetentionVerdict
{
    /// <summary>Its time has not ended.</summary>
    Later,

    /// <summary>Its time has ended.</summary>
    Due,

    /// <summary>Its time has ended, and a hold keeps it.</summary>
    Held,

    /// <summary>A controller has not said when its time ends.</summary>
    Unset,

    /// <summary>Its time is not counted from the event, or it tells of the log's own keeping.</summary>
    Kept,

    /// <summary>It is not what the log committed to: evidence of a change, which erasing would destroy.</summary>
    Changed,
}
