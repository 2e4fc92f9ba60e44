// One expression of will as the decision sees it.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.Policy.Ids;

namespace Sisote.Policy.States;

/// <summary>Whether an expression of will opens or closes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConsentType>))]
public enum ConsentType
{
    /// <summary>Opens what it names, if a rule asks for this form.</summary>
    [JsonStringEnumMemberName("permit")]
    Permit,

    /// <summary>Closes what it names.</summary>
    [JsonStringEnumMemberName("prohibition")]
    Prohibition,
}

/// <summary>Where a consent stands in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConsentStatus>))]
public enum ConsentStatus
{
    /// <summary>Written but not given.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>Given and in force within its dates.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Withdrawn by the one who may.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,

    /// <summary>Its time ended.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>Replaced by a newer version.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}

/// <summary>One consent or prohibition of the client, in one version. Finnish: suostumus, luovutuslupa, kielto.</summary>
public sealed record ConsentRecord
{
    /// <summary>Identifier of the consent over all its versions.</summary>
    public required string Id { get; init; }

    /// <summary>Version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The legal form.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>Opens or closes.</summary>
    public required ConsentType Type { get; init; }

    /// <summary>Status word; dates win over it.</summary>
    public required ConsentStatus Status { get; init; }

    /// <summary>The items named; empty together with <see cref="AllItems"/> only.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>All items of the form's scope: lawful only for a release permission or prohibition (LUPA, KIELTO).</summary>
    public bool AllItems { get; init; }

    /// <summary>The recipient's sector; null means any only where <see cref="AllItems"/> may be set.</summary>
    public SectorId? RecipientSector { get; init; }

    /// <summary>The recipient's role, where named.</summary>
    public RoleId? RecipientRole { get; init; }

    /// <summary>The recipient's organisation, where named.</summary>
    public OrganisationId? RecipientOrganisation { get; init; }

    /// <summary>The recipient's connected system, where the consent names the unit that works with it.</summary>
    public SystemId? RecipientSystem { get; init; }

    /// <summary>The recipient's person, where named.</summary>
    public ProfessionalId? RecipientPerson { get; init; }

    /// <summary>Whose data it opens; null means any that holds them, as a release permission of the national service does. A prohibition closes whatever holds them, whoever is named here.</summary>
    public ImmutableArray<OrganisationId>? SourceOrganisations { get; init; }

    /// <summary>The purpose, where named.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>In force from (inclusive).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>In force until (inclusive); null until withdrawn.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Who gave it: client, guardian, guardians, representative.</summary>
    public required string GivenBy { get; init; }

    /// <summary>Whether it was given in writing (703/2023, 1287/2013 22 §, 380/2023 116 § ask it of some forms).</summary>
    public bool Written { get; init; }
}
