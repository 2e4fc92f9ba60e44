// Small OneRoster packages of invented pupils.
using System.IO.Compression;

namespace Sisote.Tests.Adapters.School;

/// <summary>Writes packages: a whole one, and changes of it.</summary>
internal static class RosterPackages
{
    private const string Common = "sourcedId,status,dateLastModified";

    /// <summary>A whole register: Lumi and her teacher in one class; cells may be replaced.</summary>
    public static void WriteBulk(string folder, params (string Old, string New)[] changes)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "orgs", "name,type,identifier,parentSourcedId", changes, "o1,,,Puijonrinteen koulu,school,,");
        Write(folder, "academicSessions", "title,type,startDate,endDate,parentSourcedId,schoolYear", changes, "as1,,,Lukuvuosi,schoolYear,2026-08-01,2027-07-31,,2027");
        Write(folder, "courses", "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes", changes, "co1,,,as1,Luokka 6A,,,o1,,");
        Write(folder, "classes", "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods", changes, "c1,,,6A,,co1,,homeroom,,o1,as1,,,");
        Write(folder, "users", Users, changes, "u1,,,true,lumi.lumio,{HETU:150914A934N},Lumi,Lumio,,,,,,,6,salasana,,,,,o1,", "u2,,,true,ope-laine,,Lauri,Laine,,,,,,,,salasana,,,,,o1,");
        Write(folder, "roles", "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId", changes, "r1,,,u1,primary,student,,,o1,", "r2,,,u2,primary,teacher,,,o1,");
        Write(folder, "enrollments", Enrollments, changes, "e1,,,c1,o1,u1,student,,2026-08-10,2027-06-05", "e2,,,c1,o1,u2,teacher,true,2026-08-10,");
        WriteManifest(folder, "bulk", changes);
    }

    /// <summary>A change: rows of enrolments.</summary>
    public static void WriteDelta(string folder, params string[] enrollments)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "enrollments", Enrollments, [], enrollments);
        WriteManifest(folder, "delta", [], "enrollments");
    }

    public static void Zip(string folder)
    {
        ZipFile.CreateFromDirectory(folder, folder + ".zip");
        Directory.Delete(folder, recursive: true);
    }

    private const string Users = "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns";
    private const string Enrollments = "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate";

    private static void Write(string folder, string file, string columns, (string Old, string New)[] changes, params string[] rows) =>
        File.WriteAllText(Path.Combine(folder, file + ".csv"), Change($"{Common},{columns}\n{string.Join('\n', rows)}\n", changes));

    private static void WriteManifest(string folder, string way, (string Old, string New)[] changes, params string[] only)
    {
        string[] all = ["academicSessions", "classes", "courses", "demographics", "enrollments", "orgs", "roles", "userProfiles", "users"];
        var lines = all.Select(file => $"file.{file},{(only.Length > 0 ? only.Contains(file) : file is not ("demographics" or "userProfiles")) switch { true => way, false => "absent" }}");
        File.WriteAllText(Path.Combine(folder, "manifest.csv"), Change($"propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n{string.Join('\n', lines)}\n", changes));
    }

    private static string Change(string text, (string Old, string New)[] changes) => changes.Aggregate(text, static (text, change) => text.Replace(change.Old, change.New, StringComparison.Ordinal));
}
