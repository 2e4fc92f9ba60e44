// A search for words in raw bytes, in every spelling in which they could travel.
using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Finds words in bytes: as UTF-8, UTF-16, JSON and HTML escapes, percent encoding, hexadecimal, and base64 at any of its three places.</summary>
internal sealed class Needles
{
    private readonly Dictionary<string, string> wordOf = new(StringComparer.Ordinal);
    private readonly SearchValues<string> all;

    internal Needles(IEnumerable<string> words)
    {
        foreach (var word in words.Distinct(StringComparer.Ordinal))
        {
            foreach (var spelling in Spellings(word))
            {
                wordOf.TryAdd(Encoding.Latin1.GetString(spelling), word);
            }
        }

        all = SearchValues.Create([.. wordOf.Keys], StringComparison.Ordinal);
    }

    /// <summary>The words that are somewhere in the bytes.</summary>
    internal IReadOnlySet<string> FindIn(ReadOnlySpan<byte> bytes)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var text = Encoding.Latin1.GetString(bytes).AsSpan();
        for (var at = text.IndexOfAny(all); at >= 0; at = text.IndexOfAny(all))
        {
            text = text[at..];
            foreach (var (spelling, word) in wordOf)
            {
                if (text.StartsWith(spelling, StringComparison.Ordinal))
                {
                    found.Add(word);
                }
            }

            text = text[1..];
        }

        return found;
    }

    /// <summary>All spellings of a word, as bytes.</summary>
    internal static IEnumerable<byte[]> Spellings(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        string[] asText =
        [
            word,
            JavaScriptEncoder.Default.Encode(word),
            LowerEscapes(JavaScriptEncoder.Default.Encode(word)),
            HtmlEncoder.Default.Encode(word),
            WebUtility.HtmlEncode(word),
            Uri.EscapeDataString(word),
            WebUtility.UrlEncode(word),
            Convert.ToHexString(utf8),
            Convert.ToHexStringLower(utf8),
        ];
        var inBase64 = Enumerable.Range(0, 3).Select(place => Base64(utf8, place)).SelectMany(static text => new[] { text, text.Replace('+', '-').Replace('/', '_') });
        // A base64 piece of less than 8 characters turns up by chance in the tokens of a few megabytes of traffic.
        return asText.Concat(inBase64.Where(static text => text.Length >= 8)).Where(static text => text.Length >= 5).Select(Encoding.UTF8.GetBytes).Append(Encoding.Unicode.GetBytes(word));
    }

    /// <summary>The same escapes with small hexadecimal digits; the word's own letters stay as they are.</summary>
    private static string LowerEscapes(string escaped)
    {
        for (var at = escaped.IndexOf("\\u", StringComparison.Ordinal); at >= 0 && at + 6 <= escaped.Length; at = escaped.IndexOf("\\u", at + 6, StringComparison.Ordinal))
        {
            escaped = string.Concat(escaped.AsSpan(0, at), escaped.Substring(at, 6).ToLowerInvariant(), escaped.AsSpan(at + 6));
        }

        return escaped;
    }

    /// <summary>The characters that a word gives wherever it stands in base64 text, without those that its neighbours decide.</summary>
    private static string Base64(byte[] word, int place)
    {
        var whole = Convert.ToBase64String([.. new byte[place], .. word]).TrimEnd('=');
        var from = place == 0 ? 0 : place + 1;
        var until = (place + word.Length) / 3 * 4;
        return until > from ? whole[from..until] : string.Empty;
    }
}
