// One end of an event.
using Sisote.Policy.Ids;

namespace Sisote.DisclosureLog.Entries;

/// <summary>One end of the event.</summary>
public sealed record LogParty
{
    /// <summary>Organisation.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>System.</summary>
    public SystemId? System { get; init; }

    /// <summary>Sector.</summary>
    public SectorId? Sector { get; init; }

    /// <summary>Role.</summary>
    public RoleId? Role { get; init; }

    /// <summary>The body on whose behalf it acted, where that was not its own task.</summary>
    public string? Actor { get; init; }

    /// <summary>Professional, by identifier (703/2023 10 § asks for the user's unique identifier).</summary>
    public ProfessionalId? Professional { get; init; }
}
