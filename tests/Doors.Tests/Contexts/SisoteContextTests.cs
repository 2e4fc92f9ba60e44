// The header that states the circumstances of a call.
using CsCheck;
using Microsoft.Extensions.Primitives;
using Sisote.Doors.Contexts;

namespace Sisote.Tests.Doors.Contexts;

public sealed class SisoteContextTests
{
    [Fact]
    public void TextsCodesAndFlagsAreReadInTheirOrder()
    {
        var context = Read("necessity-statement=\"planning the \\\"first\\\" visit\", referral=k/77:a ,\tstudent-informed, urgent=?0, yes=?1");

        Assert.Equal(
            [
                new("necessity-statement", new ContextValue.String("planning the \"first\" visit")),
                new("referral", new ContextValue.Token("k/77:a")),
                new("student-informed", new ContextValue.Flag(true)),
                new("urgent", new ContextValue.Flag(false)),
                new("yes", new ContextValue.Flag(true)),
            ],
            context.Entries);
        Assert.Equal("k/77:a", context.Find("referral")?.Text);
        Assert.Null(context.Find("Referral"));
    }

    [Fact]
    public void FinnishLettersTravelAsDisplayString()
    {
        var context = Read("necessity-statement=%\"ensik%c3%a4ynti\"");

        Assert.Equal("ensikäynti", context.Find("necessity-statement")?.Text);
        Assert.Equal("necessity-statement=%\"ensik%c3%a4ynti\"", context.ToHeader());
    }

    [Fact]
    public void AnAbsentHeaderStatesNothingAndSeveralLinesAreOneHeader()
    {
        Assert.Empty(Read(StringValues.Empty).Entries);
        Assert.Empty(Read("  ").Entries);
        Assert.Equal(["a", "b"], Read(new StringValues(["a=x", "b=y"])).Entries.Select(static entry => entry.Key));
    }

    [Theory]
    [InlineData("a=x, a=y")]
    [InlineData("a=x,")]
    [InlineData(",a=x")]
    [InlineData("a=x b=y")]
    [InlineData("A=x")]
    [InlineData("1a=x")]
    [InlineData("a=")]
    [InlineData("a = x")]
    [InlineData("a=x;p=1")]
    [InlineData("a=(x y)")]
    [InlineData("a=12")]
    [InlineData("a=1.5")]
    [InlineData("a=@1659578233")]
    [InlineData("a=:aGVsbG8=:")]
    [InlineData("a=?2")]
    [InlineData("a=?")]
    [InlineData("a=\"open")]
    [InlineData("a=\"bad\\n\"")]
    [InlineData("a=\"ä\"")]
    [InlineData("a=\"x\ty\"")]
    [InlineData("a=%x")]
    [InlineData("a=%\"%C3%A4\"")]
    [InlineData("a=%\"%c3\"")]
    [InlineData("a=%\"%0a\"")]
    [InlineData("a=%\"open")]
    [InlineData("a=\0")]
    public void WhatCouldBeReadInTwoWaysIsRefused(string header)
    {
        Assert.IsType<ContextReading.Malformed>(SisoteContext.Read(header));
    }

    [Fact]
    public void TheBoundsHold()
    {
        Assert.Equal(20, Read(Keys(20)).Entries.Length);
        Assert.Equal(200, Read($"a=\"{new string('x', 200)}\"").Find("a")?.Text.Length);
        Assert.IsType<ContextReading.Malformed>(SisoteContext.Read(Keys(21)));
        Assert.IsType<ContextReading.Malformed>(SisoteContext.Read($"a=\"{new string('x', 201)}\""));
        Assert.IsType<ContextReading.Malformed>(SisoteContext.Read($"a={new string('x', 201)}"));
        Assert.IsType<ContextReading.Malformed>(SisoteContext.Read($"{new string('a', 65)}=x"));

        static string Keys(int count) => string.Join(',', Enumerable.Range(0, count).Select(static n => $"k{n}"));
    }

    [Fact]
    public void AFaultSaysWhereAndRepeatsNothingOfTheHeader()
    {
        var malformed = Assert.IsType<ContextReading.Malformed>(SisoteContext.Read("necessity=\"secret words\" more"));

        Assert.DoesNotContain("secret", malformed.Fault, StringComparison.Ordinal);
        Assert.Contains("character 26", malformed.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrittenIsReadBackTheSame()
    {
        var key = Gen.Char["abcxyz019-_.*"].Array[1, 12].Select(static letters => "k" + new string(letters));
        var value = Gen.OneOf(
            Gen.Char["aä\"\\% ö€~\ud7ff"].Array[0, 40].Select(static letters => (ContextValue)new ContextValue.String(new string(letters))),
            Gen.Char["aZ0:/!*"].Array[0, 40].Select(static letters => (ContextValue)new ContextValue.Token("t" + new string(letters))),
            Gen.Bool.Select(static flag => (ContextValue)new ContextValue.Flag(flag)));
        var context = Gen.Dictionary(key, value)[0, 20].Select(static pairs => new SisoteContext { Entries = [.. pairs] });

        context.Sample(static written => Read(written.ToHeader()).Entries.SequenceEqual(written.Entries), iter: 2_000);
    }

    [Fact]
    public void AnyTextAtAllIsReadOrRefusedButNeverBreaksTheReader()
    {
        Gen.OneOf(Gen.String, Gen.Char["a=,?%\"\\ 1"].Array[0, 20].Select(static letters => new string(letters)))
            .Sample(static header => SisoteContext.Read(header) is ContextReading.Malformed or ContextReading.Read, iter: 5_000);
    }

    [Theory]
    [InlineData("A", "x")]
    [InlineData("a", "not a token")]
    public void TheWriterWritesNothingThatTheReaderWouldRefuse(string key, string token)
    {
        var context = new SisoteContext { Entries = [new(key, new ContextValue.Token(token))] };

        Assert.Throws<FormatException>(() => context.ToHeader());
    }

    private static SisoteContext Read(StringValues header) => Assert.IsType<ContextReading.Read>(SisoteContext.Read(header)).Context;
}
