// Decides on an entry and records the intent.
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Recording;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Entries;

/// <summary>Record before sending: the intent stands in the log, with the state it relied on, before the target hears of the entry.</summary>
internal sealed class WriteDecision(Decider decider, Records records, AppendQueue queue, EntryDrafting drafting, EntryAnswers answers)
{
    private const int MostRounds = 3;

    /// <summary>Refuses an entry for a reason that has nothing to do with its client.</summary>
    internal async Task<Prepared> RefuseByLawAsync(Call call, Refusal refusal)
    {
        var recorded = await queue.AppendAsync(new AppendItem { Entry = records.Refusal(call, Direction.Write, refusal.Slug) });
        return new Prepared.Answer(recorded is { Status: AppendStatus.Committed } ? refusal : Refusal.LogDown);
    }

    /// <summary>Decides on every item of the entry together; one denial refuses all of it.</summary>
    internal async Task<Prepared> DecideAsync(Call call, PreparedEntry entry, WriteRelinker links, CancellationToken cancellation)
    {
        var (draft, known) = (entry.Draft, entry.Known);
        var request = Decider.MakeRequest(call.Asker, draft.Direction, draft.Items, draft.Labels);
        for (var round = 1; round <= MostRounds; round++)
        {
            if (await decider.DecideAsync(request, known, cancellation) is not { } judged)
            {
                return new Prepared.Answer(Refusal.LogDown);
            }

            if (!judged.Decision.PermitsAll || drafting.HoldsMasked(draft, [.. judged.Masked], links.CanLink))
            {
                return await RefuseAsync(call, judged, answers.WhyNot(call.Asker, draft, judged));
            }

            var intent = records.Intent(call, judged);
            var result = await queue.AppendAsync(intent);
            if (result is { Status: AppendStatus.Committed })
            {
                return answers.Forward(call, entry, judged, intent.Entry, result.Receipt);
            }

            if (result is null || await decider.RefreshAsync(known, cancellation) is not { } fresh)
            {
                return new Prepared.Answer(Refusal.LogDown);
            }

            known = fresh;
        }

        return new Prepared.Answer(Refusal.StateChanging);
    }

    private async Task<Prepared> RefuseAsync(Call call, Judged judged, Refusal refusal)
    {
        var item = records.About(call, judged.Known, judged.Decided); // its outcome is "denied" unless something else is said
        var recorded = await queue.AppendAsync(item);
        return new Prepared.Answer(recorded is { Status: AppendStatus.Committed } ? refusal : Refusal.LogDown);
    }
}
