// Holds a step against the task and the referral as they stand.
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Recording;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Gateway.Entries.Steps;

/// <summary>
/// Whether a step leads on from where the task stands, and what it does to the referral's relationship. The relationship may have gone ahead at the portal: then the step follows it, and
/// moves nothing. A version that has passed is left to the source, which knows by its key whether it is this very step, sent again.
/// </summary>
internal sealed class StepChecking(SourceTasks tasks, TimeProvider clock)
{
    internal async Task<StepReadiness> CheckAsync(Call call, PreparedStep step, KnownClient known, CancellationToken cancellation)
    {
        var (isReachable, task) = await tasks.ReadAsync(call.Asker.Other.Id, step.Task, cancellation);
        if (!isReachable)
        {
            return new StepReadiness.Refused(Refusal.SourceDown);
        }

        if (task is not { Status: { } status } || task.Client != known.Identifier)
        {
            return new StepReadiness.Refused(Refusal.NotFound);
        }

        if (step.Version is null)
        {
            return new StepReadiness.Refused(Refusal.VersionStale);
        }

        if (task.Version == step.Version && !TaskSteps.IsOne(status, step.Status.Status, TakerOf(call.Asker)))
        {
            return new StepReadiness.Refused(Refusal.StepNotPermitted(TaskSteps.Knows(status) ? status : null, step.Status.Status));
        }

        return known.State.Relationships.FirstOrDefault(one => one.Id == task.Delivery && IsDelivered(one)) is { } relationship
            ? Relate(relationship, step.Status.Relationship, call.Asker)
            : new StepReadiness.Ready(null);
    }

    /// <summary>Whether an entry of ours began it. What a register tells, its register alone changes, whatever a source's task says of itself; its identifier is no code that we write.</summary>
    private static bool IsDelivered(Relationship relationship) => SystemId.TryParse(relationship.Id, out _);

    private static StepTaker TakerOf(Asker asker) => asker.IsOwnRegister ? StepTaker.ServiceProvider : StepTaker.CareManager;

    private StepReadiness Relate(Relationship relationship, string? step, Asker asker)
    {
        if (relationship.ToOrganisation == asker.System.Organisation && relationship.Professional is { } professional && professional != asker.Business.SubjectId)
        {
            return new StepReadiness.Refused(Refusal.EntryNotPermitted); // a colleague's client
        }

        var status = relationship.Status is RelationshipStatus.Active or RelationshipStatus.Requested && relationship.To < clock.GetUtcNow() ? RelationshipStatus.Ended : relationship.Status;
        return (step, status) switch
        {
            ("accept" or "reject", RelationshipStatus.Requested) or ("end", RelationshipStatus.Active) => new StepReadiness.Ready(new MovedRelationship
            {
                Id = relationship.Id,
                Step = step,
                Organisation = asker.System.Organisation,
                Professional = asker.Business.SubjectId,
            }),
            ("accept" or null, RelationshipStatus.Active) or ("reject", RelationshipStatus.Rejected) or ("end", RelationshipStatus.Ended) => new StepReadiness.Ready(null),
            _ => new StepReadiness.Refused(Refusal.StepImpossible),
        };
    }
}
