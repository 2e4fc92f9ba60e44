// A search as the gateway regenerated it.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Facade;

/// <summary>A search of one resource type: about one client or, for work lists of the system's own register, about all.</summary>
internal sealed record FacadeQuery
{
    /// <summary>FHIR resource type.</summary>
    public required string Type { get; init; }

    /// <summary>The client; null = all clients.</summary>
    public Hetu? Client { get; init; }

    /// <summary>Accepted categories; empty = any.</summary>
    public ImmutableArray<Token> Categories { get; init; } = [];

    /// <summary>Accepted codes; empty = any.</summary>
    public ImmutableArray<Token> Codes { get; init; } = [];

    /// <summary>Accepted values of <c>status</c> (of a Goal: <c>lifecycleStatus</c>); empty = any.</summary>
    public ImmutableArray<string> Statuses { get; init; } = [];

    /// <summary>How many resources are wanted; null = all, and then more than <see cref="MaxCount"/> are a fault: a list that is cut in silence looks like a whole one.</summary>
    public int? Count { get; init; }

    /// <summary>The most resources of any answer; the gateway takes no more either.</summary>
    public const int MaxCount = 5_000;

    /// <summary>How far a system is looked through: one further than what can be answered, so that what is too much is seen.</summary>
    public int Reach => Count ?? (MaxCount + 1);
}

/// <summary>A code of a code system.</summary>
internal readonly record struct Token(string System, string Code);
