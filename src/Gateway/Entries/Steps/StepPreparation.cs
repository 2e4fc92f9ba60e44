// Inspects a step of a task, like any entry, before it is decided.
using System.Security.Cryptography;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Entries.Steps;

/// <summary>A step goes the way of every write: read, hold against the law, find the client, decide, check, record the intent, send. What is sent is a small Task of what changes.</summary>
internal sealed class StepPreparation(EntryDrafting drafting, ItemMasks masks, ClientStates states, WriteDecision decision, HandleRing ring)
{
    private static readonly Dictionary<string, string> NoNames = [];

    internal async Task<Prepared> PrepareAsync(Call call, Interaction.ChangeTask change, string? callersKey, Sight sight, CancellationToken cancellation)
    {
        var (own, target) = (ring.For(call.Asker.System.Id), call.Asker.Other.Id);
        if (callersKey is not null && !WritePreparation.IsKey(callersKey))
        {
            return new Prepared.Answer(Refusal.Malformed);
        }

        if (own.ReadResource(target, "Task", change.Handle) is not { } task)
        {
            return await decision.RefuseByLawAsync(call, Refusal.NotFound);
        }

        var (asked, unclear) = TaskPatch.Read(change.Patch);
        if (asked is null)
        {
            return unclear!.Status == StatusCodes.Status400BadRequest ? new Prepared.Answer(unclear) : await decision.RefuseByLawAsync(call, unclear);
        }

        var links = new WriteRelinker(own, target, task.Client, string.Empty, NoNames);
        var shape = masks.ShapeOf("Task") ?? throw new InvalidOperationException("The request reader let an unknown type pass.");
        var (draft, unlawful) = drafting.Draft([new EntryResource("Task", null, shape, ResourceIndex.OfWhole(asked.Task, shape)!)], [(Direction.Write, sight)], links.CanLink);
        if (draft is null)
        {
            return await decision.RefuseByLawAsync(call, unlawful!);
        }

        var step = new PreparedStep(task.UpstreamId, TaskTag.Resolve(own, target, task, change.Version), asked.Status, KeyOf(call, change, callersKey));
        return await PrepareAsync(call, draft, step, task, cancellation);
    }

    private async Task<Prepared> PrepareAsync(Call call, EntryDraft draft, PreparedStep step, HandleContent task, CancellationToken cancellation)
    {
        if (await states.FindAsync(task.Client, cancellation) is not { } known)
        {
            return new Prepared.Answer(Refusal.LogDown);
        }

        var (own, target) = (ring.For(call.Asker.System.Id), call.Asker.Other.Id);
        if (known.Identifier is not { } identifier || drafting.Rewrite(draft, new WriteRelinker(own, target, task.Client, identifier, NoNames), identifier) is not { } bodies)
        {
            return await decision.RefuseByLawAsync(call, known.Identifier is null ? Refusal.NotFound : Refusal.Incomplete);
        }

        var entry = new PreparedEntry(draft, known, bodies, [null], IsTransaction: false, CallersKey: null) { Step = step };
        return await decision.DecideAsync(call, entry, new WriteRelinker(own, target, task.Client, identifier, NoNames), cancellation);
    }

    /// <summary>The same step from the same version is the same step, whether or not its sender gave it a key.</summary>
    private string KeyOf(Call call, Interaction.ChangeTask change, string? callersKey) =>
        ring.EntryName(
            call.Asker.System.Id,
            call.Asker.Other.Id,
            callersKey is not null ? $"{change.Handle}\n{callersKey}" : $"{change.Handle}\n{change.Version}\n{Convert.ToHexStringLower(SHA256.HashData(change.Patch))}",
            "step").ToString();
}
