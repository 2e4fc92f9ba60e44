// Opens a secure link: asks for the code, then shows what may be seen now. Nobody is signed in here.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Policy.Ids;
using Sisote.Portal.Links;
using Sisote.Portal.SignIn;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

[AllowAnonymous, WithoutAccessToken]
internal sealed class OpenLinkModel(RoomSettings settings, LinkOpening links, PageTexts texts) : PortalPage
{
    /// <summary>What became of it; null before a code was given.</summary>
    public Opening? Opening { get; private set; }

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The sender's organisation.</summary>
    public OrganisationId? SenderOf(HandOverLink link) => settings.Deployment.FindSystem(link.System)?.Organisation;

    /// <summary>The recipient's organisation.</summary>
    public OrganisationId? ProviderOf(HandOverLink link) => settings.Deployment.FindSystem(link.Provider)?.Organisation;

    /// <summary>The same page for every link, known or not.</summary>
    public void OnGet() => LinkDoors.HideAddress(HttpContext);

    public async Task<IActionResult> OnPostAsync()
    {
        LinkDoors.HideAddress(HttpContext);
        if (LinkSecrets.ReadCode(Code) is not { } code)
        {
            Faults.Add(new FieldFault("code", texts["link.fault.code"])); // no code at all is no guess, and says nothing of the link
            return Page();
        }

        Opening = await links.OpenAsync(LinkDoors.TokenOf(HttpContext), code);
        return Opening switch
        {
            Opening.Shown => Page(),
            Opening.Unreachable => WithStatus(StatusCodes.Status503ServiceUnavailable),
            _ => WithStatus(StatusCodes.Status404NotFound),
        };
    }

    private IActionResult WithStatus(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
