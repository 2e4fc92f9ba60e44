// Decides which organisations' rows may go.
using Sisote.Gateway.Access;
using Sisote.Gateway.Callers;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Network;

/// <summary>Decides for each giver alone, and puts it on record: what one may not give does not keep back what another may. An organisation without any system in the deployment gives nothing.</summary>
internal sealed class GiverDecisions(Evaluator evaluator, NetworkItems items, Deployment deployment)
{
    /// <summary>The most that one call is answered from: each is a decision and an entry of the log.</summary>
    internal const int Most = 25;

    /// <param name="context">The call.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="givers">Who would give, in the order in which they count where there are too many.</param>
    internal async Task<Given> DecideAsync(HttpContext context, Registered caller, IEnumerable<Giver> givers)
    {
        var known = givers.Distinct().Select(giver => (Giver: giver, System: SystemOf(giver.Organisation), Item: items.Find(giver.Type))).Where(static one => one is { System: not null, Item: not null }).ToArray();
        var asked = known[..Math.Min(known.Length, Most)];
        var outcomes = await Task.WhenAll(asked.Select(one => evaluator.EvaluateAsync(AskedOf(caller, one.System!, one.Item!.Value), context.TraceIdentifier, context.RequestAborted)));
        if (outcomes.OfType<Evaluated.Failed>().FirstOrDefault() is { Refusal: var failed })
        {
            return new Given(new HashSet<Giver>(), [], false, failed);
        }

        var permitted = asked.Zip(outcomes).Where(static pair => pair.Second is Evaluated.Permitted).ToArray();
        return new Given(
            permitted.Select(static pair => pair.First.Giver).ToHashSet(),
            [.. permitted.Select(static pair => ((Evaluated.Permitted)pair.Second).Receipt).OfType<string>()],
            known.Length > asked.Length);
    }

    /// <summary>The system that stands for an organisation in a decision about nobody: its first by name.</summary>
    private SystemEntry? SystemOf(OrganisationId organisation) => deployment.Systems.Where(system => system.Organisation == organisation).MinBy(static system => system.Id.Value, StringComparer.Ordinal);

    private static AskedEvaluation AskedOf(Registered caller, SystemEntry giver, DataItemId item) => new()
    {
        Asker = new Asker { System = caller.System, Business = caller.Business, Purpose = caller.Purpose, Other = giver, Attestations = [] },
        IsPerson = true,
        Actor = null,
        OtherActor = null,
        Direction = Direction.Read,
        Items = [item],
        ResourceId = "-",
        Labels = [],
        Purpose = null,
        Channel = Channel.StandingApi,
    };
}
