// The languages of the pages and which of them one call is answered in.
namespace Sisote.Portal.Texts;

/// <summary>The languages of the pages: Finnish, Swedish, English.</summary>
internal static class Language
{
    /// <summary>Cookie that remembers the choice; it holds two letters and nothing else.</summary>
    public const string Cookie = "sisote-language";

    /// <summary>Query parameter of the language switch; taken off the address again at once.</summary>
    public const string Parameter = "lang";

    /// <summary>All languages, the main one first.</summary>
    public static IReadOnlyList<string> All { get; } = ["fi", "sv", "en"];

    /// <summary>The language of a call: the remembered choice, else the browser's first known language, else Finnish.</summary>
    public static string Of(HttpContext context) =>
        Known(context.Request.Cookies[Cookie])
        ?? context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(static language => language.Quality ?? 1)
            .Select(static language => Known(language.Value.ToString().Split('-')[0]))
            .FirstOrDefault(static language => language is not null)
        ?? All[0];

    /// <summary>Takes a choice off the address, remembers it and comes back to the same page.</summary>
    public static Task SwitchAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !context.Request.Query.TryGetValue(Parameter, out var asked))
        {
            return next(context);
        }

        if (Known(asked.ToString()) is { } language)
        {
            context.Response.Cookies.Append(Cookie, language, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
        }

        var rest = context.Request.Query.Where(static pair => pair.Key != Parameter);
        context.Response.Redirect(context.Request.PathBase + Here(context.Request.Path) + QueryString.Create(rest));
        return Task.CompletedTask;
    }

    /// <summary>The path with one slash in front: a browser reads two as the name of another host.</summary>
    private static PathString Here(PathString path) => new("/" + path.Value?.TrimStart('/'));

    private static string? Known(string? language) => All.FirstOrDefault(known => known == language);
}
