// A page of the portal as the tour reads it.
using System.Net;
using System.Text.RegularExpressions;

namespace Sisote.Host.Tour;

/// <summary>A page: where it stands, its status and its markup.</summary>
internal sealed partial record Page(Uri Address, HttpStatusCode Status, string Html)
{
    /// <summary>The page's forms.</summary>
    internal IEnumerable<PageForm> Forms() => FormTag().Matches(Html).Select(static match => new PageForm(match.Value));

    /// <summary>What a person reads in the main part of the page.</summary>
    internal string Main => Readable(Html[Math.Max(0, Html.IndexOf("<main", StringComparison.Ordinal))..]);

    /// <summary>The readable text of the first element with this attribute, or null.</summary>
    internal string? Text(string attribute) => Texts(attribute).FirstOrDefault();

    /// <summary>The readable text of every element that carries this attribute (for example <c>data-sentence</c>).</summary>
    internal IEnumerable<string> Texts(string attribute) =>
        Regex.Matches(Html, $"<(?<tag>[a-z0-9]+)[^>]*\\s{Regex.Escape(attribute)}(?:=\"[^\"]*\")?[^>]*>(?<text>.*?)</\\k<tag>>", RegexOptions.Singleline, TimeSpan.FromSeconds(2))
            .Select(static match => Readable(match.Groups["text"].Value));

    /// <summary>Where the first link goes whose text holds these words; null where there is none.</summary>
    internal string? LinkOf(string words) =>
        Link().Matches(Html).FirstOrDefault(match => Readable(match.Groups["text"].Value).Contains(words, StringComparison.OrdinalIgnoreCase)) is { } match ? WebUtility.HtmlDecode(match.Groups["to"].Value) : null;

    /// <summary>Markup as a person reads it.</summary>
    internal static string Readable(string html) => Spaces().Replace(WebUtility.HtmlDecode(AnyTag().Replace(html, " ")), " ").Trim();

    [GeneratedRegex("<a[^>]*\\shref=\"(?<to>[^\"]+)\"[^>]*>(?<text>.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormTag();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex AnyTag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

/// <summary>A form of a page.</summary>
internal sealed partial record PageForm(string Html)
{
    /// <summary>Where it is sent; empty = the page itself.</summary>
    internal string Action => ActionAttribute().Match(Html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : string.Empty;

    /// <summary>Its hidden fields.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Hidden => HiddenTag().Matches(Html).Select(static match => match.Value)
        .Where(static tag => Attribute(tag, "name") is not null)
        .Select(static tag => KeyValuePair.Create(Attribute(tag, "name")!, Attribute(tag, "value") ?? string.Empty));

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form[^>]*\\saction=\"([^\"]*)\"")]
    private static partial Regex ActionAttribute();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenTag();
}
