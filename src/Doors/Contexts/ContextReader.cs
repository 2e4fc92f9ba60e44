// Reads the Sisote-Context header character by character (RFC 9651 §4.2.2, narrowed).
using System.Collections.Immutable;
using System.Text;

namespace Sisote.Doors.Contexts;

internal sealed class ContextReader(string text)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ImmutableArray<KeyValuePair<string, ContextValue>>.Builder entries = ImmutableArray.CreateBuilder<KeyValuePair<string, ContextValue>>();
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private int at;

    internal ImmutableArray<KeyValuePair<string, ContextValue>> Entries => entries.ToImmutable();

    private char Current => at < text.Length ? text[at] : '\0';

    /// <summary>Reads everything; null when it stands, else what is wrong.</summary>
    internal string? ReadAll()
    {
        Skip(tabs: false);
        while (at < text.Length)
        {
            if (ReadEntry() is { } fault)
            {
                return $"{fault} (character {at + 1})";
            }

            Skip(tabs: true);
            if (at == text.Length)
            {
                break;
            }

            if (Current != ',')
            {
                return $"a comma belongs between entries; parameters and lists are not used here (character {at + 1})";
            }

            at++;
            Skip(tabs: true);
            if (at == text.Length)
            {
                return "nothing follows the last comma";
            }
        }

        return null;
    }

    private string? ReadEntry()
    {
        var start = at;
        if (!char.IsAsciiLetterLower(Current) && Current != '*')
        {
            return "a key begins with a small letter";
        }

        while (char.IsAsciiLetterLower(Current) || char.IsAsciiDigit(Current) || Current is '_' or '-' or '.' or '*')
        {
            at++;
        }

        var key = text[start..at];
        if (key.Length > SisoteContext.MaximumKeyLength)
        {
            return $"a key has more than {SisoteContext.MaximumKeyLength} characters";
        }

        if (!keys.Add(key))
        {
            return "a key stands twice";
        }

        if (keys.Count > SisoteContext.MaximumKeys)
        {
            return $"more than {SisoteContext.MaximumKeys} keys";
        }

        var (value, fault) = ReadValue();
        if (value is null)
        {
            return fault;
        }

        if (value.Text.Length > SisoteContext.MaximumLength)
        {
            return $"a value has more than {SisoteContext.MaximumLength} characters";
        }

        entries.Add(new KeyValuePair<string, ContextValue>(key, value));
        return null;
    }

    private (ContextValue? Value, string? Fault) ReadValue()
    {
        if (Current != '=')
        {
            return (new ContextValue.Flag(true), null);
        }

        at++;
        switch (Current)
        {
            case '"':
                return ReadString();
            case '%':
                return ReadDisplayString();
            case '?':
                return ReadFlag();
            case '*':
            case >= 'A' and <= 'Z':
            case >= 'a' and <= 'z':
                return (ReadToken(), null);
            default:
                return (null, "a value is a string in quotes, a token or a boolean");
        }
    }

    private (ContextValue? Value, string? Fault) ReadString()
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    at++;
                    return (new ContextValue.String(value.ToString()), null);
                case '\\' when at + 1 < text.Length && text[at + 1] is '"' or '\\':
                    value.Append(text[++at]);
                    break;
                case '\\':
                    return (null, "a backslash stands only before a quote or a backslash");
                case >= ' ' and <= '~':
                    value.Append(text[at]);
                    break;
                default:
                    return (null, "a string holds printable ASCII only; write other letters as a display string %\"...\"");
            }
        }

        return (null, "a string does not end");
    }

    private (ContextValue? Value, string? Fault) ReadDisplayString()
    {
        if (at + 1 >= text.Length || text[at + 1] != '"')
        {
            return (null, "a display string begins with %\"");
        }

        var octets = new List<byte>();
        for (at += 2; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    at++;
                    return Decode(octets.ToArray());
                case '%' when at + 2 < text.Length && char.IsAsciiHexDigitLower(text[at + 1]) && char.IsAsciiHexDigitLower(text[at + 2]):
                    octets.Add(Convert.FromHexString(text.AsSpan(at + 1, 2))[0]);
                    at += 2;
                    break;
                case >= ' ' and <= '~' and not '%':
                    octets.Add((byte)text[at]);
                    break;
                default:
                    return (null, "a display string holds printable ASCII and %xx with small hexadecimal digits");
            }
        }

        return (null, "a string does not end");
    }

    private static (ContextValue? Value, string? Fault) Decode(byte[] octets)
    {
        try
        {
            var value = StrictUtf8.GetString(octets);
            return value.Any(char.IsControl) ? (null, "a display string holds a control character") : (new ContextValue.String(value), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "a display string is not UTF-8");
        }
    }

    private (ContextValue? Value, string? Fault) ReadFlag()
    {
        at++;
        if (Current is not ('0' or '1'))
        {
            return (null, "a boolean is ?0 or ?1");
        }

        at++;
        return (new ContextValue.Flag(text[at - 1] == '1'), null);
    }

    // RFC 9651 §3.3.4: a letter or '*', then tchar of RFC 9110, ':' or '/'.
    private ContextValue.Token ReadToken()
    {
        var start = at;
        while (char.IsAsciiLetterOrDigit(Current) || "!#$%&'*+-.^_`|~:/".Contains(Current, StringComparison.Ordinal))
        {
            at++;
        }

        return new ContextValue.Token(text[start..at]);
    }

    private void Skip(bool tabs)
    {
        while (Current == ' ' || (tabs && Current == '\t'))
        {
            at++;
        }
    }
}
