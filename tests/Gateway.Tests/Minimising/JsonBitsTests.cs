// The bits of a text against the same counted byte by byte.
using System.Text;
using CsCheck;
using Sisote.Gateway.Minimising;

namespace Sisote.Tests.Gateway.Minimising;

public sealed class JsonBitsTests
{
    private static readonly byte[] Characters = "\"\"\"\\\\\\{}[]|,:au04 \n\t\u0001"u8.ToArray();
    private static readonly Gen<byte[]> Texts = Gen.Int[0, Characters.Length - 1].Select(static place => Characters[place]).Array[0, 300];

    [Fact]
    public void QuotesAndBracketsAreFoundWhereverBlocksBegin() => Texts.Sample(text =>
    {
        var words = new ulong[JsonBits.WordsFor(text.Length)];
        var isSound = new JsonBits(text, words).TryFill(out _);
        var (isText, isEscaped, isBad) = (false, false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var one = text[at];
            var isQuote = one == '"' && !isEscaped;
            isText ^= isQuote;
            isBad |= isText && one < ' ';
            Assert.Equal(isQuote || one == '\\', (words[at / 64 * 2] >> at & 1) == 1);
            Assert.Equal(!isText && (one is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'|' or (byte)'\\'), (words[(at / 64 * 2) + 1] >> at & 1) == 1);
            isEscaped = one == '\\' && !isEscaped;
        }

        Assert.Equal(isSound, !isText && !isBad);
    }, iter: 20_000);

    [Fact]
    public void AModifierExtensionIsFoundWhereverItStandsAndNothingLikeIt()
    {
        for (var before = 0; before < 140; before++)
        {
            Assert.True(NeedsEverything($"{new string(' ', before)}\"modifierExtension\":[]"));
            Assert.True(NeedsEverything($"{new string(' ', before)}\"modifierExtensio\\u006e\":[]"));
            Assert.False(NeedsEverything($"{new string(' ', before)}\"modifierextension\":[]"));
            Assert.False(NeedsEverything($"{new string(' ', before)}\"effectiveDateTime\":\"\\u00e4\""));
            Assert.False(NeedsEverything($"{new string(' ', before)}\"a\":\"\\\\u006e \\u2013\""));
            Assert.True(NeedsEverything($"{new string(' ', before)}\"a\":\"\\ud83d\\ude00\""));
            Assert.True(NeedsEverything($"{new string(' ', before)}\"a\":\"\\u00x4\""));
        }
    }

    [Fact]
    public void EveryLetterOfItsNameIsKnownByItsEscape() =>
        Assert.All("modifierExtension", static letter => Assert.True(NeedsEverything($"\"\\u{(int)letter:x4}\":1") && NeedsEverything($"\"\\u{(int)letter:X4}\":1")));

    private static bool NeedsEverything(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(new JsonBits(bytes, new ulong[JsonBits.WordsFor(bytes.Length)]).TryFill(out var needsEverything));
        return needsEverything;
    }
}
