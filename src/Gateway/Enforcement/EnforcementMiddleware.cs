// The policy enforcement point: what a request meets between the door and the forwarder.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Enforcement;

/// <summary>
/// The enforcement path, in the order in which it happens: who asks, what is asked, may it, write the narrowed request anew, forward. The answer comes back through
/// <see cref="AnswerTransform"/>; what the forwarder could not deliver ends here.
/// </summary>
internal sealed class EnforcementMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, AskerReader askers, Preparation preparation, SourceToken token, SourceFaults faults, Refusing refusing)
    {
        var system = context.GetReverseProxyFeature().Route.Config.Metadata![SourceRoutes.SystemKey];
        switch (askers.Read(context, system))
        {
            case AskerReading.Known known:
                await EnforceAsync(context, new Call(context.TraceIdentifier, known.Asker), preparation, token, faults);
                return;
            case AskerReading.Refused { Refusal.Status: StatusCodes.Status403Forbidden } stranger:
                await refusing.RefuseStrangerAsync(context, stranger.Caller, system, stranger.Refusal);
                return;
            case AskerReading.Refused refused:
                await OutcomeWriter.WriteAsync(context, refused.Refusal);
                return;
        }
    }

    private async Task EnforceAsync(HttpContext context, Call call, Preparation preparation, SourceToken token, SourceFaults faults)
    {
        var prepared = await preparation.PrepareAsync(context.Request, call, context.RequestAborted);
        if (prepared is not Prepared.Forward { Exchange: var exchange, Request: var narrowed })
        {
            await OutcomeWriter.WriteAsync(context, ((Prepared.Answer)prepared).Refusal);
            return;
        }

        if (await token.GetAsync(context.RequestAborted) is not { } bearer)
        {
            await faults.SettleAsync(context, exchange, wasSent: false);
            return;
        }

        context.Features.Set(exchange);
        narrowed.Replace(context, bearer);
        await next(context);
        await faults.SettleAsync(context, exchange, wasSent: true);
    }
}
