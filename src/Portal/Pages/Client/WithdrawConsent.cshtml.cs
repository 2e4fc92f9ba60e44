// Withdrawing a consent: one page with what it does, one press.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.States;
using Sisote.Portal.Backends;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Client))]
internal sealed class WithdrawConsentModel(ConsentApi consent, SealedStore store) : PortalPage
{
    public MyConsent? Mine { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        var answer = await consent.GetConsentsAsync(cancellation);
        if (answer is not Answer<MyConsents>.Ok { Value: var mine })
        {
            return Ended(answer);
        }

        Mine = mine.Consents.FirstOrDefault(each => each.Consent.Id == id);
        return Mine switch
        {
            null => NotFound(),
            { Consent.Status: ConsentStatus.Active, How: not "mirrored" } => Page(),
            _ => Redirect("/consents"),
        };
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellation)
    {
        var answer = await consent.WithdrawAsync(id, cancellation);
        if (answer is not Answer<WithdrawalAnswer>.Ok { Value: var withdrawn })
        {
            return Ended(answer);
        }

        var receipt = SealedStore.NewId();
        await store.PutAsync(Person.Subject, ConsentReceipt.Kind, receipt, new ConsentReceipt(null, withdrawn), cancellation);
        return Redirect($"/consents/receipt/{receipt}");
    }
}
