// What a client chose, between choosing and confirming.
using System.Collections.Immutable;
using Sisote.Doors.Consent;

namespace Sisote.Portal.Consents;

/// <summary>A consent that is chosen but not given.</summary>
/// <param name="ConsentId">The identifier it will have: a second press of the button gives the same consent.</param>
/// <param name="Offer">The offer chosen.</param>
/// <param name="Items">The items chosen.</param>
/// <param name="LastDay">The last day, where one was chosen.</param>
internal sealed record ConsentDraft(string ConsentId, string Offer, ImmutableArray<string> Items, DateOnly? LastDay)
{
    /// <summary>Kind under which drafts are kept.</summary>
    public const string Kind = "consent";
}

/// <summary>The receipt page's content: exactly one of the two.</summary>
internal sealed record ConsentReceipt(ConsentGiven? Given, WithdrawalAnswer? Withdrawn)
{
    /// <summary>Kind under which receipts are kept.</summary>
    public const string Kind = "receipt";
}
