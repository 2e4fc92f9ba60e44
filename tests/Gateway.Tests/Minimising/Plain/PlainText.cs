// What is left of a text without the parts that are stepped over.
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Sisote.Gateway.Minimising;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>
/// Says byte by byte what stepping over may mean: members that the guide does not name are taken out, if their end is certain, and objects and arrays that it does not lead into are emptied.
/// Minimising a text must be the same as minimising what this leaves of it, strictly read.
/// </summary>
internal sealed class PlainText
{
    private readonly byte[] text;
    private readonly List<byte> kept = [];
    private int at;

    private PlainText(byte[] text) => this.text = text;

    /// <summary>Whether the rules for the whole message hold: UTF-8, every text ends, no control character in one.</summary>
    internal static bool IsSoundAsAWhole(byte[] text) => text.Length > 0 && text[0] != 0xEF && Utf8.IsValid(text) && !Texts(text).Any(static found => found.IsBad);

    /// <summary>What is left; the text itself where nothing may be stepped over; null where it is broken.</summary>
    internal static byte[]? WithoutUnread(byte[] text, JsonGuide guide)
    {
        var holdsUnits = Enumerable.Range(0, text.Length).Any(place => text[place] == '\\' && !IsEscaped(text, place) && place + 1 < text.Length && text[place + 1] == 'u' && !IsHarmless(text, place + 2));
        if (holdsUnits || Texts(text).Any(found => text.AsSpan(found.Start, found.Length).SequenceEqual("modifierExtension"u8)))
        {
            return text;
        }

        var plain = new PlainText(text);
        plain.Space();
        var isRead = plain.Value(guide, 0);
        plain.Space();
        return isRead && plain.at == text.Length ? [.. plain.kept] : null;
    }

    private static bool IsHarmless(byte[] text, int place) =>
        place + 4 <= text.Length && int.TryParse(Encoding.ASCII.GetString(text, place, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
        && unit is not (>= 0xD800 and <= 0xDFFF) && (unit >> 4) is not (4 or 6 or 7);

    private static bool IsEscaped(byte[] text, int place)
    {
        var backslashes = 0;
        while (place - backslashes > 0 && text[place - backslashes - 1] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }

    private static IEnumerable<(int Start, int Length, bool IsBad)> Texts(byte[] text)
    {
        var start = -1;
        for (var place = 0; place < text.Length; place++)
        {
            if (text[place] == '"' && !IsEscaped(text, place))
            {
                if (start >= 0)
                {
                    yield return (start, place - start, text.AsSpan(start, place - start).ContainsAnyInRange((byte)0, (byte)0x1F));
                }

                start = start >= 0 ? -1 : place + 1;
            }
        }

        if (start >= 0)
        {
            yield return (start, text.Length - start, true);
        }
    }

    private byte Here => at < text.Length ? text[at] : (byte)0;

    private void Space()
    {
        while (Here is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }
    }

    private bool Value(JsonGuide? guide, int depth) => Here switch
    {
        (byte)'{' or (byte)'[' when guide is null => Empty(depth),
        (byte)'{' => Members(guide!, depth + 1),
        (byte)'[' => Elements(guide!, depth + 1),
        _ => Scalar(),
    };

    private bool Members(JsonGuide guide, int depth)
    {
        Keep();
        Space();
        var any = false;
        while (Here != '}')
        {
            var start = kept.Count;
            if (any)
            {
                kept.Add((byte)',');
            }

            var name = at;
            if (Here != '"' || !Scalar())
            {
                return false;
            }

            var raw = text.AsSpan(name + 1, at - name - 2);
            Space();
            var field = guide.Find(raw);
            if (Here != ':' || raw.Contains((byte)'\\'))
            {
                return false;
            }

            Keep();
            Space();
            if (!Value(field?.Inside, depth))
            {
                return false;
            }

            if (field is null)
            {
                kept.RemoveRange(start, kept.Count - start);
            }

            any |= field is not null;
            Space();
            if (!TryGoOn((byte)'}'))
            {
                return false;
            }
        }

        Keep();
        return depth <= StrictJson.MaximumDepth;
    }

    private bool Elements(JsonGuide guide, int depth)
    {
        Keep();
        Space();
        while (Here != ']')
        {
            if (!Value(guide, depth))
            {
                return false;
            }

            Space();
            var isLast = Here == ']';
            if (!TryGoOn((byte)']'))
            {
                return false;
            }

            if (!isLast)
            {
                kept.Add((byte)',');
            }
        }

        Keep();
        return depth <= StrictJson.MaximumDepth;
    }

    /// <summary>A comma with something behind it, or the end.</summary>
    private bool TryGoOn(byte end)
    {
        if (Here == end)
        {
            return true;
        }

        if (Here != ',')
        {
            return false;
        }

        at++;
        Space();
        return Here != end;
    }

    private bool Scalar()
    {
        var start = at;
        if (Here == '"')
        {
            for (at++; at < text.Length && (text[at] != '"' || IsEscaped(text, at)); at++)
            {
            }

            at++;
        }
        else
        {
            while (at < text.Length && text[at] is not ((byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                at++;
            }
        }

        if (at > text.Length || at == start || text[start] is (byte)'{' or (byte)'[' || !PlainJson.IsSound(text.AsSpan(start, at - start)))
        {
            return false;
        }

        kept.AddRange(text.AsSpan(start, at - start));
        return true;
    }

    /// <summary>Empties an object or array whose brackets match in kind.</summary>
    private bool Empty(int depth)
    {
        var open = new Stack<byte>();
        kept.AddRange(Here == '{' ? "{}"u8 : "[]"u8);
        var isText = false;
        for (; at < text.Length; at++)
        {
            isText ^= text[at] == '"' && !IsEscaped(text, at);
            if (isText)
            {
                continue;
            }

            switch (text[at])
            {
                case (byte)'{' or (byte)'[':
                    open.Push((byte)(text[at] + 2));
                    break;
                case (byte)'}' or (byte)']' when open.Pop() != text[at]:
                case (byte)'\\' or (byte)'|':
                    return false;
            }

            if (open.Count + depth > StrictJson.MaximumDepth)
            {
                return false;
            }

            if (open.Count == 0)
            {
                at++;
                return true;
            }
        }

        return false;
    }

    private void Keep() => kept.Add(text[at++]);
}
