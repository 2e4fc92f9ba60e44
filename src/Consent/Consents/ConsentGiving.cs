// A consent as it comes in at a door, with who says it and who writes it down.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>What is said, whose data, how and by whom, and who records it.</summary>
internal sealed record ConsentGiving
{
    public const string Client = "client";
    public const string Representative = "representative";

    /// <summary>Words for who gives.</summary>
    public static readonly string[] Givers = [Client, "guardian", "guardians", "client-and-guardian", Representative];

    public required ClientId Whose { get; init; }

    /// <summary>The national identifier; null where it is not the client's own, but one under which the client came before.</summary>
    public required Hetu? Identifier { get; init; }

    /// <summary>The identity under which it is said, where another one stands for the client.</summary>
    public ClientId? Identity { get; init; }

    public required ConsentTerms Terms { get; init; }

    public required ConsentWay Way { get; init; }

    public string GivenBy { get; init; } = Client;

    public string? Reference { get; init; }

    public string? Authority { get; init; }

    public bool Draft { get; init; }

    /// <summary>Whose data it opens, where the client was shown that; null = not said.</summary>
    public ImmutableArray<OrganisationId>? Sources { get; init; }

    /// <summary>Who records it; null where the client gives it signed in.</summary>
    public Recorder? Recorder { get; init; }

    /// <summary>The mark of the guardian who gives it signed in; null where no guardian does.</summary>
    public string? Guardian { get; init; }

    /// <summary>Who tells it; null where the client does.</summary>
    public LogParty? Teller => Recorder?.Party ?? (Guardian is null ? null : Minors.ActingGuardian.Party);

    public required string CorrelationId { get; init; }
}

/// <summary>The professional who records, for which organisation, in which role.</summary>
internal sealed record Recorder(OrganisationId Organisation, ProfessionalId Professional, RoleId Role, SystemId? System)
{
    public LogParty Party => new() { Organisation = Organisation, Professional = Professional, Role = Role, System = System };
}
