// A plain HTTP client with cookies that follows redirects, as a browser without scripts.
using System.Net;

namespace Sisote.Tests.Portal;

internal sealed class TestBrowser : IDisposable
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
    internal async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }
}
