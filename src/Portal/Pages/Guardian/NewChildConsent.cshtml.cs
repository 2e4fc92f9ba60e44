// First step of giving a consent for a child: to whom and what for. Which of them the guardian decides is said only when it is given.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Portal.Backends;
using Sisote.Portal.Consents;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

internal sealed class NewChildConsentModel(ConsentApi consent, RoomSettings settings, TimeProvider clock) : GuardianPage(consent)
{
    public ImmutableArray<ConsentOffer> Offers => ConsentOffer.All(settings, PageTexts.DayIn(clock.GetUtcNow()));

    public async Task<IActionResult> OnGetAsync(string child, CancellationToken cancellation) => await FindChildAsync(child, cancellation) ?? Page();
}
