// The columns of OneRoster 1.2 CSV, as far as rostering goes.
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Sisote.Adapters.School;

/// <summary>One column: what must be in it, and what it points at.</summary>
internal sealed record OneRosterColumn(string Name, bool Required, char Kind, ImmutableArray<string> Words, string Target)
{
    /// <summary>Whether the column may be missing: it came with a later edition of 1.2.</summary>
    public bool IsLate => Name == "pronouns";

    /// <summary>What is wrong with a cell, or null. A status is never one of the provider's own: whether a record still counts must be certain.</summary>
    public string? Check(string cell) => cell.Length == 0 ? Required ? "is empty" : null : Kind switch
    {
        '@' when !DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "is no date like 2026-08-10",
        '?' when cell is not ("true" or "false") => "is neither true nor false",
        '=' when !Words.Contains(cell) && (Name == "status" || !cell.StartsWith("ext:", StringComparison.Ordinal)) => $"is none of {string.Join(", ", Words)}",
        't' when !DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) => "is no moment like 2026-08-10T12:00:00Z",
        'i' when OneRosterCsv.ReadUserIds(cell) is null => "is not written {type:identifier}",
        _ => null,
    };
}

/// <summary>The files of a rostering package and their columns.</summary>
/// <remarks>Written shortly: <c>!</c> must not be empty, <c>@</c> date, <c>?</c> truth, <c>=</c> one of these words, <c>&gt;</c> a record of that file, <c>&gt;&gt;</c> several of them.</remarks>
internal static class OneRosterCsv
{
    private const string Common = "sourcedId! status=active|tobedeleted dateLastModified:t ";

    /// <summary>Columns by file, for the files that are read. Demographics are not opened at all: nothing of them is needed.</summary>
    public static FrozenDictionary<string, ImmutableArray<OneRosterColumn>> Files { get; } = new Dictionary<string, string>
    {
        ["academicSessions"] = Common + "title! type!=gradingPeriod|semester|schoolYear|term startDate!@ endDate!@ parentSourcedId>academicSessions schoolYear!",
        ["orgs"] = Common + "name! type!=department|school|district|local|state|national identifier parentSourcedId>orgs",
        ["courses"] = Common + "schoolYearSourcedId>academicSessions title! courseCode grades orgSourcedId!>orgs subjects subjectCodes",
        ["classes"] = Common + "title! grades courseSourcedId!>courses classCode classType!=homeroom|scheduled location schoolSourcedId!>orgs termSourcedIds!>>academicSessions subjects subjectCodes periods",
        ["users"] = Common + "enabledUser!? username! userIds:i givenName! familyName! middleName identifier email sms phone agentSourcedIds>>users grades password userMasterIdentifier preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId>orgs pronouns",
        ["userProfiles"] = Common + "userSourcedId!>users profileType! vendorId! applicationId description credentialType! username! password",
        ["roles"] = Common + "userSourcedId!>users roleType!=primary|secondary role!=aide|counselor|districtAdministrator|guardian|parent|principal|proctor|relative|siteAdministrator|student|systemAdministrator|teacher beginDate@ endDate@ orgSourcedId!>orgs userProfileSourcedId>userProfiles",
        ["enrollments"] = Common + "classSourcedId!>classes schoolSourcedId!>orgs userSourcedId!>users role!=administrator|proctor|student|teacher primary? beginDate@ endDate@",
    }.ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value.Split(' ').Select(Read).ToImmutableArray());

    /// <summary>All files that a manifest of 1.2 speaks of.</summary>
    public static FrozenSet<string> Known { get; } = new[]
    {
        "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics", "enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs",
        "resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources", "users",
    }.ToFrozenSet();

    /// <summary>Without these there is no register.</summary>
    public static ImmutableArray<string> Needed { get; } = ["orgs", "users", "roles", "enrollments", "classes"];

    /// <summary>The identifiers of a user, written <c>{type:identifier},{type:identifier}</c>; null where they are written otherwise.</summary>
    public static ImmutableArray<OneRosterUserId>? ReadUserIds(string cell)
    {
        var ids = ImmutableArray.CreateBuilder<OneRosterUserId>();
        foreach (var part in cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part is not ['{', .. var inside, '}'] || inside.Split(':', 2) is not [{ Length: > 0 } type, { Length: > 0 } identifier])
            {
                return null;
            }

            ids.Add(new OneRosterUserId(type, identifier));
        }

        return ids.ToImmutable();
    }

    private static OneRosterColumn Read(string written)
    {
        var name = new string([.. written.TakeWhile(char.IsAsciiLetter)]);
        var rest = written[name.Length..];
        var required = rest.StartsWith('!');
        rest = rest.TrimStart('!');
        return rest switch
        {
            "" => new OneRosterColumn(name, required, ' ', [], string.Empty),
            [':', var kind] => new OneRosterColumn(name, required, kind, [], string.Empty),
            ['>', '>', .. var file] => new OneRosterColumn(name, required, '*', [], file),
            ['>', .. var file] => new OneRosterColumn(name, required, '>', [], file),
            ['=', .. var words] => new OneRosterColumn(name, required, '=', [.. words.Split('|')], string.Empty),
            _ => new OneRosterColumn(name, required, rest[0], [], string.Empty),
        };
    }
}
