// A question to a professional about one entry of the log.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>Asks a professional of the own organisation who stands in an entry. <c>POST /review/questions</c> (data-protection officer)</summary>
public sealed record AskQuestion
{
    /// <summary>Place of the entry.</summary>
    public required long Index { get; init; }

    /// <summary>Who is asked: a professional of the own organisation's side of the entry.</summary>
    public required ProfessionalId Professional { get; init; }

    /// <summary>The question, 1 to 2000 characters; no national identifiers.</summary>
    public required string Text { get; init; }

    /// <summary>The last day for an answer, at most 90 days ahead.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The round that it comes from.</summary>
    public string? Round { get; init; }
}

/// <summary>A question. States: <c>open</c>, <c>answered</c>, <c>closed</c>. <c>GET /review/questions/{id}</c></summary>
public sealed record ReviewQuestion : ReviewCase
{
    /// <summary>Who is asked.</summary>
    public required ProfessionalId Person { get; init; }

    /// <summary>The question.</summary>
    public required string Text { get; init; }

    /// <summary>The round that it comes from.</summary>
    public string? Round { get; init; }

    /// <summary>What it is about.</summary>
    public required AskedEntry About { get; init; }

    /// <summary>The answer.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
}

/// <summary>An entry as the professional who is asked may know it: enough to find the call in the own system. It does not say who the client is; the own system does.</summary>
public sealed record AskedEntry
{
    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The call, as the own system saw it (<c>X-Request-Id</c>).</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The own system.</summary>
    public SystemId? System { get; init; }

    /// <summary>The other side.</summary>
    public OrganisationId? OtherSide { get; init; }

    /// <summary>Purpose of use.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>Items released or sent.</summary>
    public ImmutableArray<DataItemId> Items { get; init; } = [];
}

/// <summary>The questions, newest first. <c>GET /review/questions</c> (data-protection officer)</summary>
public sealed record QuestionList
{
    /// <summary>The questions.</summary>
    public required ImmutableArray<ListedQuestion> Questions { get; init; }

    /// <summary>Whether these are all; otherwise the newest.</summary>
    public bool Complete { get; init; } = true;
}

/// <summary>A question in a list.</summary>
public sealed record ListedQuestion
{
    /// <summary>The question.</summary>
    public required ReviewQuestion Question { get; init; }

    /// <summary>Days past the last day while nobody answered; null where it is in time.</summary>
    public int? DaysOverdue { get; init; }

    /// <summary>Whether somebody else must be told now, for example the professional's superior.</summary>
    public required bool Escalated { get; init; }
}

/// <summary>Questions to the signed-in professional, newest first. <c>GET /me/questions</c> (professional)</summary>
public sealed record MyQuestions
{
    /// <summary>The questions.</summary>
    public required ImmutableArray<MyQuestion> Questions { get; init; }
}

/// <summary>A question as the one who is asked sees it.</summary>
public sealed record MyQuestion
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>open, answered or closed.</summary>
    public required string State { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The officer who asks.</summary>
    public ProfessionalId? AskedBy { get; init; }

    /// <summary>The last day for an answer.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Whether that day has passed without an answer.</summary>
    public required bool Overdue { get; init; }

    /// <summary>The question.</summary>
    public required string Text { get; init; }

    /// <summary>What it is about.</summary>
    public required AskedEntry About { get; init; }

    /// <summary>The own answer.</summary>
    public string? Answer { get; init; }
}

/// <summary>Answers. <c>POST /me/questions/{id}/answer</c> (the professional who is asked)</summary>
public sealed record AnswerQuestion
{
    /// <summary>The answer, 1 to 2000 characters; no national identifiers.</summary>
    public required string Text { get; init; }
}
