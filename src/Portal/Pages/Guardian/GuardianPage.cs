// What all pages of guardians share: for which child, asked anew on every page.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

/// <summary>A page on which somebody acts for a child. The child stands in the address and nowhere else; whether the person is its guardian the consent service says each time.</summary>
[Authorize(nameof(PersonKind.Client))]
internal abstract class GuardianPage(ConsentApi consent) : PortalPage
{
    /// <summary>The page with the one text for everything that cannot be shown or done.</summary>
    public const string NothingAddress = "/children/nothing";

    /// <summary>The child; there once the page has found it.</summary>
    public MyChild Child { get; private set; } = null!;

    /// <summary>Where this child's pages begin.</summary>
    public string Place => $"/children/{Child.Id}";

    /// <summary>The consent service.</summary>
    protected ConsentApi Consent => consent;

    /// <summary>Finds the child; null where the page can go on, else what to answer.</summary>
    protected async Task<IActionResult?> FindChildAsync(string child, CancellationToken cancellation)
    {
        var answer = await consent.GetChildrenAsync(cancellation);
        if (answer is not Answer<MyChildren>.Ok { Value: var children })
        {
            return Ended(answer);
        }

        Child = children.Children.FirstOrDefault(each => each.Id == child)!;
        return Child is null ? Redirect(NothingAddress) : null;
    }

    /// <summary>What to answer where the consent service gave no value: one page for everything that it did not show or do.</summary>
    protected IActionResult Nothing<T>(Answer<T> answer) => answer is Answer<T>.Missing or Answer<T>.Refused ? Redirect(NothingAddress) : Ended(answer);
}
