// The authority's few pages, written as HTML.
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using Sisote.Doors;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sisote.Identity.SignIn;

/// <summary>Plain pages without script; everything that is not a text of ours is encoded.</summary>
internal static class Pages
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    internal static IResult SignIn(
        HttpContext http, SignInTexts texts, OpenIddictRequest request, DemoPersons persons, RoomSettings settings, AntiforgeryTokenSet antiforgery, bool expired)
    {
        var parameters = request.GetParameters()
            .Where(parameter => parameter.Key != SignInEndpoint.PersonField && parameter.Key != antiforgery.FormFieldName && parameter.Key != Parameters.UiLocales)
            .Select(static parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value ?? string.Empty))
            .ToArray();
        var body = new StringBuilder();
        body.Append(Plain, $"<p class=\"notice\">{Text(texts.Notice)}</p>\n");
        body.Append(expired ? $"<p role=\"alert\"><strong>{Text(texts.Expired)}</strong></p>\n" : string.Empty);
        body.Append(Plain, $"<p>{Text(texts.Lead)}</p>\n<form method=\"post\" action=\"/{SignInEndpoint.Path}\">\n");
        AppendHidden(body, antiforgery.FormFieldName, antiforgery.RequestToken!);
        AppendHidden(body, Parameters.UiLocales, texts.Language);
        foreach (var (name, value) in parameters)
        {
            AppendHidden(body, name, value);
        }

        AppendPersons(body, texts, persons);
        body.Append("</form>\n");
        return Write(http, texts, texts.Title, body, StatusCodes.Status200OK, LanguageLinks(texts, parameters), settings.Portal);
    }

    internal static IResult NoPeople(HttpContext http, SignInTexts texts) => Write(
        http, texts, texts.NoPeopleTitle, new StringBuilder($"<p>{Text(texts.NoPeople)}</p>\n<p>{Text(texts.NoPeopleOperator)}</p>\n"), StatusCodes.Status403Forbidden);

    internal static IResult Fault(HttpContext http, SignInTexts texts, RoomSettings settings, string error)
    {
        var body = new StringBuilder();
        body.Append(Plain, $"<p>{Text(texts.Fault)}</p>\n<p><a href=\"{Text(settings.Portal.AbsoluteUri)}\">{Text(texts.ToPortal)}</a></p>\n");
        body.Append(Plain, $"<p>{Text(texts.FaultCode)}: <code>{Text(error)}</code></p>\n");
        return Write(http, texts, texts.FaultTitle, body, StatusCodes.Status400BadRequest);
    }

    private static void AppendPersons(StringBuilder body, SignInTexts texts, DemoPersons persons)
    {
        var number = 0;
        foreach (var group in persons.All.GroupBy(static person => person.Kind).OrderBy(static group => group.Key))
        {
            body.Append(Plain, $"<h2>{Text(texts.Group(group.Key))}</h2>\n<ul class=\"persons\">\n");
            foreach (var person in group)
            {
                number++;
                body.Append(Plain, $"<li><button name=\"{SignInEndpoint.PersonField}\" value=\"{Text(person.Id)}\" aria-describedby=\"remark-{number}\">{Text(person.Name)}</button>");
                body.Append(Plain, $"<p id=\"remark-{number}\">{Text(person.Remark.In(texts.Language))}</p></li>\n");
            }

            body.Append("</ul>\n");
        }
    }

    private static string LanguageLinks(SignInTexts current, KeyValuePair<string, string>[] parameters)
    {
        var links = new StringBuilder($"<nav aria-label=\"{Text(current.Languages)}\"><ul>");
        foreach (var language in SignInTexts.All.Select(static texts => texts.Language))
        {
            var address = "/" + SignInEndpoint.Path + new QueryBuilder(parameters.Append(KeyValuePair.Create(Parameters.UiLocales, language)));
            var here = language == current.Language ? " aria-current=\"true\"" : string.Empty;
            links.Append(Plain, $"<li><a href=\"{Text(address)}\" lang=\"{language}\" hreflang=\"{language}\"{here}>{NameOf(language)}</a></li>");
        }

        return links.Append("</ul></nav>").ToString();
    }

    private static string NameOf(string language) => language switch
    {
        "fi" => "Suomi",
        "sv" => "Svenska",
        _ => "English",
    };

    private static void AppendHidden(StringBuilder body, string name, string value) =>
        body.Append(Plain, $"<input type=\"hidden\" name=\"{Text(name)}\" value=\"{Text(value)}\">\n");

    private static IResult Write(HttpContext http, SignInTexts texts, string title, StringBuilder body, int status, string languages = "", Uri? portal = null)
    {
        // The browser applies form-action also to the redirect that follows the form: the portal has to be in it.
        var formAction = portal is null ? "'none'" : $"'self' {portal.GetLeftPart(UriPartial.Authority)}";
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; form-action {formAction}; frame-ancestors 'none'; base-uri 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        var page = $"""
            <!DOCTYPE html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)} - Sisote</title>
            <link rel="stylesheet" href="/{Style.Path}">
            </head>
            <body>
            <header><p><strong>Sisote</strong></p>{languages}</header>
            <main>
            <h1>{Text(title)}</h1>
            {body}</main>
            </body>
            </html>

            """;
        return Results.Content(page, "text/html", Encoding.UTF8, status);
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
