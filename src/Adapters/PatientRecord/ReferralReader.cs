// Reads a referral message.
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Sisote.Adapters.Cda;
using Sisote.Adapters.Hl7v2;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>A referral of the record as FHIR, with who sends it and to which unit.</summary>
internal sealed record Referral
{
    /// <summary>Number of the referral in the record.</summary>
    public required string Number { get; init; }

    /// <summary>The unit referred to.</summary>
    public required string Unit { get; init; }

    /// <summary>The referring professional.</summary>
    public required ProfessionalId Doctor { get; init; }

    /// <summary>The professional's name.</summary>
    public string? DoctorName { get; init; }

    /// <summary>Patient, request, flags and goals.</summary>
    public required ImmutableArray<DomainResource> Resources { get; init; }

    /// <summary>Role, purpose and the checked condition, from the mapping.</summary>
    public required ReferralMapping Mapping { get; init; }
}

/// <summary>What reading a referral gives.</summary>
internal abstract record ReferralReading
{
    private ReferralReading()
    {
    }

    /// <summary>A referral.</summary>
    internal sealed record Read(Referral Referral) : ReferralReading;

    /// <summary>None that can be passed on.</summary>
    /// <param name="Code">Error: the message is known but faulty; Rejected: it is none for this door.</param>
    /// <param name="Reason">Plain words without any value.</param>
    internal sealed record Refused(Hl7AckCode Code, string Reason) : ReferralReading;
}

/// <summary>Makes FHIR resources of a REF^I12: only segments and codes that the mapping names. Diagnoses, reasons and notes to professionals are not read at all.</summary>
internal sealed class ReferralReader(RecordMapping mapping)
{
    /// <summary>Reads a message.</summary>
    public ReferralReading Read(Hl7Message message)
    {
        if (message.Code != "REF" || message.Trigger != "I12" || message.ControlId.Length == 0)
        {
            return new ReferralReading.Refused(Hl7AckCode.Rejected, "Only REF^I12 and ADT^A40 with a control id are taken here.");
        }

        if (message.Header.Get(3) != mapping.Referral.Sender.Application || message.Header.Get(4) != mapping.Referral.Sender.Facility)
        {
            return new ReferralReading.Refused(Hl7AckCode.Rejected, "The sending application is not known here.");
        }

        if (message.First("RF1") is not { } request || request.Get(3, 3) != mapping.Referral.Types.System || !mapping.Referral.Types.Codes.Contains(request.Get(3)))
        {
            return Faulty("The referral type (RF1-3) is not one that is passed on.");
        }

        return ReadParts(message, request);
    }

    private ReferralReading ReadParts(Hl7Message message, Hl7Segment request)
    {
        var doctor = message.All("PRD").FirstOrDefault(static provider => provider.Get(1) == "RP");
        var unit = message.All("PRD").FirstOrDefault(static provider => provider.Get(1) == "RT")?.Get(7) ?? string.Empty;
        if (doctor is null || !ProfessionalId.TryParse(doctor.Get(7), out var professional))
        {
            return Faulty("The referring professional (PRD-7 of RP) is missing.");
        }

        if (message.All("PID").ToList() is not [var pid] || pid.Get(3, 4, 2) != mapping.PersonIdRoot || !Hetu.TryParse(pid.Get(3), out var client))
        {
            return Faulty("PID-3 needs one personal identity code.");
        }

        if (!IsNumber(request.Get(6)))
        {
            return Faulty("The number of the referral (RF1-6) is missing.");
        }

        var resources = MakeResources(message, pid, request, client);
        return resources is null ? Faulty("An observation has a code of a known code system that the mapping does not know.") : new ReferralReading.Read(new Referral
        {
            Number = request.Get(6),
            Unit = unit,
            Doctor = professional,
            DoctorName = $"{doctor.Get(2, 2)} {doctor.Get(2)}".Trim() is { Length: > 0 } name ? name : null,
            Resources = resources.Value,
            Mapping = mapping.Referral,
        });
    }

    private ImmutableArray<DomainResource>? MakeResources(Hl7Message message, Hl7Segment pid, Hl7Segment request, Hetu client)
    {
        var uuid = Guid.CreateVersion7().ToString();
        var subject = new ResourceReference($"urn:uuid:{uuid}") { Identifier = new Identifier(Hetu.System, client.Reveal()) };
        var patient = ReferralPatient.Read(pid, message.First("PD1"), client);
        patient.Id = uuid;
        var made = ImmutableArray.CreateBuilder<DomainResource>();
        made.Add(patient);
        made.Add(MakeRequest(message, request, subject));
        foreach (var observation in message.All("OBX"))
        {
            var code = new CdaCode(observation.Get(3, 3), observation.Get(3));
            var rule = mapping.Referral.Observations.Find(known => mapping.Map(known.Codes).From == code.System);
            if (rule is null)
            {
                continue; // of a code system that is not passed on
            }

            if (!mapping.Map(rule.Codes).TryMap(code, out var mapped))
            {
                return null; // a limit that would get lost on the way could harm the client
            }

            made.Add(MakeObservation(rule, new CodeableConcept(mapping.Map(rule.Codes).To, mapped.Code), observation, subject));
        }

        return made.ToImmutable();
    }

    private ServiceRequest MakeRequest(Hl7Message message, Hl7Segment request, ResourceReference subject)
    {
        var instruction = string.Join('\n', message.All("NTE").Where(static note => note.Get(4) == "PI").Select(static note => note.GetText(3)));
        return new ServiceRequest
        {
            Status = RequestStatus.Active,
            Intent = RequestIntent.Order,
            Category = [new CodeableConcept(mapping.CategorySystem, mapping.Referral.Category)],
            Code = new CodeableConcept(mapping.Referral.Code.System, mapping.Referral.Code.Code),
            Subject = subject,
            AuthoredOnElement = CdaTime.Read(request.Get(7)) is { } at ? new FhirDateTime(at) : null,
            PatientInstruction = instruction.Length > 0 ? instruction : null,
        };
    }

    private DomainResource MakeObservation(ReferralObservation rule, CodeableConcept code, Hl7Segment observation, ResourceReference subject)
    {
        var category = new CodeableConcept(mapping.CategorySystem, rule.Category);
        var from = CdaTime.Read(observation.Get(14));
        return rule.Resource == "Goal"
            ? new Goal { LifecycleStatus = Goal.GoalLifecycleStatus.Active, Category = [category], Description = code, Subject = subject, Start = from is { } start ? new Date(start.Year, start.Month, start.Day) : null }
            : new Flag { Status = Flag.FlagStatus.Active, Category = [category], Code = code, Subject = subject, Period = from is { } begin ? new Period { StartElement = new FhirDateTime(begin) } : null };
    }

    private static bool IsNumber(string number) => number.Length is > 0 and <= 40 && number.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.');

    private static ReferralReading.Refused Faulty(string reason) => new(Hl7AckCode.Error, reason);
}
