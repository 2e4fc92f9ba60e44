// The shape of school.yaml.
namespace Sisote.Simulators.School;

/// <summary>The invented school: itself, its year, classes and people.</summary>
internal sealed record SchoolFile
{
    public SchoolPlace School { get; init; } = new();

    public SchoolYear Year { get; init; } = new();

    public List<SchoolClass> Classes { get; init; } = [];

    public List<SchoolCourse> Courses { get; init; } = [];

    public List<SchoolPupil> Pupils { get; init; } = [];

    public List<SchoolTeacher> Teachers { get; init; } = [];
}

/// <summary>The school and its district.</summary>
internal sealed record SchoolPlace
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string District { get; init; } = "";

    public string DistrictName { get; init; } = "";
}

/// <summary>The school year.</summary>
internal sealed record SchoolYear
{
    public string Id { get; init; } = "";

    public string Title { get; init; } = "";

    public string From { get; init; } = "";

    public string To { get; init; } = "";

    [YamlDotNet.Serialization.YamlMember(Alias = "schoolYear", ApplyNamingConventions = false)]
    public string SchoolYearName { get; init; } = "";
}

/// <summary>A class or teaching group.</summary>
internal sealed record SchoolClass
{
    public string Id { get; init; } = "";

    public string Title { get; init; } = "";

    public string Course { get; init; } = "";

    public string Type { get; init; } = "";

    public string Grade { get; init; } = "";
}

/// <summary>A course.</summary>
internal sealed record SchoolCourse
{
    public string Id { get; init; } = "";

    public string Title { get; init; } = "";
}

/// <summary>A pupil: one of the shared people, or known only here.</summary>
internal sealed record SchoolPupil
{
    public string Id { get; init; } = "";

    public string? Person { get; init; }

    public string Hetu { get; init; } = "";

    public string Family { get; init; } = "";

    public string Given { get; init; } = "";

    public string Grade { get; init; } = "";

    public List<string> Classes { get; init; } = [];
}

/// <summary>A teacher: one of the shared professionals, or known only here.</summary>
internal sealed record SchoolTeacher
{
    public string Id { get; init; } = "";

    public string? Professional { get; init; }

    public string Username { get; init; } = "";

    public string Family { get; init; } = "";

    public string Given { get; init; } = "";

    public List<string> Homerooms { get; init; } = [];

    public List<string> Classes { get; init; } = [];
}
