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

    /// <summary>How it was given: <c>signed-in</c>.</summary>
    public required string How { get; init; }

    /// <summary>Its life, oldest first.</summary>
    public required ImmutableArray<ConsentEvent> History { get; init; }
}

/// <summary>One step in a consent's life.</summary>
public sealed record ConsentEvent
{
    /// <summary>Version that the step made.</summary>
    public required int Version { get; init; }

    /// <summary>given, changed or withdrawn.</summary>
    public required string What { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Items of that version.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>End of that version; null until withdrawn.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }
}
