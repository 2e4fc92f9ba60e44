// A client gives a consent, or changes one.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>What a signed-in client consents to. <c>POST /me/consents</c> (person token, kind client)</summary>
public sealed record GiveConsent : ConsentTerms
{
    /// <summary>The organisations that were shown to the client as those whose data it opens; null = those that could give the items when it is given, and in a change those of the version before.</summary>
    /// <remarks>An organisation that is connected later is not opened by it. What a professional records opens the data of the professional's own organisation only.</remarks>
    public ImmutableArray<OrganisationId>? SourceOrganisations { get; init; }
}

/// <summary>The consent stands (201, or 200 where it stood already).</summary>
public sealed record ConsentGiven
{
    /// <summary>The consent.</summary>
    public required MyConsent Consent { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>Whether the giver's word is enough; false where another's consent is needed beside it (a minor's or a guardian's).</summary>
    public bool Alone { get; init; } = true;
}
