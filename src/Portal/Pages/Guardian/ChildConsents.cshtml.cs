// Consents that guardians gave for a child.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Policy.States;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

internal sealed class ChildConsentsModel(ConsentApi consent) : GuardianPage(consent)
{
    public IReadOnlyList<ChildConsent> Standing { get; private set; } = [];

    public IReadOnlyList<ChildConsent> Over { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string child, CancellationToken cancellation)
    {
        if (await FindChildAsync(child, cancellation) is { } ended)
        {
            return ended;
        }

        var answer = await Consent.GetConsentsOfAsync(Child, cancellation);
        var all = answer.ValueOrDefault?.Consents ?? [];
        Standing = [.. all.Where(static one => one.Status is ConsentStatus.Active or ConsentStatus.Draft)];
        Over = [.. all.Where(static one => one.Status is not (ConsentStatus.Active or ConsentStatus.Draft))];
        return answer is Answer<ChildConsents>.Ok or Answer<ChildConsents>.Missing ? Page() : Ended(answer);
    }
}
