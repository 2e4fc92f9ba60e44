// Takes steps of referrals in a REST system.
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Rest;

/// <summary>
/// Makes a native step of a task's step, as the mapping says, and posts it with its key and the version from which it starts. What the mapping cannot say, and what is no step from where the task
/// stands, is refused before anything is sent. A version that has passed is left to the system: the step may be one that it took before, which it knows by its key.
/// </summary>
internal sealed class RestSteps(string system, MappingFile mapping, RestHttpClient rest, RestReader reader, ILogger log)
{
    private const int MostReasons = 3;
    private readonly RecordKind? tasks = mapping.Records.FirstOrDefault(static kind => kind.Steps is not null);

    /// <summary>Takes a step.</summary>
    public async Task<ChangeOutcome> TakeAsync(TaskToChange change, CancellationToken cancellation)
    {
        if (tasks?.Steps is not { } rule || !FacadeId.IsId(change.Id))
        {
            return new ChangeOutcome.NotThere();
        }

        var step = StepRule.Said(JsonSerializer.SerializeToNode(change.Task, FhirBody.Options)!.AsObject());
        var (status, facts) = (FhirJson.Text(step["status"]), new EntryFacts(change.Client, null, change.Sender, change.IdempotencyKey));
        if (TaskLife.Refuse(status, step.ContainsKey("statusReason"), step.ContainsKey("output")) is { } impossible)
        {
            return new ChangeOutcome.Refused(impossible);
        }

        var written = FhirToRecord.Write(mapping, rule.Written, [step], facts, reader.Today);
        if (!written.Faults.IsEmpty)
        {
            return new ChangeOutcome.Refused($"The receiving system cannot take this as it is: {string.Join("; ", written.Faults.Take(MostReasons))}.");
        }

        try
        {
            if (await reader.TaskAsync(tasks, change.Id, cancellation) is not var (record, task) || SubjectReader.ReadClient(task) != change.Client)
            {
                return new ChangeOutcome.NotThere();
            }

            var isCurrent = task.Meta!.VersionId == change.Version;
            if (isCurrent && !TaskLife.IsStep(task.StatusElement?.JsonValue as string, status!))
            {
                return new ChangeOutcome.Impossible();
            }

            StateVersion(rule, written.Record, change.Version, NativePath.Follow(record, rule.Version));
            return await SendAsync(rule, change, written.Record, isCurrent, cancellation);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return new ChangeOutcome.Unavailable(); // nothing was sent yet
        }
    }

    private async Task<ChangeOutcome> SendAsync(StepRule rule, TaskToChange change, JsonObject step, bool isCurrent, CancellationToken cancellation)
    {
        try
        {
            var answer = await rest.StepAsync(rule, change.Id, step, change.IdempotencyKey, change.Version, cancellation);
            if (answer.IsGood)
            {
                return rest.Read(answer) is JsonObject after && FhirJson.Text(NativePath.Follow(after, rule.Id)) == change.Id
                    ? new ChangeOutcome.Changed(rule.VersionOf(after))
                    : throw new NativeFaultException(NativeFault.Unreadable, "an answer about another record");
            }

            Log.EntryRefused(log, system, (int)answer.Status);
            return answer.Status switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => new ChangeOutcome.NotThere(),
                HttpStatusCode.PreconditionFailed => new ChangeOutcome.Stale(),
                HttpStatusCode.Conflict => isCurrent ? new ChangeOutcome.Impossible() : new ChangeOutcome.Stale(),
                _ => new ChangeOutcome.Refused("The receiving system does not accept the step."),
            };
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return fault.MayHaveArrived ? new ChangeOutcome.Unknown() : new ChangeOutcome.Unavailable();
        }
    }

    /// <summary>Puts the version where the system looks for it, written as the system writes its own.</summary>
    private static void StateVersion(StepRule rule, JsonObject step, string version, JsonNode? own)
    {
        if (rule.VersionField is not { } field)
        {
            return;
        }

        var names = field.Split('.');
        var at = names[..^1].Aggregate(step, static (at, name) => at[name] as JsonObject ?? (JsonObject)(at[name] = new JsonObject()));
        at[names[^1]] = own?.GetValueKind() == JsonValueKind.Number && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : version;
    }
}
