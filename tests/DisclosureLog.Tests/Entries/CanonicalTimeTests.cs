// The fast reader of instants takes and refuses what the plain one does.
using System.Text;
using CsCheck;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Tests.DisclosureLog;

public sealed class CanonicalTimeTests
{
    [Fact]
    public void BothReadersAgreeOnEveryInstant() => Gen.Long[DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks].Sample(static ticks => AgreeOn(CanonicalTime.Write(new DateTimeOffset(ticks, TimeSpan.Zero))));

    [Fact]
    public void BothReadersAgreeOnEveryTextThatDiffersInOneCharacter() => Gen.Select(Gen.Int[0, CanonicalTime.Length - 1], Gen.Char[' ', '~'], Gen.DateTime).Sample(static (place, character, time) =>
    {
        var text = CanonicalTime.Write(new DateTimeOffset(time.Ticks, TimeSpan.Zero)).ToCharArray();
        text[place] = character;
        return AgreeOn(new string(text));
    });

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-29T00:00:00.000Z")]
    [InlineData("2028-02-29T23:59:59.999Z")]
    [InlineData("0000-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z")]
    [InlineData("2026-13-01T00:00:00.000Z")]
    [InlineData("2026-12-01T24:00:00.000Z")]
    [InlineData("2026-12-01T23:60:00.000Z")]
    [InlineData("2026-12-01T23:59:60.000Z")]
    [InlineData("2026-12-01T23:59:59.9999Z")]
    public void BothReadersAgreeAtTheBorders(string text) => Assert.True(AgreeOn(text));

    private static bool AgreeOn(string text)
    {
        var plain = CanonicalTime.TryRead(text, out var expected);
        var fast = CanonicalTime.TryRead(Encoding.ASCII.GetBytes(text), out var time);
        return plain == fast && time == expected;
    }
}
