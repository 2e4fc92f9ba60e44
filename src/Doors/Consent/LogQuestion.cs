// What the operator asks of the whole log, and a line of the answer.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>A question over the whole log: all that is named must match. <c>POST /log/query</c> (operator)</summary>
/// <remarks>The answer is a stream of <see cref="LogLine"/>, one line of JSON each, newest first. In a body and not in an address: a client may be named by national identifier.
/// Entries of kind <c>log-read</c> are left out unless asked for by kind. Asking is itself an entry.</remarks>
public sealed record LogQuestion
{
    /// <summary>What the log took in at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What the log took in before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The client, by key (32 hexadecimal digits) or national identifier.</summary>
    public string? Client { get; init; }

    /// <summary>Organisation on any side.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>System on either side.</summary>
    public SystemId? System { get; init; }

    /// <summary>Item, released or withheld.</summary>
    public DataItemId? Item { get; init; }

    /// <summary>Rule.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>Outcome.</summary>
    public string? Outcome { get; init; }

    /// <summary>Kind of entry.</summary>
    public LogEntryKind? Kind { get; init; }

    /// <summary>Professional on either side, or who looked into the log.</summary>
    public ProfessionalId? Person { get; init; }

    /// <summary>Any of these stands in the entry as an identifier: of the entry, the call, a consent, a relationship, an agreement, a document's handle.</summary>
    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>The most entries to tell of; null = all.</summary>
    public int? Limit { get; init; }
}

/// <summary>An entry, or at the end what the answer was.</summary>
public sealed record LogLine
{
    /// <summary>Place in the log.</summary>
    public long? Index { get; init; }

    /// <summary>When the log took it in.</summary>
    public DateTimeOffset? Recorded { get; init; }

    /// <summary>The client's key as it stands in the record.</summary>
    public string? Client { get; init; }

    /// <summary>Name of the log that the entry stands in.</summary>
    public string? Log { get; init; }

    /// <summary>The entry, without the client.</summary>
    public LogEntry? Entry { get; init; }

    /// <summary>How far the search has come, now and then where little matches.</summary>
    public long? Searched { get; init; }

    /// <summary>The last line: whether and how the answer ended. An answer without it broke off.</summary>
    public LogAnswerEnd? End { get; init; }
}

/// <summary>How an answer ended.</summary>
public sealed record LogAnswerEnd
{
    /// <summary>Entries told of.</summary>
    public required long Entries { get; init; }

    /// <summary>Whether older entries match, too.</summary>
    public required bool More { get; init; }

    /// <summary>Entries that were left out because their record is not the one that the log committed to.</summary>
    public long Changed { get; init; }
}
