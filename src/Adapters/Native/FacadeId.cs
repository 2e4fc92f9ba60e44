// Ids of the facade.
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Adapters.Native;

/// <summary>Ids that the facade gives: 1 to 15 characters of a-z, 0-9 and '-'.</summary>
internal static class FacadeId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Whether a text can be an id of the facade.</summary>
    public static bool IsId(string? text) =>
        text is { Length: >= 1 and <= 15 } && text.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    /// <summary>A native id that serves as it is.</summary>
    /// <exception cref="NativeFaultException">It does not.</exception>
    public static string Accept(string? native) => IsId(native) ? native! : throw new NativeFaultException(NativeFault.Unreadable, "an id that the facade cannot carry");

    /// <summary>A stable id made from a native id of any shape: 15 characters, 75 bits of its hash.</summary>
    public static string FromAny(string native)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(native));
        return string.Create(15, hash, static (id, bytes) =>
        {
            for (var index = 0; index < id.Length; index++)
            {
                id[index] = Alphabet[bytes[index] & 31];
            }
        });
    }
}
