// Decides on an entry and records the intents.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Recording;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Entries;

/// <summary>
/// One decision and one record for each resource, all or nothing: the intents stand in the log together, with the state they relied on, before the target hears of the entry.
/// </summary>
internal sealed class WriteDecision(Decider decider, Records records, AppendQueue queue, EntryDrafting drafting, EntryAnswers answers, StepChecking steps)
{
    private const int MostRounds = 3;

    /// <summary>Refuses an entry for a reason that has nothing to do with its client.</summary>
    internal async Task<Prepared> RefuseByLawAsync(Call call, Refusal refusal)
    {
        var recorded = await queue.AppendAsync(new AppendItem { Entry = records.Refusal(call, Direction.Write, refusal.Slug) });
        return new Prepared.Answer(recorded is { Status: AppendStatus.Committed } ? refusal : Refusal.LogDown);
    }

    /// <summary>Refuses an entry for a client who is known no longer, in the words for one for whom nothing is permitted.</summary>
    internal async Task<Prepared> RefuseForgottenAsync(Call call, EntryOrigin origin, KnownClient known) =>
        await RefuseByLawAsync(call, Refusal.EntryNotPermitted) is Prepared.Answer { Refusal.Slug: var slug } refused && slug == Refusal.EntryNotPermitted.Slug
            ? refused with { Repeats = answers.FindRepetition(call, origin, known) }
            : new Prepared.Answer(Refusal.LogDown);

    /// <summary>Decides on every resource; one that is refused refuses all of them.</summary>
    internal async Task<Prepared> DecideAsync(Call call, PreparedEntry entry, WriteRelinker links, CancellationToken cancellation)
    {
        var known = entry.Known;
        for (var round = 1; round <= MostRounds; round++)
        {
            if (await JudgeAsync(call, entry, known, cancellation) is not { } judged)
            {
                return new Prepared.Answer(Refusal.LogDown);
            }

            if (await TryAsync(call, entry, judged, links, cancellation) is { } prepared)
            {
                return prepared;
            }

            if (await decider.RefreshAsync(known, cancellation) is not { } fresh)
            {
                return new Prepared.Answer(Refusal.LogDown);
            }

            known = fresh;
        }

        return new Prepared.Answer(Refusal.StateChanging);
    }

    /// <summary>Refuses the entry or puts it on its way; null = the state it was decided on is no longer the client's, or may not be.</summary>
    private async Task<Prepared?> TryAsync(Call call, PreparedEntry entry, ImmutableArray<Judged> judged, WriteRelinker links, CancellationToken cancellation)
    {
        var refused = FindRefused(entry.Draft, judged, links);
        // INVARIANT: where a step may not be taken, the source is asked about nobody and the answer is that of a task that is not there.
        var readiness = entry.Step is { } step ? await steps.CheckAsync(call, refused.Count == 0 ? step : step.OfNobody, judged[0].Known, cancellation) : new StepReadiness.Ready(null);
        if (refused.Count > 0)
        {
            return await RefuseAsync(call, entry, judged, refused, (readiness as StepReadiness.Refused)?.Refusal);
        }

        if (readiness is not StepReadiness.Ready { Moves: var moves })
        {
            return judged[0].Known.IsFresh ? await RefuseAsync(call, judged[0], ((StepReadiness.Refused)readiness).Refusal) : null;
        }

        var intents = judged.Select(one => records.Intent(call, one)).ToArray();
        return await queue.AppendTogetherAsync(intents) switch
        {
            null => new Prepared.Answer(Refusal.LogDown),
            [{ Status: AppendStatus.Committed }, ..] receipts => answers.Forward(call, entry, judged, [.. intents.Zip(receipts, static (intent, result) => (intent.Entry, result.Receipt))], moves),
            _ => null,
        };
    }

    /// <summary>Decisions on one state of the client; nothing is refused on an old one, and a step, which may be refused for more reasons than one, is never decided on it. Null = the consent service cannot be asked.</summary>
    private async Task<ImmutableArray<Judged>?> JudgeAsync(Call call, PreparedEntry entry, KnownClient known, CancellationToken cancellation)
    {
        var draft = entry.Draft;
        ImmutableArray<Judged> On(KnownClient state) => [.. draft.Resources.Select(resource => decider.Decide(Decider.MakeRequest(call.Asker, draft.Direction, resource.Items, draft.Labels), state))];
        var judged = On(known);
        if (known.IsFresh || (entry.Step is null && judged.All(static one => one.Decision.PermitsAll)))
        {
            return judged;
        }

        return await decider.RefreshAsync(known, cancellation) is { } fresh ? On(fresh) : null;
    }

    /// <summary>The places of the resources that may not go.</summary>
    private List<int> FindRefused(EntryDraft draft, ImmutableArray<Judged> judged, WriteRelinker links) =>
        [.. Enumerable.Range(0, judged.Length).Where(place => !judged[place].Decision.PermitsAll || drafting.HoldsMasked(draft.Resources[place], [.. judged[place].Masked], links.CanLink))];

    private async Task<Prepared> RefuseAsync(Call call, PreparedEntry entry, ImmutableArray<Judged> judged, List<int> refused, Refusal? ofNobody)
    {
        var items = judged.Select((one, place) => Refused(records.About(call, one.Known, one.Decided), refused.Contains(place)));
        if (await queue.AppendTogetherAsync([.. items]) is not [{ Status: AppendStatus.Committed }, ..])
        {
            return new Prepared.Answer(Refusal.LogDown);
        }

        var first = entry.Draft.Resources[refused[0]];
        var refusal = answers.WhyNot(call.Asker, entry.Draft, first, judged[refused[0]]);
        var isNeutral = refusal == Refusal.EntryNotPermitted;
        return new Prepared.Answer(entry.IsTransaction ? refusal with { Expression = first.Path } : isNeutral && ofNobody is not null ? ofNobody : refusal)
        {
            Repeats = isNeutral && entry.Step is null ? answers.FindRepetition(call, entry.Origin, judged[0].Known) : null,
        };
    }

    /// <summary>What may go by the decision, but cannot go now.</summary>
    private async Task<Prepared> RefuseAsync(Call call, Judged judged, Refusal refusal)
    {
        var item = records.About(call, judged.Known, judged.Decided);
        var recorded = await queue.AppendAsync(item with { Entry = item.Entry with { Outcome = refusal.Slug } });
        return new Prepared.Answer(recorded is { Status: AppendStatus.Committed } ? refusal : Refusal.LogDown);
    }

    /// <summary>What may go alone stays with the rest.</summary>
    private static AppendItem Refused(AppendItem item, bool isDenied) => isDenied ? item : item with { Entry = item.Entry with { Outcome = Records.Withheld } };
}
