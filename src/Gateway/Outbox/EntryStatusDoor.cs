// Where the sender of a waiting entry looks, and takes it back.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Outbox;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;

namespace Sisote.Gateway.Outbox;

/// <summary><c>GET /outbox/{id}</c> and <c>DELETE /outbox/{id}</c>: for the system that sent the entry; for any other there is nothing.</summary>
internal static class EntryStatusDoor
{
    internal static void MapEntryStatus(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup(EntryStatusAnswer.Path).RequireAuthorization(TokenDoor.Exchange).AddEndpointFilter(EnterAsync);
        door.MapGet("/{id}", ShowAsync);
        door.MapDelete("/{id}", CancelAsync);
    }

    /// <summary>Whoever looks takes a place like everybody who asks for anything.</summary>
    internal static async ValueTask<object?> EnterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        using var place = call.HttpContext.RequestServices.GetRequiredService<Turnstile>().Enter(call.HttpContext);
        if (place.IsAcquired)
        {
            return await next(call);
        }

        await OutcomeWriter.WriteAsync(call.HttpContext, Refusal.TooMany);
        return Results.Empty;
    }

    private static async Task ShowAsync(string id, HttpContext context, [FromServices] OutboxApi outbox, [FromServices] OutboxSeal seal, [FromServices] EntryStatusAnswer answer)
    {
        switch (await FindAsync(id, context, outbox))
        {
            case (false, _):
                await OutcomeWriter.WriteAsync(context, Refusal.LogDown);
                return;
            case (_, null):
                await OutcomeWriter.WriteAsync(context, Refusal.NotFound);
                return;
            case (_, { EndedAt: null } open):
                await answer.WaitsAsync(context, id, open.State, []);
                return;
            case (_, { } ended):
                await EntryStatusAnswer.EndedAsync(context, ended.State, ended.Answer is { } kept ? seal.OpenAnswer(kept, id) : EntryEnds.AnswerOf(Refusal.EntryCancelled)); // only what was taken back ends before the log knows
                return;
        }
    }

    private static async Task CancelAsync(string id, HttpContext context, [FromServices] OutboxApi outbox)
    {
        var (isReachable, entry) = await FindAsync(id, context, outbox);
        var cancelled = entry is null ? false : entry.State == OutboxState.Cancelled ? true : await outbox.CancelAsync(id);
        await ((isReachable, entry, cancelled) switch
        {
            (false, _, _) or (_, not null, null) => OutcomeWriter.WriteAsync(context, Refusal.LogDown),
            (_, null, _) => OutcomeWriter.WriteAsync(context, Refusal.NotFound),
            (_, _, true) => EntryStatusAnswer.CancelledAsync(context),
            _ => OutcomeWriter.WriteAsync(context, Refusal.TooLateToCancel),
        });
    }

    private static async Task<(bool IsReachable, OutboxEntry? Entry)> FindAsync(string id, HttpContext context, OutboxApi outbox)
    {
        if (!Entries.WritePreparation.IsKey(id) || id.Contains('/', StringComparison.Ordinal) || context.GetCaller() is not Caller.System { Id: var caller })
        {
            return (true, null);
        }

        var (isReachable, entry) = await outbox.FindAsync(Uri.EscapeDataString(id), context.RequestAborted);
        return (isReachable, entry?.Sender == caller ? entry : null);
    }
}
