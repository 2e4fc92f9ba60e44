// Second step of giving a consent: which items, until when. Nothing is chosen beforehand.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Client))]
internal sealed class ChooseItemsModel(RoomSettings settings, SealedStore store, PageTexts texts, TimeProvider clock) : PortalPage
{
    public ConsentOffer? Offer { get; private set; }

    [BindProperty]
    public IReadOnlyList<string> Items { get; set; } = [];

    [BindProperty]
    public string? LastDay { get; set; }

    private DateOnly Today => PageTexts.DayIn(clock.GetUtcNow());

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Offer = ConsentOffer.All(settings, Today).FirstOrDefault(offer => offer.Id == context.RouteData.Values["offer"] as string);
        if (Offer is null)
        {
            context.Result = NotFound();
        }
    }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var chosen = Offer!.Items.Select(static item => item.Value).Where(Items.Contains).ToList();
        var lastDay = PageTexts.ReadDay(LastDay);
        if (chosen.Count == 0)
        {
            Faults.Add(new FieldFault("items-0", texts["consents.fault.items"]));
        }

        if (!string.IsNullOrWhiteSpace(LastDay) && (lastDay is null || lastDay < Today))
        {
            Faults.Add(new FieldFault("last-day", texts[lastDay is null ? "consents.fault.day" : "consents.fault.past"]));
        }

        if (Faults.Count > 0)
        {
            return Page();
        }

        var id = SealedStore.NewId();
        await store.PutAsync(Person.Subject, ConsentDraft.Kind, id, new ConsentDraft(Guid.CreateVersion7().ToString("N"), Offer.Id, [.. chosen], lastDay), cancellation);
        return Redirect($"/consents/review/{id}");
    }
}
