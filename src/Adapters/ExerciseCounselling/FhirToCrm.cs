// From a referral in FHIR to the product's own referral.
using Hl7.Fhir.Model;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Doors.Adapters;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>Reads an entry of one Patient, one ServiceRequest and any Flags, Goals and CarePlans. What cannot be carried over exactly refuses the entry as a whole.</summary>
internal sealed class FhirToCrm(CodeMapping codes)
{
    /// <summary>The native referral, or why there is none.</summary>
    public (CrmOutgoingReferral? Referral, string? Refusal) Read(EntryToCreate entry)
    {
        if (entry.Resources.OfType<Patient>().ToList() is not [var patient] || entry.Resources.OfType<ServiceRequest>().ToList() is not [var request]
            || entry.Resources.Any(static resource => resource is not (Patient or ServiceRequest or Flag or Goal or CarePlan)))
        {
            return (null, "A referral is one Patient, one ServiceRequest and any number of Flags, Goals and CarePlans.");
        }

        if (entry.Resources.Select(Uncarried.FindIn).OfType<string>().FirstOrDefault() is { } uncarried)
        {
            return (null, $"The receiving system cannot carry {uncarried}.");
        }

        var (referral, refusal) = ReadRequest(request, ReadPerson(patient, entry), entry);
        if (referral is null)
        {
            return (null, refusal);
        }

        var limits = entry.Resources.OfType<Flag>().Select(ReadLimit).ToList();
        var goals = entry.Resources.OfType<Goal>().Select(ReadGoal).ToList();
        var plans = entry.Resources.OfType<CarePlan>().Select(ReadPlan).ToList();
        return limits.Contains(null) ? (null, "A Flag has a category or code that the receiving system does not know.")
            : goals.Contains(null) ? (null, "A Goal has a category, status or target that the receiving system does not know, or no description.")
            : plans.Contains(null) ? (null, "A CarePlan has a category or status that the receiving system does not know, or no title.")
            : (referral with { Limits = [.. limits!], Goals = [.. goals!], Plans = [.. plans!] }, null);
    }

    private (CrmOutgoingReferral? Referral, string? Refusal) ReadRequest(ServiceRequest request, CrmPerson? person, EntryToCreate entry)
    {
        if (person is null)
        {
            return (null, "The Patient lacks a name.");
        }

        if (!request.Category.Has(codes["categories"].FromNative("lahete")) || request is not { Status: RequestStatus.Active, Intent: RequestIntent.Order, DoNotPerform: not true }
            || codes["programmes"].Find(request.Code) is not { } programme)
        {
            return (null, "The ServiceRequest is not an active order of a programme that the receiving system knows.");
        }

        if (!DateTimeOffset.TryParse(request.AuthoredOn, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var authored))
        {
            return (null, "The ServiceRequest lacks the time of its writing.");
        }

        var period = request.Occurrence as Period;
        return (new CrmOutgoingReferral
        {
            ExternalReference = entry.IdempotencyKey,
            Person = person,
            Sender = ReadSender(entry.Sender),
            Programme = programme.Native,
            Authored = authored,
            From = Concepts.ToDay(period?.Start),
            To = Concepts.ToDay(period?.End),
            Instruction = request.PatientInstruction,
            Limits = [],
            Goals = [],
            Plans = [],
        }, null);
    }

    private static CrmSender ReadSender(SenderInfo sender) => new()
    {
        Organisation = sender.Organisation.Value,
        OrganisationName = sender.OrganisationName,
        Professional = sender.Professional.Value,
        Name = sender.ProfessionalName,
        Role = sender.Role.Value,
    };

    private static CrmPerson? ReadPerson(Patient patient, EntryToCreate entry)
    {
        var name = patient.Name.FirstOrDefault(static name => name is { Family.Length: > 0 } && name.Given.Any());
        var isProtected = patient.Meta?.Security.Any(static label => label.Code == "TURVAKIELTO") == true;
        var address = isProtected ? null : patient.Address.FirstOrDefault();
        return name is null ? null : new CrmPerson
        {
            NationalId = entry.Client.Reveal(),
            FamilyName = name.Family!,
            GivenNames = string.Join(' ', name.Given),
            Phone = Contact(patient, ContactPoint.ContactPointSystem.Phone),
            Email = Contact(patient, ContactPoint.ContactPointSystem.Email),
            Street = address?.Line.FirstOrDefault(),
            PostalCode = address?.PostalCode,
            City = address?.City,
            Language = patient.Communication.FirstOrDefault()?.Language?.Coding.FirstOrDefault()?.Code,
            Protected = isProtected,
        };
    }

    private static string? Contact(Patient patient, ContactPoint.ContactPointSystem system) =>
        patient.Telecom.FirstOrDefault(contact => contact.System == system)?.Value;

    private CrmLimit? ReadLimit(Flag flag) =>
        flag.Status == Flag.FlagStatus.Active && codes["restrictions"].Find(flag.Code) is { Category: { } category } row && flag.Category.Has(codes["categories"].FromNative(category))
            ? new CrmLimit { Code = row.Native, From = Concepts.ToDay(flag.Period?.Start), To = Concepts.ToDay(flag.Period?.End) }
            : null;

    private CrmGoal? ReadGoal(Goal goal)
    {
        var code = codes["goals"].Find(goal.Description);
        if (!goal.Category.Has(codes["categories"].FromNative("tavoite")) || goal.Description is not { } wording || (code is null && (wording.Coding.Count > 0 || string.IsNullOrEmpty(wording.Text)))
            || codes["goalStates"].FromFhir(null, goal.LifecycleStatusElement?.JsonValue as string) is not { } state || goal.Target.Count > 1)
        {
            return null;
        }

        var plain = new CrmGoal { Code = code?.Native, Description = wording.Text, State = state.Native, From = Concepts.ToDay((goal.Start as Date)?.Value) };
        return goal.Target is not [var target] ? plain
            : codes["measurements"].Find(target.Measure) is { } measure && target.Detail is Quantity { Value: { } value } quantity && quantity.Code == measure.Unit
                ? plain with { Measure = measure.Native, Target = value }
                : null;
    }

    private CrmPlan? ReadPlan(CarePlan plan)
    {
        if (!plan.Category.Has(codes["categories"].FromNative("suunnitelma")) || plan.Title is not { Length: > 0 } title
            || codes["planStates"].FromFhir(null, plan.StatusElement?.JsonValue as string) is not { } state)
        {
            return null;
        }

        var steps = plan.Activity.Select(activity =>
            activity.Detail is { Description.Length: > 0 } detail && codes["stepStates"].FromFhir(null, detail.StatusElement?.JsonValue as string) is { } step
                ? new CrmStep(detail.Description, step.Native)
                : null).ToList();
        return steps.Contains(null)
            ? null
            : new CrmPlan { Title = title, State = state.Native, From = Concepts.ToDay(plan.Period?.Start), To = Concepts.ToDay(plan.Period?.End), Steps = [.. steps!] };
    }
}
