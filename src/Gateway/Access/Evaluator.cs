// Decides one evaluation and puts it on record before it is answered.
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Recording;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Access;

/// <summary>
/// Finds the client, decides, records, answers: in this order. A permit that the log does not take is no permit; if the log finds that the decision's ground moved, everything is decided
/// again.
/// </summary>
internal sealed class Evaluator(LegalCatalogue catalogue, Decider decider, ClientStates states, HandleRing handles, EvaluationRecords records, AppendQueue queue)
{
    private const int MostRounds = 3;
    private const string AboutNobody = "S0";

    internal async Task<Evaluated> EvaluateAsync(AskedEvaluation asked, string correlationId, CancellationToken cancellation)
    {
        var call = new Call(correlationId, asked.Asker);
        var isAboutNobody = asked.Items.All(item => catalogue.Items.GetValueOrDefault(item)?.Sensitivity == AboutNobody);
        var (isReachable, known) = await FindAsync(asked, isAboutNobody, cancellation);
        if (!isReachable)
        {
            return new Evaluated.Failed(Refusal.LogDown);
        }

        return known is null
            ? await RecordDenialAsync(records.Unknown(call, asked))
            : await DecideAsync(call, asked, known, isAboutNobody, cancellation);
    }

    /// <summary>Records a refusal that concerns no client that is known, and gives it back.</summary>
    internal async Task<Evaluated> RefuseAsync(Refusal refusal, SystemId? caller, string correlationId)
    {
        var isRecorded = await queue.AppendAsync(records.Stranger(correlationId, caller, refusal.Slug)) is { Status: AppendStatus.Committed };
        return new Evaluated.Failed(isRecorded ? refusal : Refusal.LogDown);
    }

    private async Task<Evaluated> DecideAsync(Call call, AskedEvaluation asked, KnownClient known, bool isAboutNobody, CancellationToken cancellation)
    {
        var request = asked.ToRequest();
        for (var round = 1; round <= MostRounds; round++)
        {
            if (await decider.DecideAsync(request, known, cancellation) is not { } judged)
            {
                return new Evaluated.Failed(Refusal.LogDown);
            }

            // A permit less masked elements is none here: this door carries no data and cannot mask, and to tell what is masked would tell why.
            if (!judged.Decision.PermitsAll || judged.Masked.Any())
            {
                return await RecordDenialAsync(records.Deny(call, judged, isAboutNobody));
            }

            var result = await queue.AppendAsync(records.Permit(call, asked, judged, isAboutNobody));
            if (result is { Status: AppendStatus.Committed })
            {
                return new Evaluated.Permitted(result.Receipt, judged.Decision.Obligations);
            }

            if (result is null || await decider.RefreshAsync(known, CancellationToken.None) is not { } fresh)
            {
                return new Evaluated.Failed(Refusal.LogDown);
            }

            known = fresh;
        }

        return new Evaluated.Failed(Refusal.StateChanging);
    }

    private async Task<Evaluated> RecordDenialAsync(AppendItem record) =>
        await queue.AppendAsync(record) is { Status: AppendStatus.Committed } ? new Evaluated.Denied() : new Evaluated.Failed(Refusal.LogDown);

    /// <summary>The client: by national identifier or by the caller's own handle; null where the words lead to nobody. Data about nobody rest on the agreements alone.</summary>
    private async Task<(bool IsReachable, KnownClient? Known)> FindAsync(AskedEvaluation asked, bool isAboutNobody, CancellationToken cancellation)
    {
        if (isAboutNobody || Hetu.TryParse(asked.ResourceId, out _))
        {
            var hetu = isAboutNobody ? ReadPreparation.Nobody : Hetu.Parse(asked.ResourceId);
            var found = await states.FindAsync(hetu, cancellation);
            return (found is not null, found);
        }

        if (handles.For(asked.Asker.System.Id).ReadClient(asked.ResourceId) is not { } client)
        {
            return (true, null);
        }

        var known = await states.FindAsync(client, cancellation);
        return (known is not null, known);
    }
}
