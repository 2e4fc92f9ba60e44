// The life of a referral's task.
using System.Collections.Frozen;

namespace Sisote.Adapters.Fhir;

/// <summary>The steps of HL7 Physical Activity IG 1.0.0 (PATaskForReferralManagement), which a FHIR server does not watch by itself.</summary>
internal static class FhirTaskLife
{
    private static readonly FrozenDictionary<string, string[]> Steps = new Dictionary<string, string[]>
    {
        ["requested"] = ["accepted", "rejected"],
        ["accepted"] = ["in-progress", "on-hold", "cancelled"],
        ["in-progress"] = ["completed", "on-hold", "failed", "cancelled"],
        ["on-hold"] = ["in-progress", "failed", "cancelled"],
    }.ToFrozenDictionary();

    /// <summary>Whether a step leads from one status to another.</summary>
    public static bool IsStep(string? from, string to) => from is not null && Steps.TryGetValue(from, out var next) && next.Contains(to);

    /// <summary>Whether a status is one that a step can lead to.</summary>
    public static bool IsKnown(string? status) => status is not null && Steps.Values.Any(next => next.Contains(status));

    /// <summary>Whether a status must come with a reason, and may only then (invariant pa-taskrm-1).</summary>
    public static bool NeedsReason(string status) => status is "rejected" or "on-hold" or "cancelled" or "failed";

    /// <summary>Whether feedback may come with a status.</summary>
    public static bool TakesOutput(string status) => status is "completed" or "failed";
}
