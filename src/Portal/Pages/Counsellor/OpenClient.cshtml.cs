// Asks why a client's data is needed, before any of it is fetched.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Tokens;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class OpenClientModel(Visiting visiting, SealedStore store, PageTexts texts) : CounsellorPage(visiting)
{
    /// <summary>The longest statement.</summary>
    public const int MaxOther = 150;

    /// <summary>The usual reasons; their texts stand in the text catalogue.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["first-meeting", "follow-up", "before-entry", "other"];

    public WorkItem? Row { get; private set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Other { get; set; }

    public async Task<IActionResult> OnGetAsync(string referral, CancellationToken cancellation) => await FindAsync(referral, cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(string referral, CancellationToken cancellation)
    {
        if (await FindAsync(referral, cancellation) is { } ended)
        {
            return ended;
        }

        if (Necessity() is not { } necessity)
        {
            return Page();
        }

        var id = SealedStore.NewId();
        await store.PutAsync(Person.Subject, Visit.Kind, id, new Visit
        {
            Patient = Row!.Patient!,
            Name = Row.Name ?? texts["worklist.no-name"],
            Born = Row.Born,
            Referral = Row.Referral.Id,
            ReferredBy = Row.Referral.FromOrganisation!.Value,
            Necessity = necessity,
        }, cancellation);
        return Redirect($"/visits/{id}");
    }

    private async Task<IActionResult?> FindAsync(string referral, CancellationToken cancellation)
    {
        (Row, var ended) = await FindRowAsync(referral, cancellation);
        return ended;
    }

    private string? Necessity()
    {
        var other = string.Join(' ', (Other ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Reason is null || !Reasons.Contains(Reason))
        {
            Faults.Add(new FieldFault("reason-0", texts["open.fault.reason"]));
        }
        else if (Reason == "other" && other.Length is < 5 or > MaxOther)
        {
            Faults.Add(new FieldFault("other", texts["open.fault.other"]));
        }

        return Faults.Count > 0 ? null : Reason == "other" ? other : texts[$"open.reason.{Reason}"];
    }
}
