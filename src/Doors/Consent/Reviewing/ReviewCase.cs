// What rounds, questions and requests have in common.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>A case of review. Each step of it is an entry of the log, which commits to the case as it stood after the step.</summary>
public abstract record ReviewCase
{
    /// <summary>Identifier; also of the log's entry that opened it.</summary>
    public required string Id { get; init; }

    /// <summary>The organisation whose officers review.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>Where it stands, as a code.</summary>
    public required string State { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who opened it; null = the client.</summary>
    public ProfessionalId? OpenedBy { get; init; }

    /// <summary>The last day; null where there is none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it.</summary>
    public ProfessionalId? ClosedBy { get; init; }

    /// <summary>What is said at the end.</summary>
    public string? Conclusion { get; init; }
}

/// <summary>A case as it is shown, with what the log says of it.</summary>
/// <typeparam name="T">The kind of case.</typeparam>
public sealed record ShownCase<T>
    where T : ReviewCase
{
    /// <summary>The case.</summary>
    public required T Case { get; init; }

    /// <summary>Whether it is the case that the log's newest entry about it commits to.</summary>
    public required CaseProof Proof { get; init; }

    /// <summary>Whether its last day has passed and it is not closed.</summary>
    public required bool Overdue { get; init; }

    /// <summary>Whether it has been overdue for so long that somebody else must be told (<c>Sisote:Consent:EscalateAfterDays</c>).</summary>
    public required bool Escalated { get; init; }
}

/// <summary>What the log says of a case.</summary>
/// <param name="Index">Place of the newest entry about it; null where none is there any more.</param>
/// <param name="Outcome"><c>unchanged</c>: it is what that entry commits to; <c>changed</c>: somebody changed it behind the log's back; <c>not-in-log</c>: the log has no entry of it, or the entry was erased.</param>
public sealed record CaseProof(long? Index, string Outcome);

/// <summary>Closes a case.</summary>
public sealed record CloseCase
{
    /// <summary>What was found, 1 to 2000 characters; no national identifiers.</summary>
    public required string Conclusion { get; init; }
}

/// <summary>What a data-protection officer must see to: what is past its last day. <c>GET /review/overdue</c> (data-protection officer; sisote-operator sees all organisations)</summary>
public sealed record OverdueCases
{
    /// <summary>The cases, the oldest last day first.</summary>
    public required ImmutableArray<OverdueCase> Cases { get; init; }
}

/// <summary>A case past its last day.</summary>
public sealed record OverdueCase
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary><c>question</c> or <c>request</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose officers review.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>The professional who is asked.</summary>
    public ProfessionalId? Person { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>Days since then.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>Whether somebody else must be told now.</summary>
    public required bool Escalated { get; init; }
}
