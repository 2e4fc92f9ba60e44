// The front door: what this is, or straight on to the person's own first page.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Pages;

[AllowAnonymous]
internal sealed class IndexModel : PortalPage
{
    public IActionResult OnGet() => SignedIn.From(User) is { } person ? Redirect(person.Home) : Page();
}
