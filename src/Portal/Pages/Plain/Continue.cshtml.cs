// Goes on with a form that was posted when the sign-in had run out.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Portal.Keeping;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Pages;

[Authorize]
internal sealed class ContinueModel(SealedStore store) : PortalPage
{
    public PostedForm? Kept { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        Kept = await store.GetAsync<PostedForm>(Person.Subject, FreshAccess.Kind, id, cancellation);
        return Kept is null ? Redirect(Person.Home) : Page();
    }
}
