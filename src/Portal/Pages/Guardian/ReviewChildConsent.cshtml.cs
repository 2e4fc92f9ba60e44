// Third step of giving a consent for a child: what it does, then yes or no.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Portal.Backends;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

internal sealed class ReviewChildConsentModel(ConsentApi consent, RoomSettings settings, SealedStore store, PageTexts texts, TimeProvider clock) : GuardianPage(consent)
{
    public ConsentDraft Draft { get; private set; } = null!;

    public ConsentOffer Offer { get; private set; } = null!;

    public ImmutableArray<DataItemId> Items => [.. Offer.Items.Where(item => Draft.Items.Contains(item.Value))];

    public async Task<IActionResult> OnGetAsync(string child, string id, CancellationToken cancellation) => await FindAsync(child, id, cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(string child, string id, CancellationToken cancellation)
    {
        if (await FindAsync(child, id, cancellation) is { } ended)
        {
            return ended;
        }

        var answer = await Consent.GiveForAsync(Child, Command(), cancellation);
        if (answer is not Answer<ChildConsentAnswer>.Ok { Value: var given })
        {
            return Nothing(answer);
        }

        await store.PutAsync(Person.Subject, ChildReceipt.Kind, id, new ChildReceipt(Child.Id, given), cancellation);
        store.Remove(Person.Subject, ChildDraft.Kind, id);
        return Redirect($"{Place}/consents/receipt/{id}");
    }

    private async Task<IActionResult?> FindAsync(string child, string id, CancellationToken cancellation)
    {
        if (await FindChildAsync(child, cancellation) is { } ended)
        {
            return ended;
        }

        // A draft is of one child: with another in the address it is not there.
        Draft = (await store.GetAsync<ChildDraft>(Person.Subject, ChildDraft.Kind, id, cancellation) is { } kept && kept.Child == Child.Id ? kept.Consent : null)!;
        Offer = ConsentOffer.All(settings, PageTexts.DayIn(clock.GetUtcNow())).FirstOrDefault(offer => offer.Id == Draft?.Offer)!;
        return Offer is null ? NotFound() : null;
    }

    private GiveConsent Command() => new()
    {
        Id = Draft.ConsentId,
        Form = Offer.Form,
        Items = Items,
        SourceOrganisations = Offer.Sources,
        RecipientSector = Offer.Sector,
        RecipientOrganisation = Offer.Recipient,
        RecipientRole = Offer.Role,
        Purpose = Offer.Purpose,
        To = Draft.LastDay is { } day ? PageTexts.EndOf(day) : null,
        TextLanguage = texts.Language,
        TextVersion = texts.VersionOf("children."),
    };
}
