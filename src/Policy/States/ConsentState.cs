// All that is on record about one client, as of one revision.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.States;

/// <summary>
/// What the consent service holds about one client at one revision: consents, prohibitions, relationships, facts, and the agreements between organisations.
/// The gateway decides on it locally; the append to the log commits only if both revisions are still current (design.md 2).
/// </summary>
public sealed record ConsentState
{
    /// <summary>Whose state.</summary>
    public required ClientId Client { get; init; }

    /// <summary>Raised by every change of anything below that belongs to the client; 0 = nothing on record.</summary>
    public required long Revision { get; init; }

    /// <summary>Raised by every change of any agreement.</summary>
    public required long AgreementsRevision { get; init; }

    /// <summary>Consents and prohibitions, newest versions only.</summary>
    public ImmutableArray<ConsentRecord> Consents { get; init; } = [];

    /// <summary>Relationships, ended ones included.</summary>
    public ImmutableArray<Relationship> Relationships { get; init; } = [];

    /// <summary>Agreements between organisations, ended ones included.</summary>
    public ImmutableArray<Agreement> Agreements { get; init; } = [];

    /// <summary>Facts about the client.</summary>
    public ClientFacts Facts { get; init; } = new();
}
