// Last step of giving a consent: what it does, then yes or no.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Portal.Backends;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Client))]
internal sealed class ReviewConsentModel(RoomSettings settings, SealedStore store, ConsentApi consent, PageTexts texts, TimeProvider clock) : PortalPage
{
    public ConsentDraft? Draft { get; private set; }

    public ConsentOffer? Offer { get; private set; }

    public ImmutableArray<DataItemId> Items => [.. Offer!.Items.Where(item => Draft!.Items.Contains(item.Value))];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation) => await FindAsync(id, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation))
        {
            return NotFound();
        }

        var answer = await consent.GiveAsync(Command(), cancellation);
        if (answer is not Answer<ConsentGiven>.Ok { Value: var given })
        {
            return Ended(answer);
        }

        await store.PutAsync(Person.Subject, ConsentReceipt.Kind, id, new ConsentReceipt(given, null), cancellation);
        store.Remove(Person.Subject, ConsentDraft.Kind, id);
        return Redirect($"/consents/receipt/{id}");
    }

    private async Task<bool> FindAsync(string id, CancellationToken cancellation)
    {
        Draft = await store.GetAsync<ConsentDraft>(Person.Subject, ConsentDraft.Kind, id, cancellation);
        Offer = ConsentOffer.All(settings, PageTexts.DayIn(clock.GetUtcNow())).FirstOrDefault(offer => offer.Id == Draft?.Offer);
        return Offer is not null;
    }

    private GiveConsent Command() => new()
    {
        Id = Draft!.ConsentId,
        Form = Offer!.Form,
        Items = Items,
        SourceOrganisations = Offer.Sources,
        RecipientSector = Offer.Sector,
        RecipientOrganisation = Offer.Recipient,
        RecipientRole = Offer.Role,
        Purpose = Offer.Purpose,
        To = Draft.LastDay is { } day ? PageTexts.EndOf(day) : null,
        TextLanguage = texts.Language,
        TextVersion = texts.VersionOf("consents."),
    };
}
