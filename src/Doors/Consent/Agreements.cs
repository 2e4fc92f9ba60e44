// The agreements between organisations and their life.
using System.Collections.Immutable;
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>
/// The agreements on record, ended ones included. <c>GET /agreements</c>: a controller-admin person sees those of the own organisation, sisote-operator all.
/// </summary>
public sealed record AgreementList
{
    /// <summary>Raised by every change of any agreement.</summary>
    public required long Revision { get; init; }

    /// <summary>The agreements.</summary>
    public required ImmutableArray<Agreement> Agreements { get; init; }

    /// <summary>What the parties agreed beside what decides, newest versions, in the same order.</summary>
    public ImmutableArray<AgreementTerms> Terms { get; init; } = [];
}

/// <summary>
/// An agreement was recorded, changed or ended. <c>POST /agreements</c> and <c>POST /agreements/{id}/change</c> with a <see cref="RecordAgreement"/> (sisote-operator); <c>POST /agreements/{id}/end</c> without a body
/// (controller-admin person of a party, sisote-operator): in force until this moment, no disclosure rests on it from the answer on.
/// </summary>
public sealed record AgreementChanged
{
    /// <summary>As it stands now.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>The new revision.</summary>
    public required long Revision { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }
}
