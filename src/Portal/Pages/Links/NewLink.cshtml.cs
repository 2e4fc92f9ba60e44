// Hands one client's case over to a person at a provider without a system: whom, what for, until when; then what would go; then the link. Finnish: Luovutus linkillä.
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Portal.Keeping;
using Sisote.Portal.Links;
using Sisote.Portal.Texts;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class NewLinkModel(RoomSettings settings, Visiting visiting, LinkDesk desk, PageTexts texts, TimeProvider clock) : CounsellorPage(visiting)
{
    /// <summary>The longest name.</summary>
    public const int MaxName = 60;

    /// <summary>The longest statement.</summary>
    public const int MaxNecessity = 150;

    /// <summary>The periods that are offered, in days.</summary>
    public static IReadOnlyList<int> Periods { get; } = [1, 3, LinkDesk.DefaultDays, LinkDesk.MostDays];

    public WorkItem? Row { get; private set; }

    public ImmutableArray<HandOverWay> Ways { get; private set; } = [];

    /// <summary>What would go where; set when the form holds.</summary>
    public HandOverLink? Link { get; private set; }

    /// <summary>The way of <see cref="Link"/>.</summary>
    public HandOverWay? Chosen { get; private set; }

    /// <summary>The secrets, shown once.</summary>
    public MadeLink? Made { get; private set; }

    /// <summary>The whole address, shown once.</summary>
    public Uri? Address => Made is null ? null : LinkDoors.AddressOf(settings, Made.Token);

    [BindProperty]
    public string? Way { get; set; }

    [BindProperty]
    public string? Recipient { get; set; }

    [BindProperty]
    public string? Necessity { get; set; }

    [BindProperty]
    public int Days { get; set; } = LinkDesk.DefaultDays;

    /// <summary>Id of this form, so that it makes one link however often it is sent.</summary>
    [BindProperty]
    public string? Once { get; set; }

    public async Task<IActionResult> OnGetAsync(string referral, CancellationToken cancellation) => await FindAsync(referral, cancellation) ?? Page();

    /// <summary>Shows what would go where.</summary>
    public async Task<IActionResult> OnPostAsync(string referral, CancellationToken cancellation)
    {
        var ended = await FindAsync(referral, cancellation);
        if (ended is null)
        {
            Read();
        }

        return ended ?? Page();
    }

    /// <summary>Goes back to the form with what was typed.</summary>
    public async Task<IActionResult> OnPostEditAsync(string referral, CancellationToken cancellation) => await FindAsync(referral, cancellation) ?? Page();

    /// <summary>Makes the link.</summary>
    public async Task<IActionResult> OnPostMakeAsync(string referral, CancellationToken cancellation)
    {
        if (await FindAsync(referral, cancellation) is { } ended)
        {
            return ended;
        }

        Read();
        if (Link is null)
        {
            return Page();
        }

        Made = await desk.MakeAsync(Person.Subject, Once!, Link, cancellation);
        return Made is null ? Redirect("/links") : Page(); // a form that is sent again made its link already, and the secrets were shown
    }

    private async Task<IActionResult?> FindAsync(string referral, CancellationToken cancellation)
    {
        (Row, var ended) = await FindRowAsync(referral, cancellation);
        if (ended is not null)
        {
            return ended;
        }

        Ways = HandOverWay.All(settings, Caller!);
        Once = SealedStore.IsId(Once) ? Once : SealedStore.NewId();
        if (Ways is [var only])
        {
            Way ??= only.Id;
        }

        return Ways.IsEmpty ? NotFound() : null;
    }

    private void Read()
    {
        var way = Ways.FirstOrDefault(way => way.Id == Way);
        var (name, necessity) = (Plain(Recipient), Plain(Necessity));
        if (way is null)
        {
            Faults.Add(new FieldFault("way-0", texts["links.fault.way"]));
        }

        if (name.Length > MaxName || name.Any(static c => char.IsDigit(c) || char.IsControl(c)) || HandOverLink.IdOf(name) is null)
        {
            Faults.Add(new FieldFault("recipient", texts["links.fault.recipient"]));
        }

        if (necessity.Length is < 5 or > MaxNecessity || necessity.Any(char.IsControl) || Hetu.IsIn(necessity))
        {
            Faults.Add(new FieldFault("necessity", texts["links.fault.necessity", ("max", MaxNecessity.ToString(CultureInfo.InvariantCulture))]));
        }

        if (!Periods.Contains(Days))
        {
            Faults.Add(new FieldFault("days", texts["links.fault.days"]));
        }

        if (Faults.Count == 0)
        {
            (Chosen, Link) = (way, Make(way!, name, necessity));
        }
    }

    private HandOverLink Make(HandOverWay way, string name, string necessity)
    {
        var (now, caller) = (clock.GetUtcNow(), Caller!);
        return new HandOverLink
        {
            System = caller.System.Id,
            Sender = caller.Business.SubjectId,
            SenderName = Person.Name,
            Role = caller.Business.SubjectRole,
            Provider = way.Provider.Id,
            Purpose = way.Purpose,
            Recipient = name,
            Patient = Row!.Patient!,
            Referral = Row.Referral.Id,
            Necessity = necessity,
            MadeAt = now,
            Until = now.AddDays(Days),
        };
    }

    private static string Plain(string? typed) => string.Join(' ', (typed ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
