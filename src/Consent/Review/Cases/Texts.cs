// What people may write.
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Cases;

/// <summary>Checks free text: some length, and no national identifier, for it is read by more people than the client's own papers.</summary>
internal static class Texts
{
    public const int Longest = 2000;
    public const string Rule = "1 to 2000 characters, without national identifiers.";

    public static bool IsGood(string text, int longest = Longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !Hetu.IsIn(text);
}
