// Second step of giving a consent for a child: which items, until when. Nothing is chosen beforehand.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Portal.Backends;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

internal sealed class ChooseChildItemsModel(ConsentApi consent, RoomSettings settings, SealedStore store, PageTexts texts, TimeProvider clock) : GuardianPage(consent)
{
    public ConsentOffer Offer { get; private set; } = null!;

    [BindProperty]
    public IReadOnlyList<string> Items { get; set; } = [];

    [BindProperty]
    public string? LastDay { get; set; }

    private DateOnly Today => PageTexts.DayIn(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string child, string offer, CancellationToken cancellation) => await FindAsync(child, offer, cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(string child, string offer, CancellationToken cancellation)
    {
        if (await FindAsync(child, offer, cancellation) is { } ended)
        {
            return ended;
        }

        var chosen = Offer.Items.Select(static item => item.Value).Where(Items.Contains).ToList();
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
        await store.PutAsync(Person.Subject, ChildDraft.Kind, id, new ChildDraft(Child.Id, new ConsentDraft(Guid.CreateVersion7().ToString("N"), Offer.Id, [.. chosen], lastDay)), cancellation);
        return Redirect($"{Place}/consents/review/{id}");
    }

    private async Task<IActionResult?> FindAsync(string child, string offer, CancellationToken cancellation)
    {
        if (await FindChildAsync(child, cancellation) is { } ended)
        {
            return ended;
        }

        Offer = ConsentOffer.All(settings, Today).FirstOrDefault(each => each.Id == offer)!;
        return Offer is null ? NotFound() : null;
    }
}
