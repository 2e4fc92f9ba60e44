// The circumstances of one call, as its request header states them.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Sisote.Doors.Contexts;

/// <summary>
/// Circumstances that a caller states with one call: the request header <c>Sisote-Context</c>, a dictionary in the structured-field syntax of RFC 9651, for example
/// <c>necessity-statement="planning the first visit", referral="k-77", student-informed</c>.
/// </summary>
/// <remarks>
/// Stricter than RFC 9651 where leniency could be read in two ways: a repeated key, a parameter, an inner list and any other type are refused, not ignored.
/// Text beyond ASCII travels as a display string, <c>necessity-statement=%"ensik%c3%a4ynti"</c>.
/// </remarks>
public sealed record SisoteContext
{
    /// <summary>Header name.</summary>
    public const string Header = "Sisote-Context";

    /// <summary>The most keys that one header may hold.</summary>
    public const int MaximumKeys = 20;

    /// <summary>The most characters that a value may have.</summary>
    public const int MaximumLength = 200;

    /// <summary>The most characters that a key may have.</summary>
    public const int MaximumKeyLength = 64;

    /// <summary>Nothing stated.</summary>
    public static SisoteContext Empty { get; } = new();

    /// <summary>What is stated, in the order of the header; no key twice.</summary>
    public ImmutableArray<KeyValuePair<string, ContextValue>> Entries { get; init; } = [];

    /// <summary>What is stated under a key, or null.</summary>
    public ContextValue? Find(string key)
    {
        foreach (var (name, value) in Entries)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Reads the header; an absent or empty one states nothing.</summary>
    public static ContextReading Read(StringValues header)
    {
        var reader = new ContextReader(string.Join(", ", header.Where(static line => !string.IsNullOrWhiteSpace(line))));
        var fault = reader.ReadAll();
        return fault is null ? new ContextReading.Read(new SisoteContext { Entries = reader.Entries }) : new ContextReading.Malformed(fault);
    }

    /// <summary>The header's value.</summary>
    /// <exception cref="FormatException">An entry that the reader would refuse.</exception>
    public string ToHeader()
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Entries)
        {
            text.Append(text.Length > 0 ? ", " : string.Empty).Append(key);
            Write(text, value);
        }

        var header = text.ToString();
        return Read(header) is ContextReading.Read { Context: var same } && same.Entries.SequenceEqual(Entries)
            ? header
            : throw new FormatException($"The {Header} header cannot hold these entries: a key or value is malformed, repeated or too long.");
    }

    private static void Write(StringBuilder text, ContextValue value)
    {
        switch (value)
        {
            case ContextValue.Flag { Value: true }:
                break;
            case ContextValue.Flag:
                text.Append("=?0");
                break;
            case ContextValue.Token token:
                text.Append('=').Append(token.Value);
                break;
            case ContextValue.String plain when plain.Value.All(static c => c is >= ' ' and <= '~'):
                text.Append("=\"").Append(plain.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
                break;
            case ContextValue.String display:
                WriteDisplay(text.Append("=%\""), display.Value);
                text.Append('"');
                break;
        }
    }

    private static void WriteDisplay(StringBuilder text, string value)
    {
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (octet is >= 0x20 and <= 0x7e and not (byte)'%' and not (byte)'"')
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append('%').Append(octet.ToString("x2", CultureInfo.InvariantCulture));
            }
        }
    }
}

/// <summary>What reading the header gives.</summary>
public abstract record ContextReading
{
    private ContextReading()
    {
    }

    /// <summary>The header stands.</summary>
    public sealed record Read(SisoteContext Context) : ContextReading;

    /// <summary>It does not.</summary>
    /// <param name="Fault">What is wrong and at which character; holds nothing of the header's content.</param>
    public sealed record Malformed(string Fault) : ContextReading;
}
