// Steps of a task on a FHIR server.
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Fhir;

/// <summary>
/// A step is read, changed and put back under the server's own version (<c>If-Match</c>), with everything that it does not name as it was. It leaves its key in the task, so that the same step again is known; what
/// happened since then makes the version that it answers one that has passed.
/// </summary>
internal sealed class FhirSteps(FhirParts parts)
{
    private const string StepSystem = "https://sisote.example/fhir/sid/step";

    /// <summary>Takes a step.</summary>
    public async Task<ChangeOutcome> TakeAsync(TaskToChange change, CancellationToken cancellation)
    {
        try
        {
            if (!parts.Writes.Contains("Task") || parts.Ids.Find("Task", change.Id) is not { } id)
            {
                return new ChangeOutcome.NotThere();
            }

            var step = FhirJson.Parse(JsonSerializer.SerializeToUtf8Bytes(change.Task, FhirBody.Options))!;
            if (Refuse(step) is { } refusal)
            {
                return new ChangeOutcome.Refused(refusal);
            }

            return await FindAsync(id, change, cancellation) is not { } task ? new ChangeOutcome.NotThere()
                : Taken(task, change) is { } before ? before
                : FhirJson.Text(task["meta"], "versionId") is not { } version ? new ChangeOutcome.Refused("The receiving system keeps no versions of its tasks.")
                : FhirIds.VersionOf(version) != change.Version ? new ChangeOutcome.Stale()
                : !TaskLife.IsStep(FhirJson.Text(task, "status"), FhirJson.Text(step, "status")!) ? new ChangeOutcome.Impossible()
                : await PutAsync(id, Changed(task, step, change), version, change, cancellation);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return new ChangeOutcome.Unavailable(); // nothing was sent yet
        }
    }

    /// <summary>What of a step the server cannot be told; puts its codes in place.</summary>
    private string? Refuse(JsonObject step)
    {
        if (TaskLife.Refuse(FhirJson.Text(step, "status"), step.ContainsKey("statusReason"), step.ContainsKey("output")) is { } impossible)
        {
            return impossible;
        }

        var told = new JsonObject();
        foreach (var name in new[] { "statusReason", "output" }.Where(step.ContainsKey))
        {
            told[name] = step[name]!.DeepClone();
            step.Remove(name);
        }

        var refusal = new FhirWriter(parts, []).Rewrite(told, "Task");
        foreach (var (name, value) in told)
        {
            step[name] = value?.DeepClone();
        }

        return refusal;
    }

    private async Task<JsonObject?> FindAsync(string id, TaskToChange change, CancellationToken cancellation) =>
        await parts.Http.ReadAsync("Task", id, cancellation) is { } task && (await parts.Clients.FindByIdAsync(parts.Clients.SubjectOf("Task", task), cancellation)).Certain() is { } person && person.Client == change.Client
            ? task
            : null;

    /// <summary>The answer where the step was taken before: its version if it is the last one, else one that has passed.</summary>
    private static ChangeOutcome.Changed? Taken(JsonObject task, TaskToChange change)
    {
        var keys = FhirJson.Objects(task, "identifier").Where(static one => FhirJson.Text(one, "system") == StepSystem).Select(static one => FhirJson.Text(one, "value")).ToList();
        return !keys.Contains(change.IdempotencyKey) ? null
            : new ChangeOutcome.Changed(keys[^1] == change.IdempotencyKey && FhirJson.Text(task["meta"], "versionId") is { } version ? FhirIds.VersionOf(version) : FhirIds.VersionOf("after " + change.IdempotencyKey));
    }

    private JsonObject Changed(JsonObject task, JsonObject step, TaskToChange change)
    {
        task["status"] = FhirJson.Text(step, "status");
        task["lastModified"] = parts.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        task.Remove("text"); // a narrative of the state before
        task.Remove("statusReason");
        foreach (var name in new[] { "statusReason", "output" }.Where(step.ContainsKey))
        {
            task[name] = step[name]!.DeepClone();
        }

        var identifiers = task["identifier"] as JsonArray ?? [];
        identifiers.Add(new JsonObject { ["system"] = StepSystem, ["value"] = change.IdempotencyKey });
        task["identifier"] = identifiers.DeepClone();
        return task;
    }

    private async Task<ChangeOutcome> PutAsync(string id, JsonObject task, string version, TaskToChange change, CancellationToken cancellation)
    {
        try
        {
            var answer = await parts.Http.WriteAsync(HttpMethod.Put, $"Task/{id}", task, ("If-Match", $"W/\"{version}\""), cancellation);
            if (answer.IsGood)
            {
                return (answer.Version ?? FhirJson.Text(FhirJson.Parse(answer.Body)?["meta"], "versionId")) is { } next
                    ? new ChangeOutcome.Changed(FhirIds.VersionOf(next))
                    : await LookAgainAsync(id, change, new ChangeOutcome.Unknown(), cancellation);
            }

            Log.EntryRefused(parts.Log, parts.System, (int)answer.Status);
            return answer.Status switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => new ChangeOutcome.NotThere(),
                HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => await LookAgainAsync(id, change, new ChangeOutcome.Stale(), cancellation),
                _ => new ChangeOutcome.Refused("The receiving system does not accept the step."),
            };
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return fault.MayHaveArrived ? await LookAgainAsync(id, change, new ChangeOutcome.Unknown(), cancellation) : new ChangeOutcome.Unavailable();
        }
    }

    /// <summary>Whether the step stands there all the same: an answer may have been lost, or the message have come twice.</summary>
    private async Task<ChangeOutcome> LookAgainAsync(string id, TaskToChange change, ChangeOutcome otherwise, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(id, change, cancellation) is { } task && Taken(task, change) is { } taken ? taken : otherwise;
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return new ChangeOutcome.Unknown();
        }
    }
}
