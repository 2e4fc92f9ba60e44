// What likenesses between a professional and a client are found by.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>Replaces what is known of one person for hints. <c>POST /review/likenesses</c> (sisote-operator, sisote-adapters)</summary>
/// <remarks>
/// Either <see cref="ClientIdentifier"/> names a client, or <see cref="Organisation"/> and <see cref="Professional"/> a professional. Names and addresses are turned into keyed hashes at once and
/// kept as nothing else; only whether two are equal can be told from them. Nothing of it decides on a disclosure.
/// </remarks>
public sealed record RecordLikeness
{
    /// <summary>The client's national identifier.</summary>
    public string? ClientIdentifier { get; init; }

    /// <summary>The professional's organisation.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>The professional, by the identifier in the log.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>Surnames, former ones too; at most 10.</summary>
    public ImmutableArray<string> Surnames { get; init; } = [];

    /// <summary>Addresses (street, number, postal code); at most 10.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>Whether looks at this client's data are watched: a public person, a colleague, a case in the news.</summary>
    public bool Watched { get; init; }

    /// <summary>The professional's own national identifier.</summary>
    public string? OwnIdentifier { get; init; }

    /// <summary>National identifiers of the professional's family, as they were told to the employer; at most 20.</summary>
    public ImmutableArray<string> Family { get; init; } = [];
}
