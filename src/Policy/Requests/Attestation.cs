// What the caller states about this one call.
using Sisote.Policy.Ids;

namespace Sisote.Policy.Requests;

/// <summary>
/// A circumstance that the caller states with the call (header <c>Sisote-Context</c> or AuthZEN context): the condition it speaks to and the reference
/// or necessity text that backs it. It never holds personal data and stands in the log.
/// </summary>
/// <remarks>The decision accepts an attestation only for conditions whose type allows it: an <c>attestation</c> from anybody, a <c>system-check</c>
/// only where <see cref="BySystem"/> says that the calling system is registered to make this check.</remarks>
public sealed record Attestation
{
    /// <summary>The condition that is said to hold.</summary>
    public required ConditionId Condition { get; init; }

    /// <summary>Code, case number or short necessity statement; at most 200 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether the deployment registers the calling system as able to check this condition technically.</summary>
    public bool BySystem { get; init; }
}
