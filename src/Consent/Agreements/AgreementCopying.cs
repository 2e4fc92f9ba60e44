// An agreement takes over the text of the offer that it came from.
using Sisote.Consent.Keeping;
using Sisote.Consent.Network;
using Sisote.Doors.Consent;
using Sisote.Doors.Network;

namespace Sisote.Consent.Agreements;

/// <summary>Copies an offer into the terms of an agreement, in the transaction that records them: what stands there is what was published at that moment.</summary>
internal static class AgreementCopying
{
    /// <summary>The terms with the text of an offer; without an offer with the text that was copied before. Null where the offer is none of a party's that is valid now.</summary>
    public static async Task<AgreementTerms?> CopyAsync(LogTransaction transaction, AgreementTerms terms, string? offer, CopiedOffer? before)
    {
        if (offer is null)
        {
            return terms with { Copied = before };
        }

        var found = await NetworkStore.FindAsync(transaction.Session, new NetworkQuestion { Kind = NetworkKind.Offer, Id = offer }, transaction.Now, CancellationToken.None);
        return found is [{ Offer: { } text } row] && terms.Agreement.Parties.Contains(row.Organisation)
            ? terms with { Copied = new CopiedOffer(row.Id, row.Version, row.Organisation, transaction.Now, text) }
            : null;
    }
}
