// The gateway's OpenAPI document, for programs and for people.
using System.Net;
using System.Text;
using Sisote.Gateway.Answers;

namespace Sisote.Gateway.Describing;

/// <summary><c>GET /openapi/v1.json</c>, and the same as a page at <c>/openapi</c>: for anybody, since it names no system and nobody.</summary>
/// <remarks>A ready-made page (Scalar) was tried and left out: its script writes its styles into the page, which a policy of own styles only forbids, and it is 4.9 MB.</remarks>
internal static class OpenApiFace
{
    private const string Policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Css =
        """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; color: #1f2a33; background: #fff }
        a { color: #00509e } h2 { margin-top: 2.5rem } h3 { font-size: 1.1rem; margin: 2rem 0 .25rem } code { overflow-wrap: anywhere }
        h3 code { background: #eef3f8; padding: .1rem .4rem; border-radius: .2rem } pre { background: #f4f6f8; padding: .75rem; white-space: pre-wrap; overflow-wrap: anywhere }
        dl { display: grid; grid-template-columns: minmax(6rem, 14rem) minmax(0, 1fr); gap: .25rem 1rem } dt { font-weight: 600; overflow-wrap: anywhere } dd { margin: 0; overflow-wrap: anywhere }
        """;

    // Made once: whoever asks for it has no token, and costs no more than these bytes.
    private static readonly byte[] Document = GatewayDescriber.Write();
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(WritePage());
    private static readonly byte[] Style = Encoding.UTF8.GetBytes(Css);

    internal static void MapOpenApiFace(this WebApplication app)
    {
        app.MapGet("/openapi/v1.json", static (HttpContext context) => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, Document, contentType: "application/json; charset=utf-8")).AllowAnonymous();
        app.MapGet("/openapi", static (HttpContext context) => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, Page, static headers => headers.ContentSecurityPolicy = Policy, "text/html; charset=utf-8")).AllowAnonymous();
        app.MapGet("/openapi/page.css", static (HttpContext context) => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, Style, contentType: "text/css; charset=utf-8")).AllowAnonymous();
    }

    private static string WritePage()
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Sisote: the gateway's doors</title><link rel=\"stylesheet\" href=\"/openapi/page.css\"></head><body><main><h1>The gateway's doors</h1>")
            .Append("<p>The same for programs: <a href=\"/openapi/v1.json\">/openapi/v1.json</a> (OpenAPI 3.1). Problems are explained in docs/problems.md.</p>");
        foreach (var group in OuterDoors.All.GroupBy(GatewayDescriber.TagOf))
        {
            html.Append("<h2>").Append(Encode(group.Key)).Append("</h2>");
            foreach (var door in group)
            {
                Write(html, door);
            }
        }

        return html.Append("</main></body></html>").ToString();
    }

    private static void Write(StringBuilder html, OuterDoor door)
    {
        html.Append("<h3><code>").Append(door.Method).Append(' ').Append(Encode(door.Path)).Append("</code></h3><p>").Append(Encode(door.Summary)).Append(door.IsOpen ? ". For anybody.</p>" : ". With a token.</p>").Append("<dl>");
        foreach (var parameter in door.Parameters)
        {
            Row(html, parameter.Name, $"{parameter.What} In the {parameter.In}{(parameter.IsRequired ? ", always" : string.Empty)}, for example {parameter.Sample}");
        }

        foreach (var (status, media, _, what) in door.Answers)
        {
            Row(html, $"{status}", $"{what}{(media is null ? string.Empty : $" {media}")}");
        }

        foreach (var problems in GatewayDescriber.ProblemsOf(door).GroupBy(static slug => KnownProblems.All[slug].Status).OrderBy(static group => group.Key))
        {
            Row(html, $"{problems.Key}", string.Join(", ", problems.Order(StringComparer.Ordinal)));
        }

        html.Append("</dl>");
        if (door.Body is var (type, _, example))
        {
            html.Append("<p>Body (").Append(type).Append("):</p><pre><code>").Append(Encode(example)).Append("</code></pre>");
        }
    }

    private static void Row(StringBuilder html, string name, string what) => html.Append("<dt>").Append(Encode(name)).Append("</dt><dd>").Append(Encode(what)).Append("</dd>");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
