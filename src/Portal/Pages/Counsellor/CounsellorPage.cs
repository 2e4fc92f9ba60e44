// What the counsellor's pages share.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Sisote.Portal.Backends;
using Sisote.Portal.Entries;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

/// <summary>The base of the counsellor's pages: as whom the portal calls the gateway, and which entry form is theirs.</summary>
internal abstract class CounsellorPage(Visiting visiting) : PortalPage
{
    /// <summary>As whom the portal calls the gateway; null where the organisation has no portal system for the role.</summary>
    protected ExchangeCaller? Caller => visiting.CallerOf(Person);

    /// <summary>The entry form of the professional's role and purpose.</summary>
    public EntryForm? Form => Caller is { } caller ? EntryForm.Find(caller.Purpose, caller.Business.SubjectRole) : null;

    /// <summary>A row of the work list whose client can be opened, or how the page ends.</summary>
    protected async Task<(WorkItem? Row, IActionResult? Ended)> FindRowAsync(string referral, CancellationToken cancellation)
    {
        if (Caller is not { } caller)
        {
            return (null, NoPages());
        }

        var answer = await visiting.ListAsync(caller, cancellation);
        if (answer is not Answer<ImmutableArray<WorkItem>>.Ok { Value: var rows })
        {
            return (null, Ended(answer));
        }

        var row = rows.FirstOrDefault(row => row.Referral.Id == referral && row.CanOpen);
        return (row, row is null ? NotFound() : null);
    }

    /// <summary>The page for a professional whom no system of the portal serves.</summary>
    protected IActionResult NoPages() => Redirect("/no-pages");
}
