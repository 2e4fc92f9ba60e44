// What a deployment says of a school's system.
using Sisote.Policy.Ids;

namespace Sisote.Adapters.School;

/// <summary>Settings that the roster and the message box share.</summary>
internal sealed record SchoolSettings
{
    /// <summary>The system.</summary>
    public required SystemId System { get; init; }

    /// <summary>The education provider.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>Type of the user identifier that holds the personal identity code. <value>HETU</value></summary>
    public required string HetuType { get; init; }

    /// <summary>Form of school, where stated.</summary>
    public string? SchoolForm { get; init; }

    /// <summary>How old the register may be. <value>60 s</value></summary>
    public required TimeSpan Refresh { get; init; }

    /// <summary>How often the consent service is told what the register proves. <value>300 s</value></summary>
    public required TimeSpan Sync { get; init; }
}
