// Headers on every answer of the portal.
using Sisote.Doors;

namespace Sisote.Portal.Rim;

/// <summary>A strict content policy (own style and script only), no framing, no sniffing, no address passed on, nothing kept in caches.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, RoomSettings settings)
{
    private readonly string policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + $"form-action 'self' {settings.Issuer.GetLeftPart(UriPartial.Authority)}"; // signing out is a form whose answer leads to the issuer

    /// <summary>Sets the headers before the answer starts.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
        if (settings.Strict)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(context);
    }
}
