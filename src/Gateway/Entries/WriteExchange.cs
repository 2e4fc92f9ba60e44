// An entry on its way to a target.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.DisclosureLog.Entries;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Entries;

/// <summary>A write or notification whose intent is on record.</summary>
internal sealed class WriteExchange(Call call) : Exchange(call)
{
    internal required Judged Client { get; init; }

    /// <summary>The recorded intent.</summary>
    internal required LogEntry Intent { get; init; }

    /// <summary>Receipt of the intent.</summary>
    internal required string? Receipt { get; init; }

    /// <summary>Types sent, in order.</summary>
    internal required ImmutableArray<string> Types { get; init; }

    internal required bool IsTransaction { get; init; }

    /// <summary>The relationship that begins when the entry is delivered.</summary>
    internal required NewRelationship? Begins { get; init; }

    internal required Handles.Handles Handles { get; init; }
}
