// The keys that what is known of clients is sealed with.
using System.Collections.Immutable;

namespace Sisote.Doors.Consent;

/// <summary>The keys on file, oldest first. <c>GET /keys</c>, <c>POST /keys/rotate</c>, <c>POST /keys/{number}/retire</c> (sisote-operator)</summary>
public sealed record EnvelopeKeyList
{
    /// <summary>The keys.</summary>
    public required ImmutableArray<EnvelopeKeyView> Keys { get; init; }

    /// <summary>Values under a key that is not on file: nobody can open them.</summary>
    public required long Lost { get; init; }
}

/// <summary>One key; never the key itself.</summary>
public sealed record EnvelopeKeyView
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it seals: the newest does.</summary>
    public required bool Seals { get; init; }

    /// <summary>How many values are under it.</summary>
    public required long Values { get; init; }
}
