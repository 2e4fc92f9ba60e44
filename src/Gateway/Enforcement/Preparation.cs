// From a request to what is forwarded.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Enforcement;

/// <summary>Reads a request in the grammar of the door and hands it to the path it belongs to.</summary>
internal sealed class Preparation(RequestReader reader, SightFinder sights, ReadPreparation reads, WritePreparation writes, StepPreparation steps)
{
    internal async Task<Prepared> PrepareAsync(HttpRequest request, Call call, CancellationToken cancellation)
    {
        var sight = sights.Find(call.Asker, Direction.Read);
        var rest = request.RouteValues[Forwarding.SourceRoutes.Rest] as string ?? string.Empty;
        return await reader.ReadAsync(request, rest, call.Asker, sight, cancellation) switch
        {
            Reading.Understood { Interaction: var interaction and (Interaction.Create or Interaction.Transaction) } =>
                await writes.PrepareAsync(call, interaction, KeyOf(request), [Of(Direction.Write), Of(Direction.Notify)], cancellation),
            Reading.Understood { Interaction: Interaction.ChangeTask change } => await steps.PrepareAsync(call, change, KeyOf(request), Of(Direction.Write).Item2, cancellation),
            Reading.Understood { Interaction: var interaction } => await reads.PrepareAsync(Continue(call, interaction), interaction, sight, cancellation),
            Reading.Refused { Refusal: var refusal } => new Prepared.Answer(refusal),
            _ => new Prepared.Answer(Refusal.Malformed),
        };

        (Direction, Sight) Of(Direction direction) => (direction, sights.Find(call.Asker, direction));
    }

    /// <summary>A later page that states nothing is asked under what was stated with the first.</summary>
    private static Call Continue(Call call, Interaction interaction) =>
        interaction is Interaction.Search { Terms.After.Stated: { IsEmpty: false } stated } && call.Asker.Attestations.IsEmpty
        && AskerReader.Attest(stated.Select(static one => (one.Key, one.Value)), call.Asker.System) is { } attestations
            ? call with { Asker = call.Asker with { Attestations = attestations } }
            : call;

    private static string? KeyOf(HttpRequest request) => request.Headers[WritePreparation.IdempotencyHeader] is { Count: > 0 } values ? values.ToString() : null;
}
