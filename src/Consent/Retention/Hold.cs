// A legal hold and what it covers.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Retention;

/// <summary>Records that stay although their time has ended: of one client, of one organisation, or at some places.</summary>
internal sealed record Hold
{
    public const string OfClient = "client";
    public const string OfOrganisation = "organisation";
    public const string OfRange = "range";

    public required string Id { get; init; }

    public required string Scope { get; init; }

    public ClientId? Client { get; init; }

    /// <summary>The client's keys: all that were ever told to be one person's, so that neither a merge nor its undoing frees a record.</summary>
    public IReadOnlySet<ClientId> Clients { get; init; } = new HashSet<ClientId>();

    public OrganisationId? Organisation { get; init; }

    public LogRange? Range { get; init; }

    public required string Reason { get; init; }

    public string? Reference { get; init; }

    public required HoldOrder PlacedBy { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public DateOnly? Until { get; init; }

    public HoldOrder? LiftedBy { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Place of the log's entry that tells of the lifting.</summary>
    public long? LiftedIndex { get; init; }

    /// <summary>Whether it holds at an instant. The last day counts whole.</summary>
    public bool IsInForce(DateTimeOffset now) => LiftedAt is null && !(Until < FinnishTime.DateOf(now));

    /// <summary>Whether it holds, or has held at any time since the log had a size.</summary>
    /// <param name="size">The size.</param>
    /// <param name="then">The instant at which the log had it; the order of a lifting is the log's own, for two things can happen in one millisecond.</param>
    public bool HasHeldSince(long size, DateTimeOffset then) => !(LiftedIndex < size) && !(Until < FinnishTime.DateOf(then));

    /// <summary>Whether an entry is under it.</summary>
    /// <param name="index">The entry's place.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="sides">Organisations that it concerns beside its two sides.</param>
    public bool Covers(long index, LogEntry entry, IReadOnlyCollection<OrganisationId> sides) => Scope switch
    {
        OfClient => entry.Client is { } whose && (whose == Client || Clients.Contains(whose)),
        OfOrganisation => Organisation is { } organisation && (entry.From?.Organisation == organisation || entry.To?.Organisation == organisation || sides.Contains(organisation)),
        OfRange => Range is { } range && index >= range.First && index <= range.Last,
        _ => throw new InvalidDataException("A hold of unknown scope."), // fail closed: nothing is erased beside a hold that nobody understands
    };

    /// <summary>What the log tells of it: never a client, never the case.</summary>
    public LogHold ToLog() => new() { Organisation = Organisation, Range = Range, Reason = Reason, Scope = Scope, Until = Until };
}
