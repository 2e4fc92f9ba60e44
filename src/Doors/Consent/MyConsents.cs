// A client's own consents and prohibitions with their history.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>The signed-in client's consents, newest change first, ended ones included. <c>GET /me/consents</c> (person token, kind client)</summary>
public sealed record MyConsents
{
    /// <summary>The consents.</summary>
    public required ImmutableArray<MyConsent> Consents { get; init; }
}

/// <summary>One consent as its client sees it: the newest version and what happened before.</summary>
public sealed record MyConsent
{
    /// <summary>The newest version. Its status is the one that holds now: a consent past its end reads <c>expired</c>.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>Language of the text that was shown: fi, sv or en.</summary>
    public required string TextLanguage { get; init; }

    /// <summary>Version of the text that was shown.</summary>
    public required string TextVersion { get; init; }

    /// <summary>How it was given: <c>signed-in</c>, <c>paper</c>, <c>oral</c>, <c>assisted</c>; <c>mirrored</c> where another register keeps it.</summary>
    public required string How { get; init; }

    /// <summary>What stands behind it, where there is more than the client's own sign-in.</summary>
    public ConsentEvidence? Evidence { get; init; }

    /// <summary>Its life, oldest first.</summary>
    public required ImmutableArray<ConsentEvent> History { get; init; }
}

/// <summary>What stands behind a consent: numbers of documents, who recorded it for whom, where it is mirrored from.</summary>
public sealed record ConsentEvidence
{
    /// <summary>Number of the signed paper.</summary>
    public string? Reference { get; init; }

    /// <summary>Number of the document that shows the right to act for the client.</summary>
    public string? Authority { get; init; }

    /// <summary>Organisation whose professional recorded it.</summary>
    public OrganisationId? RecordedFor { get; init; }

    /// <summary>Who withdrew it, where a professional recorded that: client, guardian, guardians, client-and-guardian or representative.</summary>
    public string? WithdrawnBy { get; init; }

    /// <summary>Register that it is mirrored from.</summary>
    public string? Source { get; init; }

    /// <summary>When that register's state was read.</summary>
    public DateTimeOffset? SourceTime { get; init; }

    /// <summary>The relationship with which it ends.</summary>
    public string? Case { get; init; }

    /// <summary>Decisions on a minor's capacity that it rests on.</summary>
    public ImmutableArray<string> CapacityDecisions { get; init; } = [];

    /// <summary>Marks of the guardians who gave it signed in; a mark tells the same guardian of the child again and nothing of the person. Null where none did.</summary>
    public ImmutableArray<string>? Guardians { get; init; }
}

/// <summary>One step in a consent's life.</summary>
public sealed record ConsentEvent
{
    /// <summary>Version that the step made.</summary>
    public required int Version { get; init; }

    /// <summary>drafted, given, changed, withdrawn, discarded (a draft), used (a single-use consent), unused (what it was used for was refused), recipient-left, merged (another one of the same scope, given under another identity of the client, names less and stands).</summary>
    public required string What { get; init; }

    /// <summary>How that version stands now: a version that a newer one replaced while it was in force reads <c>superseded</c>.</summary>
    public ConsentStatus Status { get; init; } = ConsentStatus.Active;

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Items of that version.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>End of that version; null until withdrawn.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }
}
