// The two secrets of a secure link: the token in its address, and the code that travels another way.
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Portal.Links;

/// <summary>Makes and compares the secrets. The store keeps neither: of the token a hash under which the link is found, of the code a MAC whose key is the token, so that a stolen store tests no code.</summary>
internal static class LinkSecrets
{
    /// <summary>Characters of a code.</summary>
    public const int CodeLength = 8;

    // Open Location Code's alphabet: no two look alike, and without vowels no code is a word.
    private const string Alphabet = "23456789CFGHJMPQRVWX";
    private const int TokenLength = 64;

    /// <summary>A new token: 256 bits as hexadecimal digits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);

    /// <summary>A new code: some 34 bits, of which five guesses are allowed.</summary>
    public static string NewCode() => RandomNumberGenerator.GetString(Alphabet, CodeLength);

    /// <summary>Whether a text can be a token.</summary>
    public static bool IsToken(string? text) => text is { Length: TokenLength } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The code as it was meant, however it was typed; null where it can be none.</summary>
    public static string? ReadCode(string? typed)
    {
        var code = string.Concat((typed ?? string.Empty).Where(static c => !char.IsWhiteSpace(c) && c is not ('-' or '–'))).ToUpperInvariant();
        return code.Length == CodeLength && code.All(static c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : null;
    }

    /// <summary>A code as it is shown and read out: <c>23CF-GH45</c>.</summary>
    public static string Said(string code) => $"{code[..(CodeLength / 2)]}-{code[(CodeLength / 2)..]}";

    /// <summary>The id under which a link is kept: half of a SHA-256 of its token.</summary>
    public static string IdOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)))[..32];

    /// <summary>What is kept of a code.</summary>
    public static string MacOf(string token, string code) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(code)));

    /// <summary>Compares two such in a time that does not depend on where they differ.</summary>
    public static bool AreSame(string mac, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(mac), Encoding.ASCII.GetBytes(other));
}
