// The page for everything that does not lead to a page.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Portal.SignIn;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

[AllowAnonymous, WithoutAccessToken, IgnoreAntiforgeryToken]
internal sealed class ErrorModel(PageTexts texts) : PortalPage
{
    /// <summary>Which text: that of the status, else that of an unexpected fault.</summary>
    public string Sort { get; private set; } = "500";

    /// <summary>The call's id, for whoever is asked for help.</summary>
    public string Reference => HttpContext.TraceIdentifier;

    public void OnGet(int code) => Tell(code);

    public void OnPost(int code) => Tell(code);

    private void Tell(int code)
    {
        Sort = texts.Has($"error.{code}.title") ? $"{code}" : "500";
        Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
    }
}
