// What any text about nobody must be like.
namespace Sisote.Consent.Phenomena;

/// <summary>Looks at a text before it goes anywhere near the log's transaction.</summary>
internal static class SaidText
{
    /// <summary>Whether it says something, is not too long, and has no control character; lines may end where a text may have lines. PostgreSQL takes no U+0000 at all.</summary>
    public static bool IsSound(string text, int longest, bool hasLines = true) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(letter => char.IsControl(letter) && !(hasLines && letter == '\n'));
}
