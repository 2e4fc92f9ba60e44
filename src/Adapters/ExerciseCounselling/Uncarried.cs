// What of a referral the product has no place for.
using Hl7.Fhir.Model;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>Names the first element of a resource that would get lost on the way into the product. An element that another one says already (a birth date, which stands in the identity code) gets not lost.</summary>
internal static class Uncarried
{
    /// <summary>The element, or null.</summary>
    public static string? FindIn(Resource resource) => resource switch
    {
        Patient patient => InPatient(patient),
        ServiceRequest request => In(request, "status", "intent", "doNotPerform", "category", "code", "subject", "authoredOn", "occurrence", "patientInstruction")
            ?? (request.Occurrence is null ? null : InPeriod(request.Occurrence, "ServiceRequest.occurrence")),
        Flag flag => In(flag, "status", "category", "code", "subject", "period") ?? InPeriod(flag.Period, "Flag.period"),
        Goal goal => In(goal, "lifecycleStatus", "category", "description", "subject", "start", "target") ?? InDay((goal.Start as Date)?.Value, "Goal.start") ?? goal.Target.Select(InTarget).OfType<string>().FirstOrDefault(),
        CarePlan plan => In(plan, "status", "intent", "category", "title", "subject", "period", "activity") ?? InPeriod(plan.Period, "CarePlan.period") ?? plan.Activity.Select(InActivity).OfType<string>().FirstOrDefault(),
        _ => null,
    };

    private static string? InPatient(Patient patient) =>
        In(patient, "identifier", "name", "birthDate", "gender", "active", "telecom", "address", "communication")
        ?? More(patient.Name, "Patient.name") ?? patient.Name.Select(static name => Among(name, "Patient.name", "use", "family", "given")).OfType<string>().FirstOrDefault()
        ?? patient.Telecom.GroupBy(static contact => contact.System).Select(static group =>
            group.Key is not (ContactPoint.ContactPointSystem.Phone or ContactPoint.ContactPointSystem.Email) ? "Patient.telecom" : More([.. group], "Patient.telecom")).OfType<string>().FirstOrDefault()
        ?? patient.Telecom.Select(static contact => contact.Use is ContactPoint.ContactPointUse.Old or ContactPoint.ContactPointUse.Temp ? "Patient.telecom.use" : Among(contact, "Patient.telecom", "use", "system", "value")).OfType<string>().FirstOrDefault()
        ?? More(patient.Address, "Patient.address") ?? patient.Address.Select(InAddress).OfType<string>().FirstOrDefault()
        ?? More(patient.Communication, "Patient.communication")
        ?? patient.Communication.Select(static spoken => Among(spoken, "Patient.communication", "language", "preferred") ?? (spoken.Preferred == false ? "Patient.communication.preferred" : null) ?? More(spoken.Language?.Coding ?? [], "Patient.communication.language.coding")).OfType<string>().FirstOrDefault();

    private static string? InAddress(Address address) =>
        address.Use is Address.AddressUse.Old or Address.AddressUse.Temp or Address.AddressUse.Billing ? "Patient.address.use"
        : Among(address, "Patient.address", "use", "line", "postalCode", "city") ?? More([.. address.Line], "Patient.address.line");

    private static string? InTarget(Goal.TargetComponent target) =>
        Among(target, "Goal.target", "measure", "detail") ?? (target.Detail is Quantity quantity ? Among(quantity, "Goal.target.detail", "value", "unit", "system", "code") : null);

    private static string? InActivity(CarePlan.ActivityComponent activity) =>
        Among(activity, "CarePlan.activity", "detail") ?? (activity.Detail is { } detail ? Among(detail, "CarePlan.activity.detail", "status", "description") : null);

    /// <summary>The product counts in days: a month or a year would have no end there.</summary>
    private static string? InPeriod(DataType? period, string name) => period switch
    {
        null => null,
        Period days => Among(days, name, "start", "end") ?? InDay(days.Start, $"{name}.start") ?? InDay(days.End, $"{name}.end"),
        _ => name,
    };

    private static string? InDay(string? day, string name) => day is null || Native.Concepts.ToDay(day) is not null ? null : name;

    private static string? More<T>(IReadOnlyCollection<T> found, string name) => found.Count > 1 ? $"more than one {name}" : null;

    private static string? In(Resource resource, params string[] carried) => Among(resource, resource.TypeName, [.. carried, "id", "meta"]);

    private static string? Among(Base element, string name, params string[] carried) =>
        element.EnumerateElements().Select(static pair => pair.Key).FirstOrDefault(key => !carried.Contains(key)) is { } other ? $"{name}.{other}" : null;
}
