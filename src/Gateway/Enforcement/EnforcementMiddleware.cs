// The policy enforcement point: what a request meets between the door and the forwarder.
using Sisote.Doors.Tokens;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Policy.Requests;
using Yarp.ReverseProxy.Forwarder;

namespace Sisote.Gateway.Enforcement;

/// <summary>
/// The enforcement path, in the order in which it happens: who asks, what is asked, may it, write the narrowed request anew, forward. The answer comes back through
/// <see cref="Release.ReleaseTransform"/>; what the forwarder could not deliver ends here.
/// </summary>
internal sealed class EnforcementMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, AskerReader askers, Preparation preparation, SourceToken token, SourceFaults faults)
    {
        var system = context.GetReverseProxyFeature().Route.Config.Metadata![SourceRoutes.SystemKey];
        if (askers.Read(context, system) is not AskerReading.Known { Asker: var asker })
        {
            var refusal = ((AskerReading.Refused)askers.Read(context, system)).Refusal;
            await OutcomeWriter.WriteAsync(context, refusal);
            return;
        }

        var call = new Call(context.TraceIdentifier, asker);
        switch (await preparation.PrepareAsync(context.Request, call, context.RequestAborted))
        {
            case Prepared.Answer answer:
                await OutcomeWriter.WriteAsync(context, answer.Refusal);
                return;
            case Prepared.Forward forward when await token.GetAsync(context.RequestAborted) is { } bearer:
                context.Features.Set(forward.Exchange);
                forward.Request.Replace(context, bearer);
                await next(context);
                await faults.SettleAsync(context, forward.Exchange);
                return;
            case Prepared.Forward forward:
                await faults.SettleAsync(context, forward.Exchange);
                return;
        }
    }
}
