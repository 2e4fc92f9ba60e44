// What goes where, before it goes; and what to do when it did not.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Portal.Entries;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class PreviewModel(RoomSettings settings, Visiting visiting, EntryDesk desk, PageTexts texts, TimeProvider clock) : CounsellorPage(visiting)
{
    public EntryDraft? Draft { get; private set; }

    public CheckedEntry? Entry { get; private set; }

    /// <summary>The plan of the chosen mode.</summary>
    public EntryPlan? Plan { get; private set; }

    /// <summary>Plans of the other modes, offered when the chosen one was refused.</summary>
    public ImmutableArray<EntryPlan> Others { get; private set; } = [];

    /// <summary>Whether the text is too long for the mode.</summary>
    public bool TooLong => Plan?.MaxText is { } most && Entry!.Text.Length > most;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation) => await FindAsync(id, cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } ended)
        {
            return ended;
        }

        if (Plan is null || TooLong)
        {
            return Page();
        }

        var draft = Draft!.State == EntryState.Refused ? Draft with { IdempotencyKey = SealedStore.NewId() } : Draft; // a refused key stays refused
        var sent = await desk.SendAsync(Person.Subject, id, draft, Entry!, Form!, Plan, Caller!);
        return Redirect($"/entries/{id}/{(sent.State == EntryState.Sent ? "receipt" : sent.State == EntryState.Waiting ? "waiting" : "preview")}");
    }

    public async Task<IActionResult> OnPostModeAsync(string id, string mode, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } ended)
        {
            return ended;
        }

        await desk.KeepAsync(Person.Subject, id, Draft! with { Mode = Form!.ModeOf(mode).Id, State = EntryState.Writing, IdempotencyKey = SealedStore.NewId() }, cancellation);
        return Redirect($"/entries/{id}/preview");
    }

    private async Task<IActionResult?> FindAsync(string id, CancellationToken cancellation)
    {
        Draft = await desk.FindAsync(Person.Subject, id, cancellation);
        if (Draft is null || Caller is not { } caller || Form is not { } form)
        {
            return NotFound();
        }

        if (Draft.State is EntryState.Sent or EntryState.Waiting)
        {
            return Redirect($"/entries/{id}/{(Draft.State == EntryState.Sent ? "receipt" : "waiting")}");
        }

        Entry = EntryReader.Read(Draft, form, texts, PageTexts.DayIn(clock.GetUtcNow()), Faults);
        if (Entry is null)
        {
            return Redirect($"/entries/{id}");
        }

        var plans = EntryPlan.Make(settings, caller, Draft.Visit.ReferredBy, Entry, form);
        Plan = plans.FirstOrDefault(plan => plan.Mode.Id == Draft.Mode) ?? plans.FirstOrDefault();
        Others = [.. plans.Where(plan => plan != Plan)];
        return null;
    }
}
