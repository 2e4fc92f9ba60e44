// A client's request to know who has used and received the client's data.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>Enters a request that came on paper or in person. <c>POST /review/requests</c> (data-protection officer)</summary>
/// <remarks>703/2023 11 §: the client gets the log within two months; what is more than two years old only for a special reason.</remarks>
public sealed record EnterRequest
{
    /// <summary>The client's national identifier.</summary>
    public required string ClientIdentifier { get; init; }

    /// <summary>The day on which the request came in (Finnish calendar); the time to answer runs from it.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Entries from this day on; null = two years back.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Why older entries are given, too; wanted where <see cref="Since"/> is more than two years back.</summary>
    public string? SpecialReason { get; init; }
}

/// <summary>The signed-in client asks. <c>POST /me/log-requests</c> (client)</summary>
public sealed record RequestMyLog
{
    /// <summary>Whose log: the organisation's.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>Entries from this day on; null = two years back.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Why older entries are asked for, too.</summary>
    public string? SpecialReason { get; init; }
}

/// <summary>A request. States: <c>received</c>, <c>prepared</c>, <c>handed-over</c>, <c>refused</c>. <c>GET /review/requests/{id}</c></summary>
public sealed record LogRequest : ReviewCase
{
    /// <summary>The client's mark in this organisation's view.</summary>
    public required string ClientMark { get; init; }

    /// <summary>When it came in.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Entries from this instant on.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why entries older than two years.</summary>
    public string? SpecialReason { get; init; }

    /// <summary>Requests of the same client to the same organisation within the year before; the first is free of charge.</summary>
    public required int EarlierWithinAYear { get; init; }

    /// <summary>What was decided about single entries.</summary>
    public ImmutableArray<RequestDecision> Decisions { get; init; } = [];

    /// <summary>The package, once it is prepared.</summary>
    public PreparedPackage? Package { get; init; }

    /// <summary>How it was handed over.</summary>
    public string? How { get; init; }

    /// <summary>Why the whole request was refused: one of <see cref="DecideEntries.Grounds"/>.</summary>
    public string? Ground { get; init; }
}

/// <summary>Whether entries go into the package, decided and reasoned by a named officer.</summary>
public sealed record RequestDecision
{
    /// <summary>Places in the log.</summary>
    public required ImmutableArray<long> Indices { get; init; }

    /// <summary>Whether they go in.</summary>
    public required bool Include { get; init; }

    /// <summary>Why they stay out: one of <see cref="DecideEntries.Grounds"/>.</summary>
    public string? Ground { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided.</summary>
    public required ProfessionalId By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Decides about entries. <c>POST /review/requests/{id}/decisions</c></summary>
/// <remarks>Entries that the client does not see in the own view must be decided about before a package can be prepared; all others go in unless they are excluded.</remarks>
public sealed record DecideEntries
{
    /// <summary>On which grounds something stays out (703/2023 11 §): serious danger to the client's health or care, the rights of others, crime, security.</summary>
    public static ImmutableArray<string> Grounds { get; } = ["health-or-care", "rights-of-others", "crime", "security"];

    /// <summary>Places in the log.</summary>
    public required ImmutableArray<long> Indices { get; init; }

    /// <summary>Whether they go in.</summary>
    public required bool Include { get; init; }

    /// <summary>One of <see cref="Grounds"/> where they stay out.</summary>
    public string? Ground { get; init; }

    /// <summary>The reason in words, 1 to 2000 characters; no national identifiers.</summary>
    public required string Reason { get; init; }
}

/// <summary>The entries that a request is about, oldest first. <c>GET /review/requests/{id}/entries</c></summary>
public sealed record RequestEntries
{
    /// <summary>The entries.</summary>
    public required ImmutableArray<RequestEntry> Entries { get; init; }

    /// <summary>How many of them are hidden from the client and not decided about.</summary>
    public required int Undecided { get; init; }
}

/// <summary>An entry that a request is about.</summary>
public sealed record RequestEntry
{
    /// <summary>The entry.</summary>
    public required LogRow Row { get; init; }

    /// <summary>Whether the client does not see it in the own view, or not yet.</summary>
    public required bool Hidden { get; init; }

    /// <summary>Whether it goes into the package; null = to be decided.</summary>
    public bool? Included { get; init; }
}

/// <summary>A package that is ready.</summary>
public sealed record PreparedPackage
{
    /// <summary>SHA-256 of the package as JSON.</summary>
    public required Digest File { get; init; }

    /// <summary>Entries in it.</summary>
    public required int Entries { get; init; }

    /// <summary>Entries left out by decision.</summary>
    public required int LeftOut { get; init; }

    /// <summary>When it was prepared.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who prepared it.</summary>
    public required ProfessionalId By { get; init; }
}

/// <summary>Records that the package was handed over. <c>POST /review/requests/{id}/hand-over</c></summary>
public sealed record HandOver
{
    /// <summary>Ways of handing over.</summary>
    public static ImmutableArray<string> Ways { get; } = ["letter", "in-person", "secure-mail"];

    /// <summary>One of <see cref="Ways"/>.</summary>
    public required string How { get; init; }

    /// <summary>SHA-256 of the package as JSON: that this very one was handed over.</summary>
    public required Digest File { get; init; }
}

/// <summary>Refuses a whole request. <c>POST /review/requests/{id}/refuse</c></summary>
public sealed record RefuseRequest
{
    /// <summary>One of <see cref="DecideEntries.Grounds"/>.</summary>
    public required string Ground { get; init; }

    /// <summary>The reason in words, as the client gets it; 1 to 2000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>The register of requests, newest first. <c>GET /review/requests</c> (data-protection officer: the own organisation's; sisote-operator: all)</summary>
public sealed record RequestList
{
    /// <summary>The requests.</summary>
    public required ImmutableArray<ListedRequest> Requests { get; init; }

    /// <summary>Whether these are all; otherwise the newest.</summary>
    public bool Complete { get; init; } = true;
}

/// <summary>A request in the register.</summary>
public sealed record ListedRequest
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Whose log.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>received, prepared, handed-over or refused.</summary>
    public required string State { get; init; }

    /// <summary>When it came in.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The last day for an answer.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>Days past that day while it was not answered.</summary>
    public int? DaysOverdue { get; init; }
}
