// A step that waits for its decision.
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;

namespace Sisote.Gateway.Entries.Steps;

/// <summary>A step of a task, on its way to the target.</summary>
/// <param name="Task">The target's id of the task.</param>
/// <param name="Version">The target's version that the step starts from; null where the caller named none of this task's.</param>
/// <param name="Status">Where it leads.</param>
/// <param name="Key">What the target knows the step by when it comes again.</param>
internal sealed record PreparedStep(string Task, string? Version, TaskStatus Status, string Key)
{
    /// <summary>The same step of a task that no source has.</summary>
    internal PreparedStep OfNobody => this with { Task = ReadPreparation.NoId };
}

/// <summary>Whether a step can be taken now.</summary>
internal abstract record StepReadiness
{
    private StepReadiness()
    {
    }

    /// <summary>It can; <paramref name="Moves"/> is what it does to the referral's relationship.</summary>
    internal sealed record Ready(MovedRelationship? Moves) : StepReadiness;

    internal sealed record Refused(Refusal Refusal) : StepReadiness;
}
