// The shape of student-welfare.yaml, which is also how the record keeps its things.
namespace Sisote.Simulators.StudentWelfare;

/// <summary>The invented student-welfare record.</summary>
internal sealed record WelfareFile
{
    public List<WelfarePupil> Pupils { get; init; } = [];
}

/// <summary>A pupil with everything the record holds of the pupil.</summary>
internal sealed record WelfarePupil
{
    public string Id { get; init; } = "";

    public string Person { get; init; } = "";

    public string School { get; init; } = "";

    public List<ArrangementNeed> Needs { get; init; } = [];

    public List<ExpertGroup> Groups { get; init; } = [];

    public List<WelfareText> Journal { get; init; } = [];

    public List<WelfareText> CuratorEntries { get; init; } = [];
}

/// <summary>What a pupil's teaching needs. Finnish: järjestelytarve.</summary>
internal sealed record ArrangementNeed
{
    public string Id { get; init; } = "";

    public string Code { get; init; } = "";

    public string From { get; init; } = "";

    public string? To { get; init; }

    public string Author { get; init; } = "";

    public string Necessity { get; init; } = "";
}

/// <summary>A multi-professional expert group. Finnish: monialainen asiantuntijaryhmä.</summary>
internal sealed record ExpertGroup
{
    public string Id { get; init; } = "";

    public string From { get; init; } = "";

    public List<GroupMember> Members { get; init; } = [];

    public string Plan { get; init; } = "";
}

/// <summary>A member of an expert group.</summary>
internal sealed record GroupMember
{
    public string Id { get; init; } = "";

    public string Role { get; init; } = "";
}

/// <summary>A dated text: an entry of the journal or of the kuraattori.</summary>
internal sealed record WelfareText
{
    public string Id { get; init; } = "";

    public string Date { get; init; } = "";

    public string Author { get; init; } = "";

    public string Text { get; init; } = "";
}
