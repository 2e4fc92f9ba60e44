// How values of searches are compared with values that leave.
using System.Text.Json;
using Hl7.Fhir.Model;
using Sisote.Gateway.Searching;
using SearchParameter = Sisote.Gateway.Searching.SearchParameter;

namespace Sisote.Tests.Gateway.Searching;

/// <summary>The prefixes of FHIR R4 3.1.1.4.5 on stretches of time and numbers, tokens, strings and escapes.</summary>
public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Asked = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-02-03", "\"2026-02-03\"", true)]
    [InlineData("2026-02", "\"2026-02-03\"", true)]
    [InlineData("2026", "\"2026-02-03\"", true)]
    [InlineData("eq2026-02-03", "\"2026-02\"", false)]
    [InlineData("2026-02-03", "\"2026-02-03T23:30:00+02:00\"", true)]
    [InlineData("2026-02-03", "\"2026-02-03T23:30:00Z\"", false)]
    [InlineData("2026-02-04", "\"2026-02-03T23:30:00Z\"", true)]
    [InlineData("2026-07-01", "\"2026-06-30T21:00:00Z\"", true)]
    [InlineData("2026-07-01", "\"2026-06-30T20:59:59Z\"", false)]
    [InlineData("2026-02-03T10:15", "\"2026-02-03T10:15:30+02:00\"", true)]
    [InlineData("2026-02-03T10:15:30.5Z", "\"2026-02-03T10:15:30.52Z\"", true)]
    [InlineData("2026-02-03T10:15:30.5Z", "\"2026-02-03T10:15:30Z\"", false)]
    [InlineData("ne2026-02-03", "\"2026-02-03\"", false)]
    [InlineData("ne2026-02-03", "\"2026-02\"", true)]
    [InlineData("gt2026-02-03", "\"2026-02-03\"", false)]
    [InlineData("gt2026-02-03", "\"2026-02-04\"", true)]
    [InlineData("gt2026-02-03", "\"2026-02\"", true)]
    [InlineData("lt2026-02-03", "\"2026-02\"", true)]
    [InlineData("lt2026-02-03", "\"2026-02-03\"", false)]
    [InlineData("ge2026-02-03", "\"2026-02-03\"", true)]
    [InlineData("ge2026-02-03", "\"2026-02-02\"", false)]
    [InlineData("le2026-02-03", "\"2026-02-03\"", true)]
    [InlineData("le2026-02-03", "\"2026-02-04\"", false)]
    [InlineData("sa2026-02-03", "\"2026-02\"", false)]
    [InlineData("sa2026-02-03", "\"2026-02-04\"", true)]
    [InlineData("eb2026-02-03", "\"2026-02-02\"", true)]
    [InlineData("eb2026-02-03", "\"2026-02\"", false)]
    [InlineData("ap2026-10-30", "\"2026-10-30\"", true)]
    [InlineData("ap2026-08-01", "\"2026-08-05\"", true)]
    [InlineData("ap2026-08-01", "\"2026-08-20\"", false)]
    public void ADateIsAsLongAsItsPrecision(string asked, string found, bool accepts) => Assert.Equal(accepts, Accepts(SearchParamType.Date, "dateTime", asked, found));

    [Theory]
    [InlineData("2026-02", """{"start":"2026-02-03","end":"2026-02-05"}""", true)]
    [InlineData("2026-02", """{"start":"2026-02-03"}""", false)]
    [InlineData("ge2026-02", """{"start":"2026-01-03"}""", true)]
    [InlineData("lt2026-02", """{"start":"2026-01-03"}""", true)]
    [InlineData("lt2026-01", """{"end":"2026-01-03"}""", true)]
    [InlineData("sa2026-01", """{"start":"2026-02-01"}""", true)]
    [InlineData("eb2026-03", """{"end":"2026-02-01"}""", true)]
    [InlineData("eb2026-03", """{"start":"2026-02-01"}""", false)]
    [InlineData("2026-02", "{}", false)]
    [InlineData("ne2026-02", "{}", false)]
    [InlineData("2026-02", "\"2026-02-03\"", false)]
    public void APeriodIsOpenWhereItDoesNotSay(string asked, string found, bool accepts) => Assert.Equal(accepts, Accepts(SearchParamType.Date, "Period", asked, found));

    [Theory]
    [InlineData("100", "100.4", true)]
    [InlineData("100", "100.5", false)]
    [InlineData("100", "99.5", true)]
    [InlineData("100.00", "100.004", true)]
    [InlineData("100.00", "100.01", false)]
    [InlineData("1e2", "104", true)]
    [InlineData("1e2", "106", false)]
    [InlineData("1.0e2", "100.4", true)]
    [InlineData("1.0e2", "101", false)]
    [InlineData("ne100", "100.4", false)]
    [InlineData("gt100", "100.4", true)]
    [InlineData("lt100", "99.9", true)]
    [InlineData("ge100", "100", true)]
    [InlineData("le100", "100.1", false)]
    [InlineData("sa100", "101", true)]
    [InlineData("eb100", "99", true)]
    [InlineData("ap100", "109", true)]
    [InlineData("ap100", "111", false)]
    [InlineData("-5", "-5", true)]
    [InlineData("0", "0.4", true)]
    public void ANumberIsAsWideAsItsPrecisionWhereItIsToBeEqual(string asked, string found, bool accepts) => Assert.Equal(accepts, Accepts(SearchParamType.Number, "decimal", asked, found));

    [Theory]
    [InlineData("5.4", true)]
    [InlineData("5.4|http://unitsofmeasure.org|mg", true)]
    [InlineData("5.4||mg", true)]
    [InlineData("5.4||kg", false)]
    [InlineData("5.4|http://other|mg", false)]
    [InlineData("gt5|http://unitsofmeasure.org|mg", true)]
    [InlineData("lt5", false)]
    public void AQuantityIsComparedWithItsUnitWhereOneIsAsked(string asked, bool accepts) =>
        Assert.Equal(accepts, Accepts(SearchParamType.Quantity, "Quantity", asked, """{"value":5.40,"system":"http://unitsofmeasure.org","code":"mg"}"""));

    [Theory]
    [InlineData("gt7", true)]
    [InlineData("lt7", true)]
    [InlineData("lt5", false)]
    [InlineData("7", false)]
    public void AQuantityAboveSomethingIsAStretch(string asked, bool accepts) => Assert.Equal(accepts, Accepts(SearchParamType.Quantity, "Quantity", asked, """{"value":5,"comparator":">","system":"s","code":"c"}"""));

    [Theory]
    [InlineData("a", true)]
    [InlineData("A", true)]
    [InlineData("s|a", true)]
    [InlineData("S|a", false)]
    [InlineData("s|", true)]
    [InlineData("t|", false)]
    [InlineData("|b", true)]
    [InlineData("|a", false)]
    [InlineData("s|b", false)]
    [InlineData("c\\,d\\|e", true)]
    public void ATokenIsACodeWithOrWithoutItsSystem(string asked, bool accepts) =>
        Assert.Equal(accepts, Accepts(SearchParamType.Token, "CodeableConcept", asked, """{"coding":[{"system":"s","code":"a"},{"code":"b"},{"system":"s","code":"c,d|e"}]}"""));

    [Theory]
    [InlineData(null, "äänek", true)]
    [InlineData(null, "aanek", true)]
    [InlineData(null, "koski", false)]
    [InlineData("contains", "KOSKI", true)]
    [InlineData("exact", "Äänekoski", true)]
    [InlineData("exact", "äänekoski", false)]
    [InlineData(null, "marker-use", false)]
    public void AStringIsComparedFromItsBeginningWithoutCaseAndAccents(string? modifier, string asked, bool accepts) =>
        Assert.Equal(accepts, Accepts(SearchParamType.String, "HumanName", asked, """{"family":"Äänekoski","given":["Aino","Maria"],"use":"marker-use"}""", modifier));

    [Theory]
    [InlineData("a,b\\,c,d", ',', new[] { "a", "b\\,c", "d" })]
    [InlineData("a\\\\,b", ',', new[] { "a\\\\", "b" })]
    [InlineData("", ',', new[] { "" })]
    public void AnEscapedSeparatorSeparatesNothing(string text, char separator, string[] parts) => Assert.Equal(parts, SearchText.Split(text, separator));

    private static bool Accepts(SearchParamType kind, string type, string asked, string found, string? modifier = null)
    {
        var test = SearchTest.Read(new SearchParameter("p", kind, [new SearchElement([], type)]), modifier, asked, Asked);
        using var document = JsonDocument.Parse(found);
        return test!.Accepts(new FoundValue(document.RootElement, type));
    }
}
