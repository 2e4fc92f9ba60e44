// The counsellor's referrals and unfinished entries. Finnish: Työjono.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.States;
using Sisote.Portal.Backends;
using Sisote.Portal.Entries;
using Sisote.Portal.Links;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class WorklistModel(RoomSettings settings, Visiting visiting, ConsentApi consent, EntryDesk desk) : CounsellorPage(visiting)
{
    private readonly Visiting work = visiting;

    public ImmutableArray<WorkItem> Rows { get; private set; } = [];

    public IReadOnlyList<(string Id, EntryDraft Draft)> Unfinished { get; private set; } = [];

    public string? Done { get; private set; }

    /// <summary>Whether some provider is reached by link.</summary>
    public bool CanHandOver { get; private set; }

    public IEnumerable<WorkItem> New => Rows.Where(static row => row.Referral.Status == RelationshipStatus.Requested);

    public IEnumerable<WorkItem> Current => Rows.Where(static row => row.Referral.Status == RelationshipStatus.Active);

    public async Task<IActionResult> OnGetAsync(string? done, CancellationToken cancellation)
    {
        if (Caller is not { } caller)
        {
            return Redirect("/releases"); // no referrals come to them here, but what their organisation gives may wait for them
        }

        var answer = await work.ListAsync(caller, cancellation);
        if (answer is not Answer<ImmutableArray<WorkItem>>.Ok { Value: var rows })
        {
            return Ended(answer);
        }

        (Rows, Done, CanHandOver) = (rows, done is "accepted" or "rejected" ? done : null, HandOverWay.All(settings, caller).Length > 0);
        Unfinished = await desk.UnfinishedAsync(Person.Subject, caller, cancellation);
        return Page();
    }

    public Task<IActionResult> OnPostAcceptAsync(string referral, CancellationToken cancellation) => ChangeAsync(referral, RelationshipStep.Accept, "accepted", cancellation);

    public Task<IActionResult> OnPostRejectAsync(string referral, CancellationToken cancellation) => ChangeAsync(referral, RelationshipStep.Reject, "rejected", cancellation);

    private async Task<IActionResult> ChangeAsync(string referral, RelationshipStep step, string done, CancellationToken cancellation)
    {
        var answer = await consent.ChangeAsync(referral, step, cancellation);
        return answer is Answer<RelationshipChanged>.Ok ? Redirect($"/worklist?done={done}") : Ended(answer);
    }
}
