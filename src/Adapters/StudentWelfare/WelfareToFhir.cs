// From the student-welfare record to FHIR.
using System.Globalization;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Policy.Deciding;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>Builds the facade's resources; a code that the mapping does not know is a fault.</summary>
internal sealed class WelfareToFhir(CodeMapping codes, TimeProvider clock)
{
    /// <summary>The resources of a type that a pupil's record holds.</summary>
    public IEnumerable<Resource> Resources(string type, WelfarePupil pupil) => type switch
    {
        "Patient" => [ToPatient(pupil)],
        "Flag" => pupil.Needs.Select(need => ToFlag(pupil.Id, pupil.Person, need)),
        "CareTeam" => pupil.Groups.Select(group => ToCareTeam(pupil, group)),
        "CarePlan" => pupil.Groups.Select(group => ToCarePlan(pupil, group)),
        _ => [],
    };

    /// <summary>A need.</summary>
    public Flag ToFlag(string pupilId, WelfarePerson person, WelfareNeed need) => new()
    {
        Id = need.Id,
        Status = need.To < FinnishTime.DateOf(clock.GetUtcNow()) ? Flag.FlagStatus.Inactive : Flag.FlagStatus.Active,
        Category = [codes["categories"].FromNative("tarve").ToConcept()],
        Code = codes["arrangements"].FromNative(need.Code).ToConcept(),
        Subject = SubjectReader.Reference(pupilId, person.Client),
        Period = Concepts.ToPeriod(need.From, need.To),
        Author = new ResourceReference { Identifier = new Identifier(null, need.Author) },
    };

    private static Patient ToPatient(WelfarePupil pupil) => new()
    {
        Id = pupil.Id,
        Active = true,
        Identifier = [new Identifier(Policy.Ids.Hetu.System, pupil.Person.Client.Reveal())],
        Name = [new HumanName { Family = pupil.Person.FamilyName, Given = pupil.Person.GivenNames.Split(' ', StringSplitOptions.RemoveEmptyEntries) }],
        BirthDate = pupil.Person.Client.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private CareTeam ToCareTeam(WelfarePupil pupil, WelfareGroup group) => new()
    {
        Id = group.Id,
        Status = CareTeam.CareTeamStatus.Active,
        Category = [codes["categories"].FromNative("ryhma").ToConcept()],
        Subject = SubjectReader.Reference(pupil.Id, pupil.Person.Client),
        Period = Concepts.ToPeriod(group.From, null),
        Participant = [.. group.Members.Select(static member => new CareTeam.ParticipantComponent { Member = new ResourceReference { Identifier = new Identifier(null, member.Id) } })],
    };

    private CarePlan ToCarePlan(WelfarePupil pupil, WelfareGroup group) => new()
    {
        Id = group.Id,
        Status = RequestStatus.Active,
        Intent = CarePlan.CarePlanIntent.Plan,
        Category = [codes["categories"].FromNative("suunnitelma").ToConcept()],
        Subject = SubjectReader.Reference(pupil.Id, pupil.Person.Client),
        Period = Concepts.ToPeriod(group.From, null),
        CareTeam = [new ResourceReference($"CareTeam/{group.Id}")],
        Activity = [new CarePlan.ActivityComponent { Detail = new CarePlan.DetailComponent { Status = CarePlan.CarePlanActivityStatus.InProgress, Description = group.Plan } }],
    };
}
