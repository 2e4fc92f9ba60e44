// What a client gets who asks for the log: who used and received the data, in plain words.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>A package. <c>GET /review/requests/{id}/package?format=json|csv&amp;language=fi|sv|en</c> (data-protection officer; sisote-operator)</summary>
/// <remarks>Names persons of the receiving side by the identifier that their organisation uses: a request under 703/2023 11 § gives what the client's own page leaves out.</remarks>
public sealed record LogPackage
{
    /// <summary>The request.</summary>
    public required string Request { get; init; }

    /// <summary>Whose log.</summary>
    public required LocalisedText Organisation { get; init; }

    /// <summary>What this is, and what it is not.</summary>
    public required LocalisedText Introduction { get; init; }

    /// <summary>Entries from this instant on.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until this instant.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The entries, oldest first.</summary>
    public required ImmutableArray<PackageEntry> Entries { get; init; }

    /// <summary>Said where something was left out, with what the client can do about it.</summary>
    public LocalisedText? LeftOut { get; init; }
}

/// <summary>One use or disclosure.</summary>
public sealed record PackageEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened, in words.</summary>
    public required LocalisedText What { get; init; }

    /// <summary>Who held the data.</summary>
    public PackageParty? From { get; init; }

    /// <summary>Who used or received it, or asked and got nothing.</summary>
    public PackageParty? To { get; init; }

    /// <summary>On which ground: statutes and sections.</summary>
    public ImmutableArray<LegalBasisCitation> Basis { get; init; } = [];

    /// <summary>On which consents.</summary>
    public ImmutableArray<string> Consents { get; init; } = [];
}

/// <summary>One side.</summary>
public sealed record PackageParty
{
    /// <summary>The organisation's name.</summary>
    public LocalisedText? Organisation { get; init; }

    /// <summary>The system's name.</summary>
    public LocalisedText? System { get; init; }

    /// <summary>The person, as the organisation identifies them.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>The person's role.</summary>
    public LocalisedText? Role { get; init; }
}
