// One client: only what may be seen. Finnish: Asiakas.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Tokens;
using Sisote.Portal.Entries;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class ClientModel(Visiting visiting, SealedStore store, EntryDesk desk, TimeProvider clock) : CounsellorPage(visiting)
{
    private readonly Visiting work = visiting;

    public Visit? Visit { get; private set; }

    public ClientView? View { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        if (Caller is not { } caller)
        {
            return NoPages();
        }

        Visit = await store.GetAsync<Visit>(Person.Subject, Visit.Kind, id, cancellation);
        if (Visit is null)
        {
            return NotFound();
        }

        View = await work.ReadAsync(caller, Visit, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellation)
    {
        var visit = await store.GetAsync<Visit>(Person.Subject, Visit.Kind, id, cancellation);
        return visit is null || Form is null
            ? NotFound()
            : Redirect($"/entries/{await desk.BeginAsync(Person.Subject, visit, PageTexts.Typed(PageTexts.DayIn(clock.GetUtcNow())), cancellation)}");
    }
}
