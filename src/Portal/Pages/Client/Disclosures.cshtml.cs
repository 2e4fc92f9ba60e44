// The client's own disclosures. Finnish: Tietojeni luovutukset.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Client))]
internal sealed class DisclosuresModel(ConsentApi consent) : PortalPage
{
    public IReadOnlyList<MyDisclosure> Rows { get; private set; } = [];

    public string? Next { get; private set; }

    public bool Older { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken cancellation)
    {
        var answer = await consent.GetDisclosuresAsync(cursor, cancellation);
        if (answer is not Answer<MyDisclosures>.Ok { Value: var mine })
        {
            return Ended(answer);
        }

        (Rows, Next, Older) = (mine.Disclosures, mine.Next, cursor is not null);
        return Page();
    }
}
