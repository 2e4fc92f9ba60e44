// Why now: the header Sisote-Context.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sisote.Client;

/// <summary>What a caller states with a call: conditions of the law by name, each with a reason, a reference, or just that it holds. Never anything about the client.</summary>
public sealed record Statement
{
    /// <summary>Nothing is stated.</summary>
    public static Statement None { get; } = new();

    /// <summary>The conditions with their texts; an empty text says that it holds.</summary>
    public ImmutableSortedDictionary<string, string> Conditions { get; private init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>States why the data are needed, in one sentence.</summary>
    public static Statement Necessity(string why) => None.With("necessity-statement", why);

    /// <summary>The same with one more condition.</summary>
    /// <param name="condition">Its id, small letters, digits and '-'.</param>
    /// <param name="text">A reason or reference, at most 200 characters; empty = it holds.</param>
    public Statement With(string condition, string text = "") => this with { Conditions = Conditions.SetItem(condition, text) };

    /// <summary>Always <c>statement:***</c>: a reason is somebody's own words.</summary>
    public override string ToString() => "statement:***";

    /// <summary>The header's value: a dictionary of RFC 9651; letters beyond ASCII make a display string.</summary>
    internal string Header() => string.Join(", ", Conditions.Select(static pair => pair.Value.Length == 0 ? pair.Key : $"{pair.Key}={Write(pair.Value)}"));

    private static string Write(string text)
    {
        if (text.All(static letter => letter is >= ' ' and <= '~'))
        {
            return $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        var written = new StringBuilder("%\"");
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            // RFC 9651 section 4.1.11
            written.Append(octet is (byte)'%' or (byte)'"' or < 0x20 or > 0x7e ? "%" + octet.ToString("x2", CultureInfo.InvariantCulture) : ((char)octet).ToString());
        }

        return written.Append('"').ToString();
    }
}
