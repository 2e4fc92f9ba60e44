// One evaluation as its caller wrote it.
using System.Collections.Immutable;

namespace Sisote.Gateway.Access;

/// <summary>The members of an AuthZEN evaluation that mean something here; every other member is ignored, as the specification wants it.</summary>
internal sealed record EvaluationText
{
    internal required string SubjectType { get; init; }

    internal required string SubjectId { get; init; }

    /// <summary>The body on whose behalf the subject acts, where that is not its own task.</summary>
    internal string? Actor { get; init; }

    internal required string Action { get; init; }

    internal required string ResourceType { get; init; }

    internal required string ResourceId { get; init; }

    /// <summary>The items, where the resource is a client and not one item.</summary>
    internal ImmutableArray<string> Items { get; init; } = [];

    /// <summary>The system at the other end; null = the caller's own.</summary>
    internal string? System { get; init; }

    /// <summary>The body on whose behalf the other end acts, where that is not its own task.</summary>
    internal string? OtherActor { get; init; }

    /// <summary>Who receives at the other end, where the sender hands over to a named person.</summary>
    internal string? Recipient { get; init; }

    /// <summary>Labels on the document in question.</summary>
    internal ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>The purpose; <see langword="null"/> = the token's.</summary>
    internal string? Purpose { get; init; }

    /// <summary>Whether the caller says that the flow has no purpose of use (data about nobody).</summary>
    internal bool HasNoPurpose { get; init; }

    internal string? Channel { get; init; }

    /// <summary>Condition ids with their references.</summary>
    internal ImmutableArray<(string Condition, string? Reference)> Attestations { get; init; } = [];
}

/// <summary>The text, or the member at fault.</summary>
internal readonly record struct EvaluationReading(EvaluationText? Text, string? Fault);
