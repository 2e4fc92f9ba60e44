// What a guardian chose for a child, between choosing and confirming, and the receipt after it.
using Sisote.Doors.Consent;

namespace Sisote.Portal.Consents;

/// <summary>A consent for a child that is chosen but not given.</summary>
/// <param name="Child">The child in this guardian's addresses.</param>
/// <param name="Consent">What was chosen.</param>
internal sealed record ChildDraft(string Child, ConsentDraft Consent)
{
    /// <summary>Kind under which drafts are kept.</summary>
    public const string Kind = "child-consent";
}

/// <summary>What a step did.</summary>
internal sealed record ChildReceipt(string Child, ChildConsentAnswer Answer)
{
    /// <summary>Kind under which receipts are kept.</summary>
    public const string Kind = "child-receipt";
}
