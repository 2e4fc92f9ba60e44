// What a caller of a data door hears of a fault that nobody expected.
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using Sisote.Gateway.Access;
using Sisote.Gateway.Network;
using Sisote.Gateway.Outbox;

namespace Sisote.Gateway.Answers;

/// <summary>
/// Keeps every answer below <c>/fhir</c> of one shape, and every answer below <c>/access</c> and <c>/network</c> of another: unexpected faults, missing tokens and unknown addresses are OperationOutcomes or
/// problem documents too.
/// </summary>
internal sealed class FaultAnswer(ILogger<FaultAnswer> log) : IExceptionHandler
{
    private static readonly PathString[] Doors = ["/fhir", EntryStatusAnswer.Path];

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        Log.Unexpected(log, exception.GetType().Name, httpContext.TraceIdentifier);
        await (AccessAnswers.IsAt(httpContext) ? AccessAnswers.RefuseAsync(httpContext, Refusal.Fault) : OutcomeWriter.WriteAsync(httpContext, Refusal.Fault));
        return true;
    }

    /// <summary>Gives a status without a body its outcome.</summary>
    internal static async Task FillAsync(HttpContext context)
    {
        var isAccess = AccessAnswers.IsAt(context);
        if (!isAccess && !Array.Exists(Doors, door => context.Request.Path.StartsWithSegments(door, StringComparison.Ordinal)))
        {
            return;
        }

        var challenge = context.Response.Headers.WWWAuthenticate;
        var refusal = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => Refusal.NotSignedIn,
            StatusCodes.Status403Forbidden => Refusal.NotConnected,
            StatusCodes.Status404NotFound => Refusal.NotServed,
            StatusCodes.Status405MethodNotAllowed => Refusal.MethodNotAllowed(NetworkEndpoints.IsAt(context) ? NetworkEndpoints.Methods : isAccess ? "POST" : context.Request.Path.StartsWithSegments(EntryStatusAnswer.Path, StringComparison.Ordinal) ? "DELETE, GET" : "GET, POST"),
            _ => Refusal.Malformed,
        };
        await (isAccess ? AccessAnswers.RefuseAsync(context, refusal, KeepChallenge) : OutcomeWriter.WriteAsync(context, refusal, KeepChallenge));

        void KeepChallenge(IHeaderDictionary headers)
        {
            if (challenge.Count > 0)
            {
                headers[HeaderNames.WWWAuthenticate] = challenge;
            }
        }
    }
}
