// For which child the person acts. Finnish: Toisen puolesta asiointi.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

internal sealed class ChildrenModel(ConsentApi consent) : GuardianPage(consent)
{
    public IReadOnlyList<MyChild> Children { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var answer = await Consent.GetChildrenAsync(cancellation);
        if (answer is not Answer<MyChildren>.Ok { Value: var mine })
        {
            return Ended(answer);
        }

        Children = mine.Children;
        return Page();
    }
}
