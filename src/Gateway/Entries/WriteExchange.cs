// An entry on its way to a target.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Recording;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries;

/// <summary>A write or notification whose intents are on record, one for each of its resources.</summary>
internal sealed class WriteExchange(Call call) : Exchange(call)
{
    internal required ClientId Client { get; init; }

    /// <summary>What is sent, in order.</summary>
    internal required ImmutableArray<SentResource> Sent { get; init; }

    internal required bool IsTransaction { get; init; }

    internal required Handles.Handles Handles { get; init; }

    /// <summary>The step of a task that is sent; null for new resources.</summary>
    internal PreparedStep? Step { get; init; }

    /// <summary>The entry as it was sent, with the key under which the target knows it; null for a step, which does not wait.</summary>
    internal EntryOrigin? Origin { get; init; }
}

/// <summary>One resource on its way.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Intent">The recorded intent.</param>
/// <param name="Receipt">Receipt of the intent.</param>
/// <param name="Begins">The relationship that begins when it is delivered.</param>
/// <param name="Moves">The relationship that it moves on when it is delivered.</param>
internal sealed record SentResource(string Type, LogEntry Intent, string? Receipt, NewRelationship? Begins = null, MovedRelationship? Moves = null);
