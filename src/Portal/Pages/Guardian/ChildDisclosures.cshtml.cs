// To whom a child's data were given, as far as the guardian may see it.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

internal sealed class ChildDisclosuresModel(ConsentApi consent) : GuardianPage(consent)
{
    public IReadOnlyList<ChildDisclosure> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string child, CancellationToken cancellation)
    {
        if (await FindChildAsync(child, cancellation) is { } ended)
        {
            return ended;
        }

        var answer = await Consent.GetDisclosuresOfAsync(Child, cancellation);
        Rows = answer.ValueOrDefault?.Disclosures ?? [];
        return answer is Answer<ChildDisclosures>.Ok or Answer<ChildDisclosures>.Missing ? Page() : Ended(answer);
    }
}
