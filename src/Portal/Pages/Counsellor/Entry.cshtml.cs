// Writing an entry: measures and text, kept while it is typed. Finnish: Uusi kirjaus.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Tokens;
using Sisote.Portal.Entries;
using Sisote.Portal.Texts;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class EntryModel(Visiting visiting, EntryDesk desk, PageTexts texts, TimeProvider clock) : CounsellorPage(visiting)
{
    public EntryDraft? Draft { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        Draft = await desk.FindAsync(Person.Subject, id, cancellation);
        return Draft switch
        {
            null => NotFound(),
            { State: EntryState.Sent } => Redirect($"/entries/{id}/receipt"),
            { State: EntryState.Waiting } => Redirect($"/entries/{id}/waiting"),
            _ => Form is null ? NoPages() : Page(),
        };
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellation)
    {
        if (await desk.FindAsync(Person.Subject, id, cancellation) is not { State: not (EntryState.Sent or EntryState.Waiting) } draft || Form is not { } form)
        {
            return NotFound();
        }

        Draft = await desk.KeepAsync(Person.Subject, id, draft.Typed(Request.Form), cancellation);
        return EntryReader.Read(Draft, form, texts, PageTexts.DayIn(clock.GetUtcNow()), Faults) is null ? Page() : Redirect($"/entries/{id}/preview");
    }

    public IActionResult OnPostDiscard(string id)
    {
        desk.Discard(Person.Subject, id);
        return Redirect("/worklist");
    }
}
