// Identifiers that callers make.
namespace Sisote.Consent;

/// <summary>
/// An identifier as a caller makes it: 32 hexadecimal digits and nothing else. It becomes a key and stands in the log for good, so it is told by its characters: the platform's own reading of identifiers
/// takes any amount of white space around one.
/// </summary>
internal static class FreshId
{
    private const int Length = 32;
    private const int DashedLength = 36;

    /// <summary>Whether it is one.</summary>
    public static bool Is(string? text) => text is { Length: Length } && Guid.TryParseExact(text, "N", out _);

    /// <summary>Whether it is one, with dashes or without.</summary>
    public static bool IsWithOrWithoutDashes(string? text) => Is(text) || (text is { Length: DashedLength } && Guid.TryParseExact(text, "D", out _));
}
