// The client's consents. Finnish: Suostumukset.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.States;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Client))]
internal sealed class ConsentsModel(ConsentApi consent) : PortalPage
{
    public IReadOnlyList<MyConsent> InForce { get; private set; } = [];

    public IReadOnlyList<MyConsent> Ended { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var answer = await consent.GetConsentsAsync(cancellation);
        if (answer is not Answer<MyConsents>.Ok { Value: var mine })
        {
            return Ended(answer);
        }

        InForce = [.. mine.Consents.Where(static each => each.Consent.Status == ConsentStatus.Active)];
        Ended = [.. mine.Consents.Where(static each => each.Consent.Status != ConsentStatus.Active)];
        return Page();
    }
}
