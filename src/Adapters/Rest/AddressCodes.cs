// No personal identity code in an address.
using System.Text.RegularExpressions;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Rest;

/// <summary>Finds personal identity codes in what would become an address, however they are escaped: addresses stand in logs all along the way.</summary>
/// <remarks>UUIDs are left out: a code may stand in their many digits by chance.</remarks>
internal static partial class AddressCodes
{
    /// <summary>Whether a code stands in a text.</summary>
    public static bool AreIn(string text)
    {
        for (var plain = Uri.UnescapeDataString(text); plain != text; plain = Uri.UnescapeDataString(text))
        {
            if (Hetu.IsIn(WithoutUuids(text)))
            {
                return true;
            }

            text = plain;
        }

        return Hetu.IsIn(WithoutUuids(text));
    }

    private static string WithoutUuids(string text) => Uuid().Replace(text, " ");

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}
