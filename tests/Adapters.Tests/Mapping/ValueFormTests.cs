// Days, moments and numbers as products write them.
using System.Globalization;
using CsCheck;
using Sisote.Adapters.Mapping;

namespace Sisote.Tests.Adapters.Mapping;

public sealed class ValueFormTests
{
    private static readonly TimeZoneInfo Helsinki = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    [Theory]
    [InlineData("2026-11-23T10:00:00Z", null, "2026-11-23T10:00:00+00:00")]
    [InlineData("2026-11-23T10:00:00.5+02:00", null, "2026-11-23T10:00:00+02:00")]
    [InlineData("2026-11-23T10:00:00", null, null)]
    [InlineData("2026-11-23", null, null)]
    [InlineData("23.11.2026 10.00", "d.M.yyyy H.mm", "2026-11-23T10:00:00+02:00")]
    [InlineData("23.6.2026 10.00", "d.M.yyyy H.mm", "2026-06-23T10:00:00+03:00")]
    [InlineData("25.10.2026 3.30", "d.M.yyyy H.mm", null)]
    [InlineData("29.3.2026 3.30", "d.M.yyyy H.mm", null)]
    [InlineData("23.11.2026 25.00", "d.M.yyyy H.mm", null)]
    [InlineData("1.1.0001 0.00", "d.M.yyyy H.mm", null)]
    [InlineData("31.12.9999 23.59", "d.M.yyyy H.mm", null)]
    public void AMomentIsToldOnlyWhereItIsCertainWhichOneIsMeant(string native, string? pattern, string? fhir) =>
        Assert.Equal(fhir, new ValueForm(ValueKind.Time, pattern, false).ToFhir(native, Helsinki, MappingSamples.Today));

    [Theory]
    [InlineData("1,5", true, "1.5")]
    [InlineData("1.5", true, null)]
    [InlineData("1.5", false, "1.5")]
    [InlineData("1,5", false, null)]
    [InlineData("-0.10", false, "-0.10")]
    [InlineData("1 000", false, null)]
    [InlineData("1e5", false, null)]
    [InlineData("NaN", false, null)]
    public void ANumberHasTheAgreedPointAndNothingElse(string native, bool comma, string? fhir) =>
        Assert.Equal(fhir, new ValueForm(ValueKind.Number, null, comma).ToFhir(native, Helsinki, MappingSamples.Today));

    [Theory]
    [InlineData("2026")]
    [InlineData("2026-11")]
    [InlineData("2026-11-23T10:00:00Z")]
    [InlineData("2026-02-30")]
    public void ADayThatIsLessOrMoreThanADayIsNotWritten(string fhir) => Assert.Null(new ValueForm(ValueKind.Date, "d.M.yyyy", false).ToNative(fhir, Helsinki));

    [Fact]
    public void EveryDayIsTheSameAfterTheWayThereAndBack() => Gen.Int[0, 60_000].Sample(number =>
    {
        var day = new DateOnly(1900, 1, 1).AddDays(number);
        var form = new ValueForm(ValueKind.Date, "d.M.yyyy", false);

        var native = form.ToNative(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Helsinki)!.GetValue<string>();

        return form.ToFhir(native, Helsinki, MappingSamples.Today) == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    });

    [Fact]
    public void EveryNumberIsTheSameAfterTheWayThereAndBack() => Gen.Decimal[-1_000_000m, 1_000_000m].Sample(number =>
    {
        var form = new ValueForm(ValueKind.Number, null, true);
        var fhir = number.ToString(CultureInfo.InvariantCulture);

        return form.ToFhir(form.ToNative(fhir, Helsinki)!.GetValue<string>(), Helsinki, MappingSamples.Today) == fhir;
    });
}
