// The doors at which identities are merged and parted.
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Review;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Clients.Merging;

/// <summary><c>POST /clients/merge</c>, <c>POST /clients/unmerge</c></summary>
internal static class MergeEndpoints
{
    public static void MapMerging(this IEndpointRouteBuilder app)
    {
        app.MapPost("/clients/merge", MergeAsync).RequireAuthorization(Admission.FactTellers);
        app.MapPost("/clients/unmerge", UnmergeAsync).RequireAuthorization(Admission.Operator);
    }

    private static async Task<IResult> MergeAsync(MergeClients command, HttpContext context, MergeLife life, Deployment deployment, [FromServices] NoteSigner signer)
    {
        if (!Hetu.TryParse(command.Prior, out var prior))
        {
            return Problems.InvalidRequest("prior", "A national identifier of 11 characters.");
        }

        if (!Hetu.TryParse(command.Surviving, out var surviving))
        {
            return Problems.InvalidRequest("surviving", "A national identifier of 11 characters.");
        }

        if (command.Kind is not (MergeClients.Merged or MergeClients.Corrected))
        {
            return Problems.InvalidRequest("kind", $"{MergeClients.Merged} or {MergeClients.Corrected}.");
        }

        var caller = LogReads.PartyOf(context.GetCaller());
        var source = command.Source is { } named ? deployment.FindSystem(named) : null;
        if (command.Source is not null && source is null)
        {
            return Problems.InvalidRequest("source", "A connected system, or nothing.");
        }

        var from = source is null ? caller : new LogParty { Organisation = source.Organisation, System = source.Id };
        var telling = new MergeTelling(prior, surviving, command.Kind, from.System!.Value, from, context.TraceIdentifier) { MustKnowBoth = caller.System != InnerSystems.Operator };
        return Answer(await life.MergeAsync(telling), signer);
    }

    private static async Task<IResult> UnmergeAsync(UnmergeClients command, HttpContext context, UnmergeLife life, [FromServices] NoteSigner signer) => Hetu.TryParse(command.Prior, out var prior)
        ? Answer(await life.UndoAsync(prior, LogReads.PartyOf(context.GetCaller()), context.TraceIdentifier), signer)
        : Problems.InvalidRequest("prior", "A national identifier of 11 characters.");

    private static IResult Answer(MergeOutcome outcome, NoteSigner signer) => outcome switch
    {
        MergeOutcome.Done done => TypedResults.Ok(new ClientsMerged { Id = done.Id, Revision = done.Revision, Receipt = done.Logged.Receipt(signer) }),
        MergeOutcome.Itself => Problems.MergeWithItself(),
        MergeOutcome.Circle => Problems.MergeInCircle(),
        MergeOutcome.Already => Problems.MergedAlready(),
        MergeOutcome.Elsewhere => Problems.MergedElsewhere(),
        MergeOutcome.Stranger => Problems.MergeOfStrangers(),
        MergeOutcome.NotMerged => Problems.NotMerged(),
        _ => throw new InvalidOperationException($"{outcome} is no outcome."),
    };
}
