// What waits for a decision of the professional. Finnish: luovutuspyynnöt.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class ReleasesModel(ConsentApi consent) : PortalPage
{
    private ImmutableArray<WaitingRelease> all = [];

    public string? Done { get; private set; }

    /// <summary>Whether somebody else decided first.</summary>
    public bool Late { get; private set; }

    public IEnumerable<WaitingRelease> Open => all.Where(static one => one.State == "open");

    public IEnumerable<WaitingRelease> Decided => all.Where(static one => one.State != "open").Take(20);

    public async Task<IActionResult> OnGetAsync(string? done, CancellationToken cancellation)
    {
        var answer = await consent.GetReleasesAsync(cancellation);
        if (answer is not Answer<WaitingReleases>.Ok { Value: var waiting })
        {
            return Ended(answer);
        }

        (all, Done, Late) = (waiting.Releases, done is "released" or "declined" ? done : null, done is "late");
        return Page();
    }
}
