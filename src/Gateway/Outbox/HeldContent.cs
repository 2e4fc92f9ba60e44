// What is kept of an entry while it waits.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Outbox;

/// <summary>An entry as its sender sent it, and who that was: everything that deciding anew needs, and nothing that was decided.</summary>
internal sealed record HeldContent
{
    /// <summary>Type of the one resource; null for a transaction.</summary>
    public string? Type { get; init; }

    /// <summary>The body as it came.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The sender's own idempotency key, where one was given.</summary>
    public string? CallersKey { get; init; }

    /// <summary>The correlation id of the call.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The calling system.</summary>
    public required SystemId Caller { get; init; }

    /// <summary>The professional behind it.</summary>
    public required BusinessContext Business { get; init; }

    /// <summary>Where it goes.</summary>
    public required SystemId Target { get; init; }

    /// <summary>What the caller stated about the call.</summary>
    public ImmutableArray<HeldStatement> Stated { get; init; } = [];

    /// <summary>The intents of the call that brought it; what ends it without an attempt is recorded as their outcome.</summary>
    public required ImmutableArray<LogEntry> Intents { get; init; }
}

/// <summary>One thing that the caller stated.</summary>
/// <param name="Condition">The condition's code.</param>
/// <param name="Reference">Its reference, where it has one.</param>
internal sealed record HeldStatement(string Condition, string? Reference = null);

/// <summary>The answer that the sender would have had at once, kept for when it asks.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body.</param>
/// <param name="Receipts">Receipts of the log.</param>
/// <param name="Location">Address of what was made, where there is one.</param>
internal sealed record KeptAnswer(int Status, byte[] Body, ImmutableArray<string> Receipts, string? Location = null);
