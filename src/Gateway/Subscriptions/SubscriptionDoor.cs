// Where a connected system subscribes, looks and ends.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Outbox;

namespace Sisote.Gateway.Subscriptions;

/// <summary><c>/fhir/{system}/Subscription</c>: for each system its own; of others' there is nothing here. No answer depends on the client: nobody is asked about before the subscription runs.</summary>
internal static class SubscriptionDoor
{
    private const string Path = "/fhir/{system}/Subscription";

    internal static void MapSubscriptions(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup(string.Empty).RequireAuthorization(TokenDoor.Exchange).AddEndpointFilter(EntryStatusDoor.EnterAsync);
        door.MapPost(Path, (string system, HttpContext context, [FromServices] SubscriptionDesk desk) => desk.SubscribeAsync(context, system));
        door.MapGet(Path, (string system, HttpContext context, [FromServices] SubscriptionDesk desk) => desk.ListAsync(context, system));
        door.MapGet(Path + "/{id}", (string system, string id, HttpContext context, [FromServices] SubscriptionDesk desk) => desk.ShowAsync(context, system, id));
        door.MapDelete(Path + "/{id}", (string system, string id, HttpContext context, [FromServices] SubscriptionDesk desk) => desk.EndAsync(context, system, id));
    }
}

/// <summary>Lets in whom the deployment connects to the system, as the enforcement point does.</summary>
internal sealed class SubscriptionCallers(AskerReader askers, Refusing refusing)
{
    /// <summary>The caller; null where it was answered.</summary>
    internal async Task<Asker?> AdmitAsync(HttpContext context, string system)
    {
        switch (askers.Read(context, system))
        {
            case AskerReading.Known { Asker: var asker }:
                return asker;
            case AskerReading.Refused { Refusal.Status: StatusCodes.Status403Forbidden } stranger when Policy.Ids.SystemId.TryParse(system, out _):
                await refusing.RefuseStrangerAsync(context, stranger.Caller, system, stranger.Refusal);
                return null;
            case AskerReading.Refused refused:
                await OutcomeWriter.WriteAsync(context, refused.Refusal);
                return null;
            default:
                await OutcomeWriter.WriteAsync(context, Refusal.NotConnected);
                return null;
        }
    }
}
