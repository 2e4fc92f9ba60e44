// One end of a disclosure.
using Sisote.Policy.Ids;

namespace Sisote.Policy.Requests;

/// <summary>One end of a disclosure: the side that holds the data or the side that receives it.</summary>
public sealed record Party
{
    /// <summary>The sector in whose task the party acts.</summary>
    public required SectorId Sector { get; init; }

    /// <summary>The role in which the party acts.</summary>
    public required RoleId Role { get; init; }

    /// <summary>The organisation (controller), where known; a rule that depends on it denies without it.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>The connected system, where known.</summary>
    public SystemId? System { get; init; }

    /// <summary>The body on whose behalf the party acts (a network, a board), where that is not its own task.</summary>
    public string? Actor { get; init; }

    /// <summary>The named professional, where a person acts.</summary>
    public ProfessionalId? Professional { get; init; }
}
