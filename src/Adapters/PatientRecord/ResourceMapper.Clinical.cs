// The part of the mapper for measures and for what must stay in the record.
using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;
using Sisote.Adapters.Cda;

namespace Sisote.Adapters.PatientRecord;

/// <content>Observation, Condition, MedicationStatement, DocumentReference.</content>
internal sealed partial class ResourceMapper
{
    private Observation? MakeObservation(SectionMapping section, CdaEntry entry, MappedCode mapped, ResourceReference subject)
    {
        var parts = entry.Parts.Select(part => MakeComponent(section, part)).ToList();
        var quantity = entry.Value as CdaValue.Quantity;
        if (parts.Contains(null) || (quantity is null && parts.Count == 0) || (quantity is not null && mapped.Unit is not null && mapped.Unit != quantity.Unit))
        {
            return null; // a panel with a part that is not understood is not passed on in part
        }

        var category = section.Category.Length > 0 ? section.Category : mapped.Category;
        return new Observation
        {
            Status = ObservationStatus.Final,
            Category = [new CodeableConcept(section.CategorySystem ?? mapping.CategorySystem, category)],
            Code = new CodeableConcept(mapping.Map(section.Codes).To, mapped.Code),
            Subject = subject,
            Effective = entry.From is { } from ? new FhirDateTime(from) : null,
            Value = quantity is null ? null : MakeQuantity(quantity),
            Component = [.. parts.OfType<Observation.ComponentComponent>()],
        };
    }

    private Observation.ComponentComponent? MakeComponent(SectionMapping section, CdaEntry part) =>
        section.Parts is not null && part.Value is CdaValue.Quantity quantity && mapping.Map(section.Parts).TryMap(part.Code, out var mapped) && mapped.Unit == quantity.Unit
            ? new Observation.ComponentComponent { Code = new CodeableConcept(mapping.Map(section.Parts).To, mapped.Code), Value = MakeQuantity(quantity) }
            : null;

    private Condition MakeCondition(SectionMapping section, CdaEntry entry, CodeableConcept code, ResourceReference subject) => new()
    {
        ClinicalStatus = new CodeableConcept("http://terminology.hl7.org/CodeSystem/condition-clinical", entry.Status == "active" ? "active" : "resolved"),
        Category = [Category(section)],
        Code = code,
        Subject = subject,
        Onset = entry.From is { } from ? new FhirDateTime(from) : null,
    };

    private static MedicationStatement MakeMedication(CdaEntry entry, CodeableConcept code, ResourceReference subject) => new()
    {
        Status = entry.Status == "active" ? MedicationStatement.MedicationStatusCodes.Active : MedicationStatement.MedicationStatusCodes.Completed,
        Medication = code,
        Subject = subject,
        Effective = Period(entry),
    };

    private DocumentReference? MakeText(SectionMapping section, CdaEntry entry, CodeableConcept code, ResourceReference subject) => entry.Value is not CdaValue.Text text ? null : new DocumentReference
    {
        Status = DocumentReferenceStatus.Current,
        Type = code,
        Category = [Category(section)],
        Subject = subject,
        Date = entry.From,
        Content = [new DocumentReference.ContentComponent { Attachment = new Attachment { ContentType = "text/plain; charset=utf-8", Data = Encoding.UTF8.GetBytes(text.Content) } }],
    };

    private CodeableConcept Category(SectionMapping section) => new(section.CategorySystem ?? mapping.CategorySystem, section.Category);

    private static Period? Period(CdaEntry entry) => entry.From is null && entry.To is null ? null : new Period
    {
        StartElement = entry.From is { } from ? new FhirDateTime(from) : null,
        EndElement = entry.To is { } to ? new FhirDateTime(to) : null,
    };

    private static Quantity MakeQuantity(CdaValue.Quantity quantity) => new() { Value = quantity.Number, Unit = quantity.Unit, System = Ucum, Code = quantity.Unit };

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
