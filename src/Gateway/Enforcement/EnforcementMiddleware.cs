// The policy enforcement point: what a request meets between the door and the source, and back.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Enforcement;

/// <summary>
/// The enforcement path, in the order in which it happens: is there room for this caller, who asks, what is asked, may it, write the narrowed request anew, ask the source, answer. It is the
/// end of the proxy's pipeline: YARP's own forwarder behind it is never reached.
/// </summary>
#pragma warning disable CS9113 // a middleware is given what comes next; here nothing does
internal sealed class EnforcementMiddleware(RequestDelegate next, Turnstile turnstile, AskerReader askers, Preparation preparation, Answering answering, Refusing refusing)
#pragma warning restore CS9113
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var place = turnstile.Enter(context);
        if (!place.IsAcquired)
        {
            await OutcomeWriter.WriteAsync(context, Refusal.TooMany);
            return;
        }

        var system = context.GetReverseProxyFeature().Route.Config.Metadata![SourceRoutes.SystemKey];
        switch (askers.Read(context, system))
        {
            case AskerReading.Known known:
                await EnforceAsync(context, new Call(context.TraceIdentifier, known.Asker));
                return;
            case AskerReading.Refused { Refusal.Status: StatusCodes.Status403Forbidden } stranger:
                await refusing.RefuseStrangerAsync(context, stranger.Caller, system, stranger.Refusal);
                return;
            case AskerReading.Refused refused:
                await OutcomeWriter.WriteAsync(context, refused.Refusal);
                return;
        }
    }

    private async Task EnforceAsync(HttpContext context, Call call)
    {
        var prepared = await preparation.PrepareAsync(context.Request, call, context.RequestAborted);
        if (prepared is not Prepared.Forward { Exchange: var exchange, Request: var narrowed })
        {
            await answering.RefuseAsync(context, (Prepared.Answer)prepared);
            return;
        }

        await answering.AnswerAsync(context, exchange, narrowed);
    }
}
