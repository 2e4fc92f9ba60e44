// What became of an evaluation.
using System.Collections.Immutable;
using Sisote.Gateway.Answers;

namespace Sisote.Gateway.Access;

/// <summary>The outcome as its caller may know it. A denial says nothing more: whether the client is unknown, has not consented, forbids it or is protected looks the same.</summary>
internal abstract record Evaluated
{
    private Evaluated()
    {
    }

    /// <summary>Permitted, and on record.</summary>
    /// <param name="Receipt">The log's receipt.</param>
    /// <param name="Obligations">What the caller must do.</param>
    internal sealed record Permitted(string? Receipt, ImmutableArray<string> Obligations) : Evaluated;

    /// <summary>Denied, and on record.</summary>
    internal sealed record Denied : Evaluated;

    /// <summary>Not evaluated: the caller's fault, or ours.</summary>
    internal sealed record Failed(Refusal Refusal) : Evaluated;
}
