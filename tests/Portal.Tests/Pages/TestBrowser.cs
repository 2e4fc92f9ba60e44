// A plain HTTP client with cookies that follows redirects, as a browser without scripts.
using System.Net;
using System.Text.RegularExpressions;

namespace Sisote.Tests.Portal;

internal sealed partial class TestBrowser : IDisposable
{
    private readonly SocketsHttpHandler handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = true };
    private readonly HttpMessageInvoker http;
    private readonly PortalHouse house;

    internal TestBrowser(PortalHouse house) => (this.house, http) = (house, new HttpMessageInvoker(handler));

    internal async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, house.Address + path);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The page as a person's browser would understand it, without character references.</summary>
    internal async Task<string> ReadPageAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Sends a form of the page that is asked for first, as its reader does; the answer as it is, and its text.</summary>
    internal async Task<(HttpResponseMessage Answer, string Text)> SendAsync(string from, string to, params (string Name, string Value)[] fields)
    {
        using var page = await GetAsync(from);
        var token = FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, house.Address + to)
        {
            Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(static field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The text of a page.</summary>
    internal async Task<string> ReadAsync(string path)
    {
        using var page = await GetAsync(path);
        return await page.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex FormToken();

    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }
}
