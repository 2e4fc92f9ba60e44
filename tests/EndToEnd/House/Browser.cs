// A person at the portal, with cookies, links and forms.
using System.Net;
using System.Text.RegularExpressions;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>A plain browser session of one person who signed in through the authority's page.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false });
    private readonly Uri portal;

    private Browser(Uri portal) => this.portal = portal;

    /// <summary>Where the person is.</summary>
    internal Uri Address { get; private set; } = new("about:blank");

    /// <summary>The page as markup.</summary>
    internal string Html { get; private set; } = string.Empty;

    /// <summary>Opens a page of the portal and signs in on the way.</summary>
    internal static async Task<Browser> SignInAsync(Uri portal, string person, string path)
    {
        var browser = new Browser(portal);
        await browser.OpenAsync(path);
        var form = browser.Form($"value=\"{person}\"");
        var choice = FieldTag().Matches(form).Select(static match => match.Value).First(tag => Attribute(tag, "value") == person);
        await browser.SubmitAsync(form, [KeyValuePair.Create(Attribute(choice, "name")!, person)]);
        return browser;
    }

    /// <summary>Opens a page of the portal.</summary>
    internal async Task OpenAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(portal, path));
        await ShowAsync(answer);
    }

    /// <summary>The first form of the page that contains all of these texts.</summary>
    internal string Form(params string[] texts) =>
        FormTag().Matches(Html).Select(static match => match.Value).FirstOrDefault(form => texts.All(text => form.Contains(text, StringComparison.Ordinal)))
        ?? throw new InvalidOperationException($"{Address} has no form with {string.Join(" and ", texts)}: {Html}");

    /// <summary>Sends a form: its hidden fields and what the person filled in.</summary>
    internal async Task SubmitAsync(string form, IEnumerable<KeyValuePair<string, string>> filled, string? action = null)
    {
        var target = action ?? Attribute(form[..(form.IndexOf('>', StringComparison.Ordinal) + 1)], "action");
        var hidden = FieldTag().Matches(form).Select(static match => match.Value).Where(static tag => Attribute(tag, "type") == "hidden")
            .Select(static tag => KeyValuePair.Create(Attribute(tag, "name")!, Attribute(tag, "value") ?? string.Empty));
        using var body = new FormUrlEncodedContent([.. hidden, .. filled]);
        using var answer = await client.PostAsync(string.IsNullOrEmpty(target) ? Address : new Uri(Address, target), body);
        await ShowAsync(answer);
    }

    /// <summary>Addresses on the page that match.</summary>
    internal List<string> Links(string pattern) =>
        [.. Regex.Matches(Html, $"href=\"({pattern})\"", RegexOptions.None, TimeSpan.FromSeconds(2)).Select(static match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct()];

    /// <summary>Values of the page's fields with this name.</summary>
    internal static List<string> Values(string html, string name) =>
        [.. FieldTag().Matches(html).Select(static match => match.Value).Where(tag => Attribute(tag, "name") == name).Select(static tag => Attribute(tag, "value") ?? string.Empty)];

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private async Task ShowAsync(HttpResponseMessage answer)
    {
        (Address, Html) = (answer.RequestMessage!.RequestUri!, await answer.Content.ReadAsStringAsync());
        Assert.True(answer.IsSuccessStatusCode, $"{Address} answered {(int)answer.StatusCode}: {Html}");
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormTag();

    [GeneratedRegex("<(?:input|button)[^>]*>")]
    private static partial Regex FieldTag();
}
