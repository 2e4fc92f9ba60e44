// A sender's links: to whom, until when, opened or not; and taking them back. Finnish: Linkit.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Portal.Backends;
using Sisote.Portal.Links;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class LinksModel(RoomSettings settings, Visiting visiting, LinkDesk desk) : CounsellorPage(visiting)
{
    private readonly Visiting work = visiting;
    private IReadOnlyDictionary<string, string?> names = ImmutableDictionary<string, string?>.Empty;

    public IReadOnlyList<KeptLink> Links { get; private set; } = [];

    public bool Done { get; private set; }

    /// <summary>The client's name from the own register, as on the work list; null where it may not be seen now.</summary>
    public string? NameOf(HandOverLink link) => names.GetValueOrDefault(link.Referral);

    /// <summary>The recipient's organisation; null where the deployment has it no more.</summary>
    public OrganisationId? ProviderOf(HandOverLink link) => settings.Deployment.FindSystem(link.Provider)?.Organisation;

    public async Task<IActionResult> OnGetAsync(string? done, CancellationToken cancellation)
    {
        (Links, Done) = (await desk.ListAsync(Person.Subject, cancellation), done == "revoked");
        if (Links.Count > 0 && Caller is { } caller && await work.ListAsync(caller, cancellation) is Answer<ImmutableArray<WorkItem>>.Ok { Value: var rows })
        {
            names = rows.ToImmutableDictionary(static row => row.Referral.Id, static row => row.Name);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(string link, CancellationToken cancellation) =>
        await desk.RevokeAsync(Person.Subject, link, cancellation) ? Redirect("/links?done=revoked") : NotFound();
}
