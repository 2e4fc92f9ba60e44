// What was given or withdrawn, and who already holds what.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Tokens;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Client))]
internal sealed class ConsentReceiptModel(SealedStore store) : PortalPage
{
    public ConsentReceipt? Receipt { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        Receipt = await store.GetAsync<ConsentReceipt>(Person.Subject, ConsentReceipt.Kind, id, cancellation);
        return Receipt is null ? NotFound() : Page();
    }
}
