// A case as its scenario file tells it.
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>Who takes part, and what happens in which order.</summary>
internal sealed record Scenario
{
    /// <summary>Number among the fifteen cases.</summary>
    internal required int Case { get; init; }

    /// <summary>What it is about.</summary>
    internal required string Title { get; init; }

    /// <summary>What an outsider can watch.</summary>
    internal required string Works { get; init; }

    /// <summary>What must not happen.</summary>
    internal required string MustNot { get; init; }

    /// <summary>The steps in their order.</summary>
    internal required IReadOnlyList<ScenarioStep> Steps { get; init; }
}

/// <summary>A professional behind a connected system. People who sign in at the portal are those of <c>persons.yaml</c>.</summary>
internal sealed record ScenarioActor
{
    /// <summary>Name inside the scenario.</summary>
    internal required string Id { get; init; }

    /// <summary>The connected system.</summary>
    internal required SystemId System { get; init; }

    /// <summary>The system's organisation.</summary>
    internal required OrganisationId Organisation { get; init; }

    /// <summary>The professional, as the system names the person.</summary>
    internal required ProfessionalId Professional { get; init; }

    /// <summary>Role.</summary>
    internal required RoleId Role { get; init; }

    /// <summary>What the actor works for, where a step says nothing else.</summary>
    internal required PurposeId Purpose { get; init; }

    /// <summary>The actor as a token says it.</summary>
    internal BusinessContext ToContext(PurposeId? purpose) => new()
    {
        SubjectId = Professional,
        SubjectRole = Role,
        OrganisationId = Organisation,
        PurposeOfUse = [purpose ?? Purpose],
    };
}
