// A question to the access door, and its answer.
using System.Collections.Immutable;

namespace Sisote.Client;

/// <summary>May the professional do this (OpenID AuthZEN Authorization API 1.0; docs/authzen.md)?</summary>
/// <param name="Action"><c>read</c>, <c>write</c> or <c>notify</c>.</param>
/// <param name="Item">A data item of the catalogue.</param>
/// <param name="Client">The client's identity code, or this system's handle of the client.</param>
public sealed record AccessQuestion(string Action, string Item, string Client)
{
    /// <summary>The system at the other end; null = the own register.</summary>
    public string? System { get; init; }

    /// <summary>Always <c>question:***</c>: the client's code stands in it.</summary>
    public override string ToString() => "question:***";
}

/// <summary>The answer. Only <see cref="Permitted"/> permits.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Permitted now, and on record.</summary>
    /// <param name="Id">Id of the call in the log.</param>
    /// <param name="Receipt">The log's promise; null = none was given.</param>
    /// <param name="Obligations">What must be done with it.</param>
    public sealed record Permitted(string Id, Receipt? Receipt, ImmutableArray<string> Obligations) : Decision;

    /// <summary>Not permitted; why, only the data-protection officer sees.</summary>
    /// <param name="Id">Id of the call in the log.</param>
    public sealed record Denied(string Id) : Decision;

    /// <summary>The question is refused.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Refused(Problem Problem) : Decision;

    /// <summary>There is no decision now.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="After">How long to wait at least.</param>
    public sealed record TryLater(Problem Problem, TimeSpan After) : Decision;
}
