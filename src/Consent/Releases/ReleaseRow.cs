// What waits, as the room keeps it.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Consent.Releases;

/// <summary>One recipient's wish for items of one client: a work item of the giver.</summary>
internal sealed record ReleaseRow
{
    public const string Open = "open";
    public const string Released = "released";
    public const string Declined = "declined";
    public const string Lapsed = "lapsed";

    public required string Id { get; init; }

    public required ClientId Client { get; init; }

    /// <summary>The identity under which it was asked for, where that is another than the client's own.</summary>
    public ClientId? Identity { get; init; }

    public required ReleaseEnd From { get; init; }

    public required ReleaseEnd To { get; init; }

    public ProfessionalId? AskedBy { get; init; }

    public required PurposeId Purpose { get; init; }

    public required Direction Direction { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset LapsesAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public ProfessionalId? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public ImmutableArray<ReleaseItem> Items { get; init; } = [];

    /// <summary>Whether it can be decided now.</summary>
    public bool IsOpenAt(DateTimeOffset now) => State == Open && now < LapsesAt;
}

/// <summary>One side of what waits.</summary>
internal sealed record ReleaseEnd(OrganisationId Organisation, SystemId? System, SectorId Sector, RoleId Role)
{
    public LogParty ForLog(ProfessionalId? professional = null) => new() { Organisation = Organisation, System = System, Sector = Sector, Role = Role, Professional = professional };

    /// <summary>The side of a request; null where it names no organisation.</summary>
    public static ReleaseEnd? Of(Party party) => party.Organisation is { } organisation ? new ReleaseEnd(organisation, party.System, party.Sector, party.Role) : null;
}

/// <summary>One item that waits, and what is to be decided for it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Rule">The rule that would carry it.</param>
/// <param name="Decisions">The conditions to decide on.</param>
/// <param name="State">open, released, declined or lapsed.</param>
/// <param name="AskedIndex">Place in the log of the record that it was asked for in; null in rows from before this was kept.</param>
internal sealed record ReleaseItem(DataItemId Item, RuleId Rule, ImmutableArray<ConditionId> Decisions, string State, long? AskedIndex);

/// <summary>What somebody asked for in vain, as the log tells it.</summary>
internal sealed record ReleaseAsk(ClientId Client, ReleaseEnd From, ReleaseEnd To, ProfessionalId? By, PurposeId Purpose, Direction Direction, ImmutableArray<WaitingItem> Items, string CorrelationId)
{
    /// <summary>The identity under which it was asked for, where that is another than the client's own.</summary>
    public ClientId? Identity { get; init; }
}
