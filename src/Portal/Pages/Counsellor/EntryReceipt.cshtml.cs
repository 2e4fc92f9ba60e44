// Proof that an entry was sent: where it stands, under which rule.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Tokens;
using Sisote.Portal.Entries;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class EntryReceiptModel(EntryDesk desk) : PortalPage
{
    public EntryDraft? Draft { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        Draft = await desk.FindAsync(Person.Subject, id, cancellation);
        return Draft is { Receipt: not null } ? Page() : NotFound();
    }
}
