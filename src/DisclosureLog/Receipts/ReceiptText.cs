// Takes the header form of a receipt apart.
using System.Text.RegularExpressions;

namespace Sisote.DisclosureLog.Receipts;

/// <summary>The one shape of a receipt in a header.</summary>
internal static partial class ReceiptText
{
    internal static IReadOnlyDictionary<string, string>? Match(string header)
    {
        var match = header.Length <= 1024 ? Shape().Match(header) : System.Text.RegularExpressions.Match.Empty;
        return match.Success ? match.Groups.Values.Where(static group => group.Name != "0").ToDictionary(static group => group.Name, static group => group.Value) : null;
    }

    internal static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    [GeneratedRegex("""
        \Aorigin="(?<origin>[!#-\[\]-~]+)", index=(?<index>[0-9]{1,16}), leaf=:(?<leaf>[A-Za-z0-9+/=]+):, time="(?<time>[0-9TZ:.\-]+)", entry="(?<entry>[!#-\[\]-~]+)", sig=:(?<sig>[A-Za-z0-9+/=]+):\z
        """, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
