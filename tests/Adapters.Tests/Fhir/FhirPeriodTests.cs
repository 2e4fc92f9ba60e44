// A period lasts as long as FHIR says: a year, a month and a day to their end in Finland.
using System.Text.Json.Nodes;
using Sisote.Adapters.Fhir;
using Sisote.Adapters.Native;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirPeriodTests
{
    [Theory]
    [InlineData("""{"end":"2026-11-22"}""", "2026-11-22T21:59:59Z", true)]
    [InlineData("""{"end":"2026-11-22"}""", "2026-11-22T22:00:00Z", false)]
    [InlineData("""{"start":"2026-11-23"}""", "2026-11-22T21:59:59Z", false)]
    [InlineData("""{"start":"2026-11-23"}""", "2026-11-22T22:00:00Z", true)]
    [InlineData("""{"end":"2026-06"}""", "2026-06-30T20:59:59Z", true)]
    [InlineData("""{"end":"2026-06"}""", "2026-06-30T21:00:00Z", false)]
    [InlineData("""{"start":"2024-02","end":"2026"}""", "2026-12-31T21:59:59Z", true)]
    [InlineData("""{"start":"2024-02","end":"2026"}""", "2026-12-31T22:00:00Z", false)]
    [InlineData("""{"end":"2026-11-22T12:00:00+02:00"}""", "2026-11-22T10:00:00Z", true)]
    [InlineData("""{"end":"2026-11-22T12:00:00+02:00"}""", "2026-11-22T10:00:01Z", false)]
    [InlineData("""{"end":"2026-11-22T12:00:00.500Z"}""", "2026-11-22T12:00:01Z", false)]
    [InlineData("""{"start":"2027-01-01","end":"2026-01-01"}""", "2026-11-22T12:00:00Z", false)]
    [InlineData("{}", "2026-11-22T12:00:00Z", true)]
    [InlineData("null", "2026-11-22T12:00:00Z", true)]
    public void APeriodHoldsFromItsFirstToItsLastMoment(string period, string now, bool holds) =>
        Assert.Equal(holds, FhirPeriod.Holds(JsonNode.Parse(period), DateTimeOffset.Parse(now, null)));

    [Theory]
    [InlineData("""{"end":"2026-13"}""")]
    [InlineData("""{"end":"22.11.2026"}""")]
    [InlineData("""{"end":"2026-11-22T12:00:00"}""")]
    [InlineData("""{"start":""}""")]
    [InlineData("""{"start":2026}""")]
    [InlineData("[]")]
    [InlineData("\"2026\"")]
    public void APeriodThatCannotBeReadIsAFault(string period) =>
        Assert.Throws<NativeFaultException>(() => FhirPeriod.Holds(JsonNode.Parse(period), default));
}
