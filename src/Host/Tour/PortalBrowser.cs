// A person at the portal: real pages over real HTTP, with cookies and forms.
using System.Net;
using System.Text.RegularExpressions;

namespace Sisote.Host.Tour;

/// <summary>A plain browser session of one person: follows redirects, keeps cookies, fills in the forms of our own pages.</summary>
internal sealed partial class PortalBrowser : IDisposable
{
    private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = true, MaxAutomaticRedirections = 10, CheckCertificateRevocationList = true };
    private readonly HttpMessageInvoker invoker;
    private readonly Uri portal;

    private PortalBrowser(Uri portal)
    {
        this.portal = portal;
        invoker = new HttpMessageInvoker(handler, disposeHandler: false);
    }

    /// <summary>The page shown now.</summary>
    internal Page Current { get; private set; } = new(new Uri("about:blank"), HttpStatusCode.OK, string.Empty);

    /// <summary>Signs a person in through the authority's page.</summary>
    /// <exception cref="TourBrokenException">The sign-in page does not offer this person.</exception>
    internal static async Task<PortalBrowser> SignInAsync(Uri portal, string path, string person, CancellationToken cancellation)
    {
        var browser = new PortalBrowser(portal);
        await browser.OpenAsync(path, cancellation);
        var form = browser.Current.Forms().FirstOrDefault(form => form.Html.Contains($"value=\"{person}\"", StringComparison.Ordinal))
            ?? throw new TourBrokenException($"The sign-in page does not offer `{person}`.");
        await browser.SubmitAsync(form, new Dictionary<string, string> { [NameOfValue(form.Html, person)] = person }, cancellation);
        return browser;
    }

    /// <summary>Opens a page without signing in.</summary>
    internal static async Task<PortalBrowser> VisitAsync(Uri portal, string path, CancellationToken cancellation)
    {
        var browser = new PortalBrowser(portal);
        await browser.OpenAsync(path, cancellation);
        return browser;
    }

    /// <summary>Opens a page of the portal.</summary>
    internal Task<Page> OpenAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(portal, path)), cancellation);

    /// <summary>Sends a form of the current page: its hidden fields and what the person filled in.</summary>
    internal Task<Page> SubmitAsync(PageForm form, IEnumerable<KeyValuePair<string, string>> filled, CancellationToken cancellation, string? action = null)
    {
        var target = action ?? form.Action;
        var request = new HttpRequestMessage(HttpMethod.Post, target.Length == 0 ? Current.Address : new Uri(Current.Address, target))
        {
            Content = new FormUrlEncodedContent(form.Hidden.Concat(filled)),
        };
        return SendAsync(request, cancellation);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        invoker.Dispose();
        handler.Dispose();
    }

    private async Task<Page> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            request.Headers.AcceptLanguage.ParseAdd("en");
            using var answer = await invoker.SendAsync(request, cancellation);
            Current = new Page(answer.RequestMessage?.RequestUri ?? request.RequestUri!, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
            return Current;
        }
    }

    private static string NameOfValue(string html, string value)
    {
        foreach (var tag in FieldTag().Matches(html).Select(static match => match.Value))
        {
            if (tag.Contains($"value=\"{value}\"", StringComparison.Ordinal) && NameAttribute().Match(tag) is { Success: true } name)
            {
                return name.Groups[1].Value;
            }
        }

        throw new TourBrokenException($"The sign-in page names no field for `{value}`.");
    }

    [GeneratedRegex("<(?:input|button)[^>]*>")]
    private static partial Regex FieldTag();

    [GeneratedRegex("name=\"([^\"]+)\"")]
    private static partial Regex NameAttribute();
}
