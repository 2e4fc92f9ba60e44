// The life of a referral's task, as data.
using System.Collections.Immutable;

namespace Sisote.Gateway.Entries.Steps;

/// <summary>Who takes a step: the one who referred, or the one who was asked.</summary>
internal enum StepTaker
{
    CareManager,
    ServiceProvider,
}

/// <summary>One step from a status to another.</summary>
internal sealed record TaskStep(string From, string To, StepTaker By);

/// <summary>What a status asks of a step that leads to it.</summary>
/// <param name="Status">FHIR R4 <c>task-status</c>.</param>
/// <param name="NeedsReason">A coded <c>statusReason</c> must stand there, else none may (HL7 Physical Activity, invariant pa-taskrm-1).</param>
/// <param name="TakesOutput">Whether feedback may come with it.</param>
/// <param name="Relationship">The step of the referral's relationship that goes with it: <c>accept</c>, <c>reject</c>, <c>end</c>; null = it stays in force.</param>
internal sealed record TaskStatus(string Status, bool NeedsReason, bool TakesOutput, string? Relationship);

/// <summary>The statuses and steps of HL7 Physical Activity IG 1.0.0 (PATaskForReferralManagement), which leaves out <c>received</c> and <c>ready</c>; from <c>on-hold</c> FHIR R4's own diagram leads on.</summary>
internal static class TaskSteps
{
    /// <summary>Where a step can lead.</summary>
    internal static readonly ImmutableArray<TaskStatus> Statuses =
    [
        new("accepted", NeedsReason: false, TakesOutput: false, "accept"),
        new("rejected", NeedsReason: true, TakesOutput: false, "reject"),
        new("in-progress", NeedsReason: false, TakesOutput: false, null),
        new("on-hold", NeedsReason: true, TakesOutput: false, null),
        new("completed", NeedsReason: false, TakesOutput: true, "end"),
        new("failed", NeedsReason: true, TakesOutput: true, "end"),
        new("cancelled", NeedsReason: true, TakesOutput: false, "end"),
    ];

    /// <summary>Every step that there is.</summary>
    internal static readonly ImmutableArray<TaskStep> All =
    [
        new("requested", "accepted", StepTaker.ServiceProvider),
        new("requested", "rejected", StepTaker.ServiceProvider),
        new("accepted", "in-progress", StepTaker.ServiceProvider),
        new("accepted", "on-hold", StepTaker.ServiceProvider),
        new("accepted", "cancelled", StepTaker.CareManager),
        new("in-progress", "completed", StepTaker.ServiceProvider),
        new("in-progress", "on-hold", StepTaker.ServiceProvider),
        new("in-progress", "failed", StepTaker.ServiceProvider),
        new("in-progress", "cancelled", StepTaker.CareManager),
        new("on-hold", "in-progress", StepTaker.ServiceProvider),
        new("on-hold", "failed", StepTaker.ServiceProvider),
        new("on-hold", "cancelled", StepTaker.CareManager),
    ];

    internal static TaskStatus? Find(string status) => Statuses.FirstOrDefault(known => known.Status == status);

    /// <summary>Whether a status is one of those that a task can have here.</summary>
    internal static bool Knows(string status) => All.Any(step => step.From == status || step.To == status);

    internal static bool IsOne(string from, string to, StepTaker by) => All.Contains(new TaskStep(from, to, by));
}
