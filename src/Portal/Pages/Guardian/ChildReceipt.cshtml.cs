// What a guardian gave or withdrew for a child.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Portal.Backends;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;

namespace Sisote.Portal.Pages;

internal sealed class ChildReceiptModel(ConsentApi consent, SealedStore store) : GuardianPage(consent)
{
    public ChildConsentAnswer Answer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string child, string id, CancellationToken cancellation)
    {
        if (await FindChildAsync(child, cancellation) is { } ended)
        {
            return ended;
        }

        Answer = (await store.GetAsync<ChildReceipt>(Person.Subject, ChildReceipt.Kind, id, cancellation) is { } kept && kept.Child == Child.Id ? kept.Answer : null)!;
        return Answer is null ? NotFound() : Page();
    }
}
