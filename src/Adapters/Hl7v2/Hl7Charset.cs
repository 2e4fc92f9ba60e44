// Character sets of messages.
using System.Text;

namespace Sisote.Adapters.Hl7v2;

/// <summary>Encodings by their name in MSH-18 (table 0211): what Finnish systems use, nothing guessed.</summary>
internal static class Hl7Charset
{
    /// <summary>The name that this room writes.</summary>
    public const string Utf8 = "UNICODE UTF-8";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding of a name, throwing on bytes that it does not have; null for an unknown name. Empty means UTF-8, which holds ASCII, the standard's default.</summary>
    public static Encoding? Find(string name) => name switch
    {
        "" or "ASCII" or "UNICODE UTF-8" or "UTF-8" => StrictUtf8,
        "8859/1" => Encoding.Latin1,
        "8859/15" => Latin9.Value,
        _ => null,
    };

    private static readonly Lazy<Encoding> Latin9 = new(static () =>
        CodePagesEncodingProvider.Instance.GetEncoding(28605, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new InvalidOperationException("This runtime lacks ISO 8859-15."));
}
