// An entry that has left the counsellor's hands and has not arrived yet.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Tokens;
using Sisote.Portal.Entries;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class EntryWaitingModel(Visiting visiting, EntryDesk desk) : CounsellorPage(visiting)
{
    public EntryDraft? Draft { get; private set; }

    /// <summary>Whether it was too late to take it back.</summary>
    public bool IsTooLate { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, bool? late, CancellationToken cancellation)
    {
        if (await desk.FindAsync(Person.Subject, id, cancellation) is not { State: EntryState.Waiting } draft || Caller is not { } caller)
        {
            return Redirect($"/entries/{id}");
        }

        Draft = await desk.LookAsync(Person.Subject, id, draft, caller, cancellation);
        IsTooLate = late == true;
        return Draft.State == EntryState.Waiting ? Page() : Redirect(PlaceOf(id, Draft));
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellation)
    {
        if (await desk.FindAsync(Person.Subject, id, cancellation) is not { State: EntryState.Waiting } draft || Caller is not { } caller)
        {
            return Redirect($"/entries/{id}");
        }

        var after = await desk.TakeBackAsync(Person.Subject, id, draft, caller, cancellation);
        return Redirect(after.State == EntryState.Waiting ? $"/entries/{id}/waiting?late=true" : PlaceOf(id, after));
    }

    private static string PlaceOf(string id, EntryDraft draft) => draft.State switch
    {
        EntryState.Sent => $"/entries/{id}/receipt",
        EntryState.Writing => $"/entries/{id}",
        _ => $"/entries/{id}/preview",
    };
}
