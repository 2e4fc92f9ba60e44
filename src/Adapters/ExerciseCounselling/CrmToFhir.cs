// From the product's rows to FHIR.
using System.Globalization;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>Builds the facade's resources. A row that cannot be told exactly is a fault, never a guess; a withheld measurement is null.</summary>
internal sealed class CrmToFhir(CodeMapping codes, TimeProvider clock)
{
    /// <summary>The key of the delivery that brought a referral, under which the gateway recorded it too.</summary>
    public const string DeliverySystem = "https://sisote.example/fhir/sid/delivery";

    private const string ProtectionSystem = "https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs";

    /// <summary>A customer.</summary>
    public static Patient ToPatient(CrmPerson person)
    {
        var patient = new Patient
        {
            Id = FacadeId.Accept(person.Id),
            Active = true,
            Identifier = [new Identifier(Hetu.System, person.NationalId)],
            Name = [new HumanName { Family = person.FamilyName, Given = person.GivenNames.Split(' ', StringSplitOptions.RemoveEmptyEntries) }],
            BirthDate = ToHetu(person).BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Telecom = [.. Contacts(person)],
        };
        if (person.Language is not null)
        {
            patient.Communication = [new Patient.CommunicationComponent { Language = new CodeableConcept("urn:ietf:bcp:47", person.Language) }];
        }

        if (person.Protected is not false)
        {
            patient.Meta = new Meta { Security = [new Coding(ProtectionSystem, "TURVAKIELTO")] };
        }
        else if (person.Street is not null || person.City is not null)
        {
            patient.Address = [new Address { Line = person.Street is null ? [] : [person.Street], PostalCode = person.PostalCode, City = person.City }];
        }

        return patient;
    }

    /// <summary>A referral.</summary>
    public ServiceRequest ToServiceRequest(CrmReferral row, CrmPerson person) => new()
    {
        Id = FacadeId.Accept(row.Id),
        Identifier = [new Identifier(DeliverySystem, row.ExternalReference)],
        StatusElement = new Code<RequestStatus> { JsonValue = codes["referralStates"].FromNative(row.State).Code },
        Intent = RequestIntent.Order,
        Category = [Category("lahete")],
        Code = codes["programmes"].FromNative(row.Programme).ToConcept(),
        Subject = Subject(person),
        AuthoredOn = row.Authored.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
        Requester = new ResourceReference { Display = row.Sender.OrganisationName },
        Occurrence = Concepts.ToPeriod(row.From, row.To),
        PatientInstruction = row.Instruction,
        Performer = row.Counsellor is null ? [] : [new ResourceReference { Identifier = new Identifier(null, row.Counsellor) }],
    };

    /// <summary>A limit.</summary>
    public Flag ToFlag(CrmLimit row, CrmPerson person) => ToFlag(row, codes["restrictions"].FromNative(row.Code), person);

    private Flag ToFlag(CrmLimit row, CodeRow code, CrmPerson person) => new()
    {
        Id = FacadeId.Accept(row.Id),
        Status = row.To < Today ? Flag.FlagStatus.Inactive : Flag.FlagStatus.Active,
        Category = [Category(code.Category ?? string.Empty)],
        Code = code.ToConcept(),
        Subject = Subject(person),
        Period = Concepts.ToPeriod(row.From, row.To),
    };

    /// <summary>A goal.</summary>
    public Goal ToGoal(CrmGoal row, CrmPerson person)
    {
        var goal = new Goal
        {
            Id = FacadeId.Accept(row.Id),
            LifecycleStatusElement = new Code<Goal.GoalLifecycleStatus> { JsonValue = codes["goalStates"].FromNative(row.State).Code },
            Category = [Category("tavoite")],
            Description = Wording(row),
            Subject = Subject(person),
            Start = row.From is null ? null : new Date(row.From.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        };
        if (row is { Measure: { } native, Target: { } target } && !codes["measurements"].IsWithheld(native))
        {
            var measure = codes["measurements"].FromNative(native);
            goal.Target = [new Goal.TargetComponent { Measure = measure.ToConcept(), Detail = Quantity(target, measure) }];
        }

        return goal;
    }

    /// <summary>A plan.</summary>
    public CarePlan ToCarePlan(CrmPlan row, CrmPerson person) => new()
    {
        Id = FacadeId.Accept(row.Id),
        StatusElement = new Code<RequestStatus> { JsonValue = codes["planStates"].FromNative(row.State).Code },
        Intent = CarePlan.CarePlanIntent.Plan,
        Category = [Category("suunnitelma")],
        Title = row.Title,
        Subject = Subject(person),
        Period = Concepts.ToPeriod(row.From, row.To),
        Activity = [.. row.Steps.Select(step => new CarePlan.ActivityComponent
        {
            Detail = new CarePlan.DetailComponent
            {
                StatusElement = new Code<CarePlan.CarePlanActivityStatus> { JsonValue = codes["stepStates"].FromNative(step.State).Code },
                Description = step.Description,
            },
        })],
    };

    /// <summary>A measurement, or null where the mapping withholds its code.</summary>
    public Observation? ToObservation(CrmMeasurement row, CrmPerson person)
    {
        if (codes["measurements"].IsWithheld(row.Code))
        {
            return null;
        }

        var code = codes["measurements"].FromNative(row.Code);
        if (code.NativeUnit != row.Unit || (code.Components.Count == 2) != row.SecondValue.HasValue)
        {
            throw new NativeFaultException(NativeFault.UnknownCode, "a measurement in another unit or with another number of values");
        }

        var observation = new Observation
        {
            Id = FacadeId.Accept(row.Id),
            Status = ObservationStatus.Final,
            Category = [new CodeableConcept(Concepts.ObservationCategory, code.Category)],
            Code = code.ToConcept(),
            Subject = Subject(person),
            Effective = new FhirDateTime(row.At),
        };
        if (row.SecondValue is { } second)
        {
            observation.Component = [Part(code, 0, row.Value), Part(code, 1, second)];
        }
        else
        {
            observation.Value = Quantity(row.Value, code);
        }

        return observation;
    }

    private CodeableConcept Wording(CrmGoal row)
    {
        var wording = row.Code is { } code ? codes["goals"].FromNative(code).ToConcept() : new CodeableConcept();
        wording.Text = row.Description;
        return wording;
    }

    private DateOnly Today => FinnishTime.DateOf(clock.GetUtcNow());

    private CodeableConcept Category(string native) => codes["categories"].FromNative(native).ToConcept();

    /// <summary>The reference to a customer.</summary>
    public static ResourceReference Subject(CrmPerson person) => SubjectReader.Reference(FacadeId.Accept(person.Id), ToHetu(person));

    private static Hetu ToHetu(CrmPerson person) =>
        Hetu.TryParse(person.NationalId, out var hetu) ? hetu : throw new NativeFaultException(NativeFault.Unreadable, "a customer without a proper identity code");

    private static IEnumerable<ContactPoint> Contacts(CrmPerson person)
    {
        if (person.Phone is not null)
        {
            yield return new ContactPoint { System = ContactPoint.ContactPointSystem.Phone, Value = person.Phone };
        }

        if (person.Email is not null)
        {
            yield return new ContactPoint { System = ContactPoint.ContactPointSystem.Email, Value = person.Email };
        }
    }

    private static Quantity Quantity(decimal value, CodeRow code) => new() { Value = value, Unit = code.Unit, System = "http://unitsofmeasure.org", Code = code.Unit };

    private static Observation.ComponentComponent Part(CodeRow code, int index, decimal value) =>
        new() { Code = new CodeableConcept(code.System, code.Components[index]), Value = Quantity(value, code) };
}
