// The invented school in OneRoster's form.
using System.Text.Json.Nodes;
using Sisote.Simulators.People;

namespace Sisote.Simulators.School;

/// <summary>Makes the roster of <c>school.yaml</c> and the shared people.</summary>
internal static class RosterSeed
{
    private const string Modified = "2026-08-11T08:00:00Z";

    /// <summary>Reads the invented school.</summary>
    public static Roster Read()
    {
        var file = InventedPeople.Read<SchoolFile>("school.yaml");
        return new Roster(new Dictionary<string, IReadOnlyList<JsonObject>>
        {
            ["orgs"] = [Organisation(file.School.District, file.School.DistrictName, "district"), Organisation(file.School.Id, file.School.Name, "school", file.School.District)],
            ["academicSessions"] = [Session(file.Year)],
            ["courses"] = [.. file.Courses.Select(course => With(Row(course.Id), ("title", course.Title), ("courseCode", course.Id), ("org", Link("org", file.School.District))))],
            ["classes"] = [.. file.Classes.Select(one => Class(one, file))],
            ["users"] = [.. file.Pupils.Select(pupil => Pupil(pupil, file.School.Id)), .. file.Teachers.Select(teacher => Teacher(teacher, file.School.Id))],
            ["enrollments"] = [.. file.Pupils.SelectMany(pupil => pupil.Classes.Select(one => Enrolment(pupil.Id, one, "student", primary: false, file))),
                .. file.Teachers.SelectMany(teacher => teacher.Classes.Select(one => Enrolment(teacher.Id, one, "teacher", teacher.Homerooms.Contains(one), file)))],
        });
    }

    private static JsonObject Row(string id) => new() { ["sourcedId"] = id, ["status"] = "active", ["dateLastModified"] = Modified };

    private static JsonObject Link(string type, string id) => new() { ["href"] = $"https://koulut.esimerkki.invalid{RosterApi.Base}/{(type == "class" ? "classe" : type)}s/{id}", ["sourcedId"] = id, ["type"] = type };

    private static JsonObject With(JsonObject row, params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            row[name] = value;
        }

        return row;
    }

    private static JsonObject Organisation(string id, string name, string type, string? parent = null)
    {
        var row = With(Row(id), ("name", name), ("type", type), ("identifier", id));
        return parent is null ? row : With(row, ("parent", Link("org", parent)));
    }

    private static JsonObject Session(SchoolYear year) =>
        With(Row(year.Id), ("title", year.Title), ("type", "schoolYear"), ("startDate", year.From), ("endDate", year.To), ("schoolYear", year.SchoolYearName));

    private static JsonObject Class(SchoolClass one, SchoolFile file) => With(
        Row(one.Id), ("title", one.Title), ("classType", one.Type), ("grades", new JsonArray(one.Grade)), ("course", Link("course", one.Course)),
        ("school", Link("org", file.School.Id)), ("terms", new JsonArray(Link("academicSession", file.Year.Id))));

    private static JsonObject Pupil(SchoolPupil pupil, string school)
    {
        var person = pupil.Person is { } id ? InventedPeople.Shared.Person(id) : null;
        return With(
            User(pupil.Id, pupil.Id, person?.Family ?? pupil.Family, person?.Given ?? pupil.Given, "student", school),
            ("grades", new JsonArray(pupil.Grade)),
            ("userIds", new JsonArray(new JsonObject { ["type"] = "HETU", ["identifier"] = person?.Hetu ?? pupil.Hetu })));
    }

    private static JsonObject Teacher(SchoolTeacher teacher, string school)
    {
        var known = teacher.Professional is { } id ? InventedPeople.Shared.Professionals.First(one => one.Id == id) : null;
        return User(teacher.Id, known?.Id ?? teacher.Username, known?.Family ?? teacher.Family, known?.Given ?? teacher.Given, "teacher", school);
    }

    private static JsonObject User(string id, string username, string family, string given, string role, string school) => With(
        Row(id), ("enabledUser", "true"), ("username", username), ("givenName", given), ("familyName", family),
        ("roles", new JsonArray(new JsonObject { ["roleType"] = "primary", ["role"] = role, ["org"] = Link("org", school) })),
        ("primaryOrg", Link("org", school)));

    private static JsonObject Enrolment(string user, string one, string role, bool primary, SchoolFile file) => With(
        Row($"{user}.{one}"), ("user", Link("user", user)), ("class", Link("class", one)), ("school", Link("org", file.School.Id)), ("role", role),
        ("primary", primary ? "true" : "false"), ("beginDate", file.Year.From), ("endDate", file.Year.To));
}
