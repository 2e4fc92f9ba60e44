// What all pages share: who is signed in, and the three ways in which a page ends early.
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sisote.Portal.Backends;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Pages;

/// <summary>The base of every page model.</summary>
internal abstract class PortalPage : PageModel
{
    /// <summary>The signed-in person; pages that need one are authorised before they run.</summary>
    protected SignedIn Person => SignedIn.From(User) ?? throw new InvalidOperationException("The page runs only for a signed-in person.");

    /// <summary>What is wrong with the form, by field; shown as a list with links and beside each field.</summary>
    public IList<FieldFault> Faults { get; } = [];

    /// <summary>The fault of a field, or null.</summary>
    public string? FaultOf(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Text;

    /// <summary>What to answer when another room gave no value: the page for it, or a new sign-in.</summary>
    protected IActionResult Ended<T>(Answer<T> answer) => answer switch
    {
        Answer<T>.Missing => NotFound(),
        Answer<T>.SignInAgain => Challenge(new AuthenticationProperties { RedirectUri = HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : Person.Home }),
        Answer<T>.Refused { Status: StatusCodes.Status403Forbidden } => StatusCode(StatusCodes.Status403Forbidden),
        Answer<T>.Refused => StatusCode(StatusCodes.Status409Conflict),
        _ => StatusCode(StatusCodes.Status503ServiceUnavailable),
    };
}

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Id of the field in the page.</param>
/// <param name="Text">What to do about it.</param>
internal sealed record FieldFault(string Field, string Text);
