// Who stands behind a system's call: the hl7-b2b authorization extension object.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Tokens;

/// <summary>
/// The professional, organisation, role and purpose behind a call, in the vocabulary of the UDAP <c>hl7-b2b</c> extension object. It stands in the
/// client assertion, is checked by the authority against what the system is registered for, and then in the access token under <c>extensions.hl7-b2b</c>.
/// </summary>
public sealed record BusinessContext
{
    /// <summary>Name of the claim that holds the extension objects.</summary>
    public const string Claim = "extensions";

    /// <summary>Name of this object among the extensions.</summary>
    public const string Name = "hl7-b2b";

    /// <summary>Version of the object. <value>1</value></summary>
    [JsonPropertyName("version")]
    public string Version { get; init; } = "1";

    /// <summary>The professional's identifier in the system.</summary>
    [JsonPropertyName("subject_id")]
    public required ProfessionalId SubjectId { get; init; }

    /// <summary>The professional's name, for the recipient's document; never in Sisote's log.</summary>
    [JsonPropertyName("subject_name")]
    public string? SubjectName { get; init; }

    /// <summary>The role.</summary>
    [JsonPropertyName("subject_role")]
    public required RoleId SubjectRole { get; init; }

    /// <summary>The organisation.</summary>
    [JsonPropertyName("organization_id")]
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Purposes of use; the gateway needs exactly one.</summary>
    [JsonPropertyName("purpose_of_use")]
    public required ImmutableArray<PurposeId> PurposeOfUse { get; init; }
}
