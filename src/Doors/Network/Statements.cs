// Statements: asked for with figures, answered, published, and kept as they were.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Network;

/// <summary>Figures that go with a request.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Period">A published month or year.</param>
public sealed record StatementFigures(string Indicator, string Period);

/// <summary>Asks an organisation for a statement: <c>PUT /network/statements/{id}</c> with a fresh identifier.</summary>
public sealed record AskStatement
{
    /// <summary>The most figures that go with one.</summary>
    public const int MostFigures = 20;

    /// <summary>What it is about, 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The question, 1 to 5000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Who is asked.</summary>
    public required OrganisationId To { get; init; }

    /// <summary>The last day to answer.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Published figures that go with it, at most 20.</summary>
    public ImmutableArray<StatementFigures> Figures { get; init; } = [];
}

/// <summary>The answer (<c>POST /network/statements/{id}/answer</c>, by whom was asked), or the public version (<c>POST /network/statements/{id}/public</c>, by whom asked, once it is answered).</summary>
public sealed record StatementText
{
    /// <summary>1 to 20 000 characters.</summary>
    public required string Text { get; init; }
}

/// <summary>Statements that the caller may see, newest first: those of the own organisation, and those with a public version. <c>GET /network/statements</c></summary>
/// <param name="Statements">The statements.</param>
/// <param name="More">Whether there are more organisations than one answer is made from: ask for one.</param>
public sealed record StatementList(ImmutableArray<StatementShown> Statements, bool More = false);

/// <summary>A statement. <c>GET /network/statements/{id}</c>; to others than its two parties the public version alone.</summary>
public sealed record StatementShown
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked.</summary>
    public required OrganisationId From { get; init; }

    /// <summary>Who was asked.</summary>
    public required OrganisationId To { get; init; }

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>asked, answered or public.</summary>
    public required string State { get; init; }

    /// <summary>The last day to answer.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Its parts, in the order in which they came.</summary>
    public required ImmutableArray<StatementPart> Parts { get; init; }
}

/// <summary>A part as it was put on record.</summary>
public sealed record StatementPart
{
    /// <summary>request, answer or public.</summary>
    public required string Kind { get; init; }

    /// <summary>The organisation that wrote it.</summary>
    public required OrganisationId By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>The figures that went with it, as they were published.</summary>
    public required ImmutableArray<IndicatorFigures> Figures { get; init; }

    /// <summary>SHA-256 of what is kept, hexadecimal, and the same that stands in the log.</summary>
    public required string Digest { get; init; }
}
