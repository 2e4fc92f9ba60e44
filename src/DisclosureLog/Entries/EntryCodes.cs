// The codes of enumerated members, as their attributes give them.
using System.Collections.Frozen;
using System.Text.Json;

namespace Sisote.DisclosureLog.Entries;

/// <summary>Turns an enumerated value into the code that its <c>JsonStringEnumMemberName</c> states; a value outside the list is refused.</summary>
internal static class EntryCodes
{
    internal static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Codes<TEnum>.ByValue.TryGetValue(value, out var code) ? code : throw new FormatException($"Not a {typeof(TEnum).Name}.");

    private static class Codes<TEnum>
        where TEnum : struct, Enum
    {
        internal static readonly FrozenDictionary<TEnum, string> ByValue =
            Enum.GetValues<TEnum>().ToFrozenDictionary(static value => value, static value => JsonSerializer.SerializeToElement(value).GetString()!);
    }
}
