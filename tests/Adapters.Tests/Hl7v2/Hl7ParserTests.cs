// Reading and answering HL7 v2 messages, those of others and our own.
using System.Text;
using CsCheck;
using Sisote.Adapters.Hl7v2;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Adapters.Hl7v2;

public sealed class Hl7ParserTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void EveryMessageThatOthersWroteIsReadAndAnswered()
    {
        var files = Directory.GetFiles(SharedData.Require("hl7v2-messages", "messages"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            var reading = Hl7Parser.Parse(File.ReadAllBytes(file));
            var message = Assert.IsType<Hl7Reading.Read>(reading).Message;
            Assert.Equal("MSH", message.Header.Name);
            Assert.NotEmpty(message.Code);
            Assert.DoesNotContain(message.Segments, static segment => segment.Name.StartsWith('Z'));
            if (message.ControlId.Length > 0)
            {
                var answer = Hl7Acknowledgement.Write(message, Hl7AckCode.Accepted, null, Noon);
                Assert.Equal(Hl7AckCode.Accepted, Hl7Acknowledgement.Read(answer, message.ControlId)!.Value.Code);
            }
        }
    }

    [Fact]
    public void LocalSegmentsAreNeverPassedOn()
    {
        var message = Read("MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1\rZPE|secret\rPID|1\rZZZ|more\r");

        Assert.Equal(["MSH", "PID"], message.Segments.Select(static segment => segment.Name));
    }

    [Fact]
    public void RepetitionsComponentsAndSubcomponentsAreCountedAsTheStandardDoes()
    {
        var pid = Read("MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1\rPID|1||A1^^^LOCAL~120385-911F^^^&1.2.246.21&ISO\r").First("PID")!;

        Assert.Equal(2, pid.Repetitions(3));
        Assert.Equal("120385-911F", pid.Get(3, repetition: 2));
        Assert.Equal("1.2.246.21", pid.Get(3, 4, 2, repetition: 2));
        Assert.Equal("", pid.Get(40));
    }

    [Fact]
    public void EscapesAreResolvedIncludingHexadecimalBytesInTheCharacterSetOfTheMessage()
    {
        var utf8 = Read("MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1||||||UNICODE UTF-8\rNTE|1||a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\.br\\g\\XC3A4\\h\\H\\i\\N\\\r");
        var latin = Read("MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1||||||8859/1\rNTE|1||\\XE4\\\r");

        Assert.Equal("a|b^c&d~e\\f\ngähi", utf8.First("NTE")!.Get(3));
        Assert.Equal("ä", latin.First("NTE")!.Get(3));
    }

    [Theory]
    [InlineData("8859/1", 28591, "Väinö Åkerman")]
    [InlineData("8859/15", 28605, "Väinö Åkerman 5 € Šakki")]
    [InlineData("UNICODE UTF-8", 65001, "Väinö Åkerman 5 € Šakki")]
    public void TheCharacterSetsOfFinnishSystemsAreRead(string name, int codePage, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(codePage).GetBytes($"MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1||||||{name}\rPID|1||||{text}\r");

        var message = Assert.IsType<Hl7Reading.Read>(Hl7Parser.Parse(bytes)).Message;

        Assert.Equal(text, message.First("PID")!.Get(5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("MSH")]
    [InlineData("MSH|^~")]
    [InlineData("MSHAAAAA|x")]
    [InlineData("MSH||||||||")]
    [InlineData("PID|1\rMSH|^~\\&|A")]
    [InlineData("MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1||||||KOI8-R\r")]
    [InlineData("MSH|^~\\&|A\rpid|1\r")]
    [InlineData("MSH|^~\\&|A\rMSH|^~\\&|B\r")]
    public void WhatIsNoMessageIsRefused(string text) => Assert.IsType<Hl7Reading.Unreadable>(Hl7Parser.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void BytesThatTheCharacterSetDoesNotHaveAreRefusedAndNotGuessed()
    {
        var bytes = Encoding.Latin1.GetBytes("MSH|^~\\&|A|B|C|D|20261122||REF^I12|1|P|2.5.1||||||UNICODE UTF-8\rPID|1||||Väinö\r");

        Assert.IsType<Hl7Reading.Unreadable>(Hl7Parser.Parse(bytes));
    }

    [Fact]
    public void WhateverIsWrittenIsReadAgainAndCanAddNoFieldOrSegment() => Gen.String[Gen.Char["aä|^~\\&\r\n\tX.€ "], 0, 40].Sample(text =>
    {
        var writer = new Hl7Writer(new Hl7Address("A", "B"), new Hl7Address("C", "D"), "MDM^T02^MDM_T02", "1", Noon);
        writer.Segment("NTE").Put(1, "1").Put(3, text).End();

        var message = ((Hl7Reading.Read)Hl7Parser.Parse(writer.ToBytes())).Message;

        Assert.Equal(2, message.Segments.Length);
        Assert.Equal(text.ReplaceLineEndings("\n").Replace("\t", string.Empty, StringComparison.Ordinal), message.Segments[1].Get(3));
    });

    [Fact]
    public void ArbitraryBytesNeverBringTheParserDown() => Gen.Byte.Array[0, 200].Sample(static bytes =>
    {
        byte[] framed = [.. "MSH|^~\\&|"u8, .. bytes];
        Assert.NotNull(Hl7Parser.Parse(bytes));
        Assert.NotNull(Hl7Parser.Parse(framed));
    });

    [Fact]
    public void AnAcknowledgementOfAnotherMessageIsNone()
    {
        var message = Read("MSH|^~\\&|A|B|C|D|20261122||REF^I12|77|P|2.5.1\r");
        var answer = Hl7Acknowledgement.Write(message, Hl7AckCode.Error, "why", Noon);

        Assert.Equal((Hl7AckCode.Error, "why"), Hl7Acknowledgement.Read(answer, "77"));
        Assert.Null(Hl7Acknowledgement.Read(answer, "78"));
    }

    private static Hl7Message Read(string text) => Assert.IsType<Hl7Reading.Read>(Hl7Parser.Parse(Encoding.UTF8.GetBytes(text))).Message;
}
