// Rows are read where they were agreed, and only so many.
using System.Text;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;

namespace Sisote.Tests.Adapters.Mapping;

public sealed class NativeRecordsTests
{
    private static readonly NativeFormat Xml = new("xml", "utf-8", ',', string.Empty, TimeZoneInfo.Utc);

    [Theory]
    [InlineData("<oppilaat/>")]
    [InlineData("<oppilaat> </oppilaat>")]
    [InlineData("<oppilaat luotu='2026-11-23'></oppilaat>")]
    public void AnXmlListWithNothingInItIsAnEmptyList(string xml) => Assert.Empty(Rows(xml, Xml, "oppilaat.oppilas"));

    [Theory]
    [InlineData("<oppilaat><pupil><n>1</n></pupil></oppilaat>", "oppilaat.oppilas")]
    [InlineData("<oppilaat><virhe>kanta ei vastaa</virhe></oppilaat>", "oppilaat.oppilas")]
    [InlineData("<oppilaat>kanta ei vastaa</oppilaat>", "oppilaat.oppilas")]
    [InlineData("<oppilaat koodi='5'>kanta ei vastaa</oppilaat>", "oppilaat.oppilas")]
    [InlineData("<virhe/>", "oppilaat.oppilas")]
    [InlineData("<virhe/>", "oppilaat")]
    public void AnXmlElementOfAnotherNameThanTheRowsIsNoEmptyList(string xml, string path) =>
        Assert.Equal("no rows where they were agreed", Assert.Throws<NativeFaultException>(() => Rows(xml, Xml, path)).Message);

    [Fact]
    public void AJsonAnswerWithoutTheAgreedRowsIsNoEmptyList() =>
        Assert.Equal("no rows where they were agreed", Assert.Throws<NativeFaultException>(() => Rows("{\"virhe\":\"x\"}", Xml with { Kind = "json" }, "oppilaat")).Message);

    [Theory]
    [InlineData("""[{"nimi":"\ud800"}]""")]
    [InlineData("""[{"nimi":"x\udc00y"}]""")]
    [InlineData("""[{"\ud83d":"x"}]""")]
    public void HalfASurrogateIsNoText(string json) =>
        Assert.Equal("a text that is no Unicode", Assert.Throws<NativeFaultException>(() => Rows(json, Xml with { Kind = "json" }, string.Empty)).Message);

    [Fact]
    public void AWholeSurrogatePairIsAText() => Assert.Single(Rows("""[{"nimi":"\ud83d\ude00"}]""", Xml with { Kind = "json" }, string.Empty));

    [Theory]
    [InlineData("json", "more rows than the adapter reads")]
    [InlineData("csv", "no CSV in row 200002: more rows or cells than the adapter reads")]
    public void MoreRowsThanARegisterHasAreRefused(string kind, string reason)
    {
        var text = kind == "csv" ? "a\n" + string.Concat(Enumerable.Repeat("1\n", CsvText.MostRows + 1)) : $"[{string.Join(',', Enumerable.Repeat("{}", CsvText.MostRows + 1))}]";

        Assert.Equal(reason, Assert.Throws<NativeFaultException>(() => Rows(text, Xml with { Kind = kind }, string.Empty)).Message);
    }

    [Fact]
    public void MoreCellsThanARegisterHasAreRefused()
    {
        var wide = new string(',', 999) + "\n";

        Assert.Contains("more cells", Assert.Throws<CsvFaultException>(static () => CsvText.Read(new string(',', 1000), ',')).Message, StringComparison.Ordinal);
        Assert.Contains("more rows or cells", Assert.Throws<CsvFaultException>(() => CsvText.Read(string.Concat(Enumerable.Repeat(wide, 5001)), ',')).Message, StringComparison.Ordinal);
        Assert.Contains("more fields", Assert.Throws<NativeFaultException>(() => Rows($"[{string.Join(',', Enumerable.Repeat("[]", 5_000_001))}]", Xml with { Kind = "json" }, string.Empty)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<object> Rows(string text, NativeFormat format, string path) => NativeRecords.Rows(NativeRecords.Read(Encoding.UTF8.GetBytes(text), format), path, format);
}
