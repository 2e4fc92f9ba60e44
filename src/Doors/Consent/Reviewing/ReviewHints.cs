// What a data-protection officer might look at first, each with its reason.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>
/// Hints over a period, newest first. <c>GET /review/hints?since=&amp;until=</c>; of one entry <c>GET /log/{index}/hints</c> (data-protection officer). Looking is itself an entry.
/// </summary>
/// <remarks>A hint is no finding and there is no score: each says in a sentence what was seen, with the facts it rests on. Nobody but the officers of the own organisation sees them.</remarks>
public sealed record ReviewHints
{
    /// <summary>The hints.</summary>
    public required ImmutableArray<ReviewHint> Hints { get; init; }

    /// <summary>Entries looked at.</summary>
    public required int Entries { get; init; }

    /// <summary>Whether the whole period was looked at; false = its older part was not, ask for it by itself.</summary>
    public required bool Complete { get; init; }
}

/// <summary>One hint.</summary>
public sealed record ReviewHint
{
    /// <summary><c>own-data</c>, <c>own-family</c>, <c>same-surname</c>, <c>same-address</c>, <c>watched-client</c>, <c>outside-hours</c>, <c>many-clients</c> or <c>no-relation</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Place of the entry.</summary>
    public required long Index { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The professional of the own organisation.</summary>
    public required ProfessionalId Professional { get; init; }

    /// <summary>The client's mark, as in the log's lists.</summary>
    public required string ClientMark { get; init; }

    /// <summary>What was seen, in a sentence.</summary>
    public required LocalisedText Sentence { get; init; }

    /// <summary>The facts that the sentence rests on.</summary>
    public required ImmutableArray<HintFact> Facts { get; init; }
}

/// <summary>A fact that a hint rests on.</summary>
/// <param name="Name">Its code.</param>
/// <param name="Value">A number, a time, a code; never a name or an address.</param>
public sealed record HintFact(string Name, string Value);
