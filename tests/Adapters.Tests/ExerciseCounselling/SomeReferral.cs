// Referrals for tests.
using Hl7.Fhir.Model;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Adapters;

/// <summary>A doctor's referral to exercise counselling as the gateway delivers it.</summary>
internal static class SomeReferral
{
    public static Resource[] Of(string hetu, string restriction = "avoid-heavy-lifting", string instruction = "Aloita kävelemällä.") =>
        [Person(hetu), Request(hetu, instruction), Limit(hetu, restriction), Wish(hetu), Plan(hetu)];

    public static Patient Person(string hetu, bool isProtected = false) => new()
    {
        Identifier = [new Identifier(Hetu.System, hetu)],
        Name = [new HumanName { Family = "Aaltonen", Given = ["Aino", "Maria"] }],
        Telecom = [new ContactPoint { System = ContactPoint.ContactPointSystem.Phone, Value = "+358 40 000 0911" }],
        Address = [new Address { Line = ["Keksitynkatu 5 A 2"], PostalCode = "70100", City = "Kuopio" }],
        Meta = isProtected ? new Meta { Security = [new Coding("https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs", "TURVAKIELTO")] } : null,
    };

    public static ServiceRequest Request(string hetu, string instruction = "Aloita kävelemällä.") => new()
    {
        Status = RequestStatus.Active,
        Intent = RequestIntent.Order,
        Category = [new CodeableConcept(SectorHouse.Category, "exercise-referral")],
        Code = new CodeableConcept(SectorHouse.Category, "exercise-referral"),
        Subject = Subject(hetu),
        AuthoredOn = "2026-11-22T10:00:00Z",
        Occurrence = new Period { Start = "2026-11-23", End = "2027-05-31" },
        PatientInstruction = instruction,
    };

    public static Flag Limit(string hetu, string code) => new()
    {
        Status = Flag.FlagStatus.Active,
        Category = [new CodeableConcept(SectorHouse.Category, "exercise-restriction")],
        Code = new CodeableConcept(SectorHouse.Category, code),
        Subject = Subject(hetu),
        Period = new Period { Start = "2026-11-22" },
    };

    private static Goal Wish(string hetu) => new()
    {
        LifecycleStatus = Goal.GoalLifecycleStatus.Active,
        Category = [new CodeableConcept(SectorHouse.Category, "exercise")],
        Description = new CodeableConcept("https://sisote.example/fhir/CodeSystem/exercise-goal", "increase-daily-activity"),
        Subject = Subject(hetu),
        Start = new Date("2026-11-23"),
        Target = [new Goal.TargetComponent { Measure = new CodeableConcept("http://loinc.org", "89555-7"), Detail = new Quantity { Value = 3, Unit = "d/wk", System = "http://unitsofmeasure.org", Code = "d/wk" } }],
    };

    private static CarePlan Plan(string hetu) => new()
    {
        Status = RequestStatus.Active,
        Intent = CarePlan.CarePlanIntent.Plan,
        Category = [new CodeableConcept(SectorHouse.Category, "exercise-plan")],
        Title = "Kevyt alku",
        Subject = Subject(hetu),
        Activity = [new CarePlan.ActivityComponent { Detail = new CarePlan.DetailComponent { Status = CarePlan.CarePlanActivityStatus.NotStarted, Description = "Sauvakävelyryhmä" } }],
    };

    private static ResourceReference Subject(string hetu) => new() { Identifier = new Identifier(Hetu.System, hetu) };
}
