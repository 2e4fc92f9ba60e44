// What an operator can set for the access door.
using System.ComponentModel.DataAnnotations;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Access;

/// <summary>Limits of the access door, and how callers that speak AuthZEN in words of their own are understood; configuration section <c>Sisote:Gateway:Access</c>.</summary>
/// <remarks>The words translate, they open nothing: whatever they lead to is decided by the catalogue for the caller of the token.</remarks>
public sealed record AccessOptions
{
    /// <summary>The largest request, in bytes.</summary>
    /// <value>The default value is 256 KiB.</value>
    [Range(1024, 16 * 1024 * 1024)]
    public int LargestRequest { get; init; } = 256 * 1024;

    /// <summary>The most evaluations in one call.</summary>
    /// <value>The default value is 100.</value>
    [Range(1, 1000)]
    public int MostEvaluations { get; init; } = 100;

    /// <summary>The property of the resource that names the system at the other end.</summary>
    /// <value>The default value is <c>system</c>.</value>
    [Required]
    public string SystemProperty { get; init; } = "system";

    /// <summary>Names of systems in the callers' words, with the ids that the deployment gives them.</summary>
    public IReadOnlyDictionary<string, string> Systems { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of actions in the callers' words, beside <c>read</c>, <c>write</c> and <c>notify</c>.</summary>
    public IReadOnlyDictionary<string, ActionWord> Actions { get; init; } = new Dictionary<string, ActionWord>();
}

/// <summary>What an action of a caller's own means.</summary>
public sealed record ActionWord
{
    /// <summary>Which way data moves.</summary>
    public Direction Direction { get; init; }

    /// <summary>The data item that the action is about, where the resource's type does not say it.</summary>
    public string? Item { get; init; }
}
