// FHIR codings made from and looked up in a mapping.
using Hl7.Fhir.Model;

namespace Sisote.Adapters.Native;

/// <summary>Between FHIR's concepts and mapping rows. Displays and texts are neither written nor read: labels come from the catalogue.</summary>
internal static class Concepts
{
    /// <summary>System of measurement categories.</summary>
    public const string ObservationCategory = "http://terminology.hl7.org/CodeSystem/observation-category";

    /// <summary>The concept of a row.</summary>
    public static CodeableConcept ToConcept(this CodeRow row) => new(row.System, row.Code);

    /// <summary>The row of a concept: exactly one of its codings must be known.</summary>
    public static CodeRow? Find(this CodeTable table, CodeableConcept? concept)
    {
        var rows = concept?.Coding.Select(coding => table.FromFhir(coding.System, coding.Code)).OfType<CodeRow>().Distinct().ToList();
        return rows is [var only] ? only : null;
    }

    /// <summary>Whether any of the concepts is that of the row.</summary>
    public static bool Has(this IEnumerable<CodeableConcept> concepts, CodeRow row) =>
        concepts.Any(concept => concept.Coding.Any(coding => coding.System == row.System && coding.Code == row.Code));

    /// <summary>A period of days, or null where neither end is known.</summary>
    public static Period? ToPeriod(DateOnly? from, DateOnly? to) => from is null && to is null
        ? null
        : new Period { Start = from?.ToString("yyyy-MM-dd", null), End = to?.ToString("yyyy-MM-dd", null) };

    /// <summary>The day of a FHIR date or time; null where it is absent or less exact than a day.</summary>
    public static DateOnly? ToDay(string? fhirDate) =>
        fhirDate is { Length: >= 10 } && DateOnly.TryParseExact(fhirDate.AsSpan(0, 10), "yyyy-MM-dd", null, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}
