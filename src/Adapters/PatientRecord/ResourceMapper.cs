// Makes FHIR resources of a document's entries.
using Hl7.Fhir.Model;
using Sisote.Adapters.Cda;
using Sisote.Adapters.Facade;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Maps the coded entries of a document by the customer's mapping. An entry with an unknown code, unit or shape is withheld.</summary>
internal sealed partial class ResourceMapper(RecordMapping mapping)
{
    private const string SecuritySystem = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private const string Ucum = "http://unitsofmeasure.org";

    /// <summary>The resources of a document, each with subject and a stable id; how many entries were withheld; and the types of which, by the mapping, half must not be answered.</summary>
    /// <param name="document">The document.</param>
    /// <param name="number">Its number in the record.</param>
    /// <param name="client">The client it is about.</param>
    /// <param name="patientId">The facade's id of that client.</param>
    public (List<Resource> Resources, int Withheld, HashSet<string> Incomplete) Map(CdaDocument document, string number, Hetu client, string patientId)
    {
        var resources = new List<Resource>();
        var incomplete = new HashSet<string>();
        var withheld = 0;
        foreach (var entry in document.Entries)
        {
            var section = mapping.FindSection(entry.Section);
            var id = $"{number}-{entry.Number}";
            if (section is null || id.Length > 15 || Make(section, entry, SubjectReader.Reference(patientId, client)) is not { } resource)
            {
                withheld++;
                if (section is { Complete: true })
                {
                    incomplete.Add(section.Resource);
                }

                continue;
            }

            resource.Id = id;
            if (section.Security is { } label)
            {
                resource.Meta = new Meta { Security = [new Coding(SecuritySystem, label)] };
            }

            resources.Add(resource);
        }

        return (resources, withheld, incomplete);
    }

    private DomainResource? Make(SectionMapping section, CdaEntry entry, ResourceReference subject)
    {
        if (!mapping.Map(section.Codes).TryMap(entry.Code, out var mapped))
        {
            return null;
        }

        var code = new CodeableConcept(mapping.Map(section.Codes).To, mapped.Code);
        return section.Resource switch
        {
            "Flag" => MakeFlag(section, entry, code, subject),
            "Goal" => MakeGoal(section, entry, code, subject),
            "CarePlan" => MakePlan(section, entry, subject),
            "Observation" => MakeObservation(section, entry, mapped, subject),
            "Condition" => MakeCondition(section, entry, code, subject),
            "MedicationStatement" => MakeMedication(entry, code, subject),
            "DocumentReference" => MakeText(section, entry, code, subject),
            _ => null,
        };
    }

    private Flag MakeFlag(SectionMapping section, CdaEntry entry, CodeableConcept code, ResourceReference subject) => new()
    {
        Status = entry.Status == "active" ? Flag.FlagStatus.Active : Flag.FlagStatus.Inactive,
        Category = [Category(section)],
        Code = code,
        Subject = subject,
        Period = Period(entry),
    };

    private Goal MakeGoal(SectionMapping section, CdaEntry entry, CodeableConcept code, ResourceReference subject) => new()
    {
        LifecycleStatus = entry.Status == "active" ? Goal.GoalLifecycleStatus.Active : Goal.GoalLifecycleStatus.Completed,
        Category = [Category(section)],
        Description = code,
        Subject = subject,
        Start = entry.From is { } from ? new Date(Day(from)) : null,
        Target = [.. entry.Parts.Select(part => MakeTarget(section, part)).OfType<Goal.TargetComponent>()],
    };

    private Goal.TargetComponent? MakeTarget(SectionMapping section, CdaEntry part)
    {
        if (section.Parts is null || part.Value is not CdaValue.Quantity quantity || !mapping.Map(section.Parts).TryMap(part.Code, out var mapped) || mapped.Unit != quantity.Unit)
        {
            return null;
        }

        return new Goal.TargetComponent
        {
            Measure = new CodeableConcept(mapping.Map(section.Parts).To, mapped.Code),
            Detail = MakeQuantity(quantity),
            Due = part.To is { } due ? new Date(Day(due)) : null,
        };
    }

    private CarePlan MakePlan(SectionMapping section, CdaEntry entry, ResourceReference subject) => new()
    {
        Status = entry.Status == "active" ? RequestStatus.Active : RequestStatus.Completed,
        Intent = CarePlan.CarePlanIntent.Plan,
        Category = [Category(section)],
        Title = section.Title,
        Subject = subject,
        Period = Period(entry),
        Activity = [.. entry.Parts.Where(part => part.Code.Code == mapping.Outgoing.Fields.Activity && part.Code.System == mapping.Outgoing.Fields.System).Select(static part => part.Value).OfType<CdaValue.Text>().Select(text => new CarePlan.ActivityComponent
        {
            Detail = new CarePlan.DetailComponent
            {
                Status = entry.Status == "active" ? CarePlan.CarePlanActivityStatus.InProgress : CarePlan.CarePlanActivityStatus.Completed,
                Description = text.Content,
            },
        })],
    };
}
