// First step of giving a consent: to whom and what for.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Portal.Consents;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Client))]
internal sealed class NewConsentModel(RoomSettings settings, TimeProvider clock) : PortalPage
{
    public ImmutableArray<ConsentOffer> Offers => ConsentOffer.All(settings, PageTexts.DayIn(clock.GetUtcNow()));
}
