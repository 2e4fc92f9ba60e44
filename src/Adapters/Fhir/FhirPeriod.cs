// Whether a period of a FHIR resource holds now.
using System.Globalization;
using System.Text.Json.Nodes;
using Sisote.Policy.Deciding;

namespace Sisote.Adapters.Fhir;

/// <summary>Reads periods as FHIR writes them: a year, a month or a day lasts to its end, in Finland; an open end has none.</summary>
internal static class FhirPeriod
{
    private static readonly string[] Moments = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>Whether it has begun and is not over; an absent period always holds.</summary>
    /// <exception cref="Native.NativeFaultException">It is none that can be read: whether it holds must be certain.</exception>
    public static bool Holds(JsonNode? period, DateTimeOffset now) => period switch
    {
        null => true,
        JsonObject told => !(Bound(told, "start", isEnd: false) > now) && !(Bound(told, "end", isEnd: true) < now),
        _ => throw FhirJson.Unreadable("a period that is none"),
    };

    private static DateTimeOffset? Bound(JsonObject period, string name, bool isEnd)
    {
        if (period[name] is null)
        {
            return null;
        }

        var text = FhirJson.Text(period, name) ?? throw FhirJson.Unreadable("a period that is none");
        if (text.Length > 10)
        {
            return DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && (text.EndsWith('Z') || text[^6] is '+' or '-')
                ? moment
                : throw FhirJson.Unreadable("a period that is none");
        }

        if (!DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            throw FhirJson.Unreadable("a period that is none");
        }

        return !isEnd ? FinnishTime.StartOf(first) : FinnishTime.EndOf(text.Length switch
        {
            4 => new DateOnly(first.Year, 12, 31),
            7 => new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)),
            _ => first,
        });
    }
}
