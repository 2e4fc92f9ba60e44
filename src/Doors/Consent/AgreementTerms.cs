// What parties agreed: roles, signatories, figures, versions, and what hangs on it.
using System.Collections.Immutable;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>
/// An agreement to put on record, or a new version of one. <c>POST /agreements</c>, <c>POST /agreements/{id}/change</c> (sisote-operator). A version changes rules, term, roles, signatories,
/// figures and copied text; kind and parties stay: other parties make another agreement.
/// </summary>
public sealed record RecordAgreement
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Kind, as the catalogue's conditions name it.</summary>
    public required string Kind { get; init; }

    /// <summary>The organisations bound by it.</summary>
    public required ImmutableArray<OrganisationId> Parties { get; init; }

    /// <summary>The rules it is a condition for.</summary>
    public required ImmutableArray<RuleId> Flows { get; init; }

    /// <summary>In force from this instant; or <see cref="FirstDay"/>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>In force until this instant; or <see cref="LastDay"/>.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The first day in force, from midnight in Finland.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day in force, until midnight in Finland.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>What each party is in data protection; parties may be left out.</summary>
    public ImmutableArray<AgreementRole> Roles { get; init; } = [];

    /// <summary>In what office each party signed, and when; no person's name.</summary>
    public ImmutableArray<AgreementSignature> Signatures { get; init; } = [];

    /// <summary>The figures that the parties follow: <c>disclosures</c>, <c>entries</c>, <c>answered-in-time</c>.</summary>
    public ImmutableArray<string> Figures { get; init; } = [];

    /// <summary>Days within which a referral is to be answered, for <c>answered-in-time</c>.</summary>
    public int? AnswerDays { get; init; }

    /// <summary>An offer of one of the parties whose text the agreement takes over as it stands now; null = none, or as the version before.</summary>
    public string? Offer { get; init; }
}

/// <summary>The text of an offer as it stood when an agreement took it over. What becomes of the offer later changes nothing here.</summary>
/// <param name="Offer">Identifier of the offer.</param>
/// <param name="Version">Its version.</param>
/// <param name="By">Whose offer it is.</param>
/// <param name="CopiedAt">When.</param>
/// <param name="Text">What it said.</param>
public sealed record CopiedOffer(string Offer, long Version, OrganisationId By, DateTimeOffset CopiedAt, OfferSaid Text);

/// <summary>What a party is (GDPR articles 4, 26 and 28).</summary>
/// <param name="Party">The party.</param>
/// <param name="Role"><c>controller</c>, <c>joint-controller</c> or <c>processor</c>.</param>
public sealed record AgreementRole(OrganisationId Party, string Role);

/// <summary>A signature.</summary>
/// <param name="Party">For which party.</param>
/// <param name="Office">In which office, as a code, for example <c>johtaja</c>.</param>
/// <param name="Day">When.</param>
public sealed record AgreementSignature(OrganisationId Party, string Office, DateOnly Day);

/// <summary>One version of what was agreed beside what decides.</summary>
public sealed record AgreementTerms
{
    /// <summary>The agreement.</summary>
    public required string Id { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The agreement as of this version.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>What each party is.</summary>
    public ImmutableArray<AgreementRole> Roles { get; init; } = [];

    /// <summary>Signatures.</summary>
    public ImmutableArray<AgreementSignature> Signatures { get; init; } = [];

    /// <summary>Figures that the parties follow.</summary>
    public ImmutableArray<string> Figures { get; init; } = [];

    /// <summary>Days within which a referral is to be answered.</summary>
    public int? AnswerDays { get; init; }

    /// <summary>The offer that the agreement came from; null = none.</summary>
    public CopiedOffer? Copied { get; init; }
}

/// <summary>
/// An agreement with all its versions and what hangs on it. <c>GET /agreements/{id}</c> (controller-admin person of a party, sisote-operator). <see cref="Flows"/> is also what an end now would do:
/// asking changes nothing.
/// </summary>
public sealed record AgreementShown
{
    /// <summary>As it stands.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>not-yet, in-force or ended.</summary>
    public required string State { get; init; }

    /// <summary>All versions, newest first; none of one that is older than versions are.</summary>
    public required ImmutableArray<AgreementTerms> Versions { get; init; }

    /// <summary>What hangs on it.</summary>
    public required ImmutableArray<AgreementFlow> Flows { get; init; }
}

/// <summary>A rule that an agreement is a condition for.</summary>
public sealed record AgreementFlow
{
    /// <summary>The rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>Whether the rule asks for an agreement of this kind at all; one that does not, goes on whatever becomes of it.</summary>
    public required bool Asks { get; init; }

    /// <summary>Pairs of parties between which nothing goes under the rule any more when this agreement ends.</summary>
    public required ImmutableArray<AgreementPair> Stops { get; init; }

    /// <summary>Other agreements in force that carry the rule between some of the parties.</summary>
    public required ImmutableArray<string> Others { get; init; }
}

/// <summary>Two parties.</summary>
public sealed record AgreementPair(OrganisationId One, OrganisationId Other);

/// <summary>
/// Figures of one whole month, counted from the log, the same for every party. <c>GET /agreements/{id}/figures?month=2026-10</c> (controller-admin person of a party, sisote-operator).
/// </summary>
/// <remarks>They name no person. What concerns fewer than five clients is not said, and no sums are given from which it could be reckoned.</remarks>
public sealed record AgreementFigures
{
    /// <summary>The agreement.</summary>
    public required string Id { get; init; }

    /// <summary>The month, Finnish time.</summary>
    public required string Month { get; init; }

    /// <summary>The figures.</summary>
    public required ImmutableArray<AgreementFigure> Figures { get; init; }
}

/// <summary>One figure.</summary>
public sealed record AgreementFigure
{
    /// <summary>disclosures, entries or answered-in-time.</summary>
    public required string Figure { get; init; }

    /// <summary>Under which rule; null where it is not of one rule.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>From whom.</summary>
    public required OrganisationId From { get; init; }

    /// <summary>To whom.</summary>
    public required OrganisationId To { get; init; }

    /// <summary>How many; null where it concerns so few clients that it is not said.</summary>
    public long? Count { get; init; }

    /// <summary>Of how many; null where it is not a share, or is not said.</summary>
    public long? Of { get; init; }
}
