// Where the address of a secure link leads.
using Sisote.Doors;

namespace Sisote.Portal.Links;

/// <summary>
/// Takes the token off the address at once: it goes into a cookie that no script reads, and the reader goes on to an address without it. So it stands in no page, no Referer and no later line of a browser's
/// history, and the language switch and a reload work. Nothing is looked up here: programs that open every link of a message learn and use up nothing.
/// </summary>
internal static class LinkDoors
{
    /// <summary>The page that asks for the code.</summary>
    public const string Path = "/link";

    private const string Cookie = "sisote-link";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Maps the door.</summary>
    public static void MapLinks(this IEndpointRouteBuilder app) => app.MapGet(Path + "/{token}", Arrive).AllowAnonymous();

    /// <summary>The token that the reader came with.</summary>
    public static string? TokenOf(HttpContext context) => context.Request.Cookies[Cookie];

    /// <summary>The address of a link.</summary>
    public static Uri AddressOf(RoomSettings settings, string token) => new(settings.Portal, $"{Path}/{token}");

    /// <summary>No address goes along from here, not even within the portal.</summary>
    public static void HideAddress(HttpContext context) => context.Response.Headers["Referrer-Policy"] = "no-referrer";

    private static IResult Arrive(string token, HttpContext context, RoomSettings settings)
    {
        HideAddress(context);
        if (LinkSecrets.IsToken(token))
        {
            context.Response.Cookies.Append(Cookie, token, new CookieOptions
            {
                MaxAge = Lifetime,
                Path = Path,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = settings.Strict || context.Request.IsHttps,
                IsEssential = true,
            });
        }
        else
        {
            context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = Path }); // else an older link would be asked for
        }

        return TypedResults.LocalRedirect(Path);
    }
}
