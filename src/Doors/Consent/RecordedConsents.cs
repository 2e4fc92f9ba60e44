// Consents as those see them who recorded them, or look at them for the operator.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>
/// Consents, newest change first, ended ones included. <c>GET /consents</c> (professional: those that the own organisation recorded),
/// <c>POST /consents/query</c> with a <see cref="ConsentQuestion"/> (sisote-operator: all of one client).
/// </summary>
public sealed record RecordedConsents
{
    /// <summary>The consents.</summary>
    public required ImmutableArray<RecordedConsent> Consents { get; init; }

    /// <summary>What to ask for with <c>after</c> for the next page; null on the last, and for the operator, who gets all.</summary>
    public string? Next { get; init; }
}

/// <summary>A consent with what stands behind it.</summary>
public sealed record RecordedConsent
{
    /// <summary>A short mark: the same for one client within one organisation's view; null for the operator, who asked for one client.</summary>
    public string? ClientMark { get; init; }

    /// <summary>The consent.</summary>
    public required MyConsent Consent { get; init; }

    /// <summary>Who recorded it; null where nobody did.</summary>
    public ProfessionalId? RecordedBy { get; init; }
}

/// <summary>Whose consents or relationships the operator asks for. <c>POST /consents/query</c>, <c>POST /relationships/query</c> (sisote-operator)</summary>
public sealed record ConsentQuestion
{
    /// <summary>The client's national identifier (HETU).</summary>
    public required string Identifier { get; init; }
}
