// Keeps the person's access token fresh without losing what they typed.
using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Sisote.Portal.Keeping;

namespace Sisote.Portal.SignIn;

/// <summary>
/// The session outlives the access token. When the token is about to end, a page view passes through the issuer (silently, while the person's session there
/// lives) and comes back to the same page. A form that was posted too late is kept encrypted, and after the sign-in the person is asked to go on with it.
/// </summary>
internal sealed class FreshAccess(RequestDelegate next, SealedStore store, IAntiforgery antiforgery, TimeProvider clock)
{
    /// <summary>Kind under which posted forms are kept.</summary>
    public const string Kind = "form";

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10); // under the renewal's own margin, which comes first

    /// <summary>Lets the call through, or sends the person to the issuer first.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (SignedIn.From(context.User) is not { } person || !NeedsToken(context) || await IsFreshAsync(context))
        {
            await next(context);
            return;
        }

        var back = HttpMethods.IsPost(context.Request.Method) ? await KeepFormAsync(context, person) : context.Request.PathBase + context.Request.Path + context.Request.QueryString;
        if (back is not null)
        {
            await context.ChallengeAsync(new AuthenticationProperties { RedirectUri = back });
        }
    }

    /// <summary>Whether the call's door asks other rooms in the person's name.</summary>
    public static bool NeedsToken(HttpContext context) =>
        context.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && endpoint.Metadata.GetMetadata<WithoutAccessToken>() is null;

    private async Task<bool> IsFreshAsync(HttpContext context) =>
        DateTimeOffset.TryParse(await context.GetTokenAsync("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
        && end - Margin > clock.GetUtcNow();

    private async Task<string?> KeepFormAsync(HttpContext context, SignedIn person)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fields = form.Where(static field => field.Key != "__RequestVerificationToken")
            .SelectMany(static field => field.Value.Select(value => new PostedField(field.Key, value ?? string.Empty)))
            .ToList();
        var id = SealedStore.NewId();
        await store.PutAsync(person.Subject, Kind, id, new PostedForm(context.Request.Path + context.Request.QueryString, fields), context.RequestAborted);
        return $"/continue/{id}";
    }
}

/// <summary>Marks a door that a signed-in person may use while the access token is old, because it calls no other room.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class WithoutAccessToken : Attribute;

/// <summary>A form that waits for a new sign-in.</summary>
/// <param name="Address">Where it was posted to, within the portal.</param>
/// <param name="Fields">What stood in it.</param>
internal sealed record PostedForm(string Address, IReadOnlyList<PostedField> Fields);

/// <summary>One field of a form.</summary>
internal sealed record PostedField(string Name, string Value);
