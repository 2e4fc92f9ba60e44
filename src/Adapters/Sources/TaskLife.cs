// The life of a referral's task.
using System.Collections.Frozen;

namespace Sisote.Adapters.Sources;

/// <summary>The steps of HL7 Physical Activity IG 1.0.0 (PATaskForReferralManagement), which a FHIR server or another product does not watch by itself.</summary>
internal static class TaskLife
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

    /// <summary>What no step can say, wherever it starts from; null where it can. A reason must come with some statuses, and may only then (invariant pa-taskrm-1).</summary>
    public static string? Refuse(string? status, bool hasReason, bool hasOutput) =>
        status is null || !Steps.Values.Any(next => next.Contains(status)) ? "The receiving system does not know this status."
        : (status is "rejected" or "on-hold" or "cancelled" or "failed") != hasReason ? "A reason comes with rejecting, holding, cancelling and failing, and with nothing else."
        : hasOutput && status is not ("completed" or "failed") ? "Feedback comes with the end of a referral only."
        : null;
}
