// What a caller of the FHIR door hears of a fault that nobody expected.
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Sisote.Gateway.Answers;

/// <summary>Keeps every answer below <c>/fhir</c> of one shape: unexpected faults, missing tokens and unknown addresses are OperationOutcomes too.</summary>
internal sealed class FaultAnswer(ILogger<FaultAnswer> log) : IExceptionHandler
{
    private static readonly PathString Door = "/fhir";

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        Log.Unexpected(log, exception.GetType().Name, httpContext.TraceIdentifier);
        await OutcomeWriter.WriteAsync(httpContext, Refusal.Fault);
        return true;
    }

    /// <summary>Gives a status without a body its outcome.</summary>
    internal static async Task FillAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Door, StringComparison.Ordinal))
        {
            return;
        }

        var challenge = context.Response.Headers.WWWAuthenticate;
        var refusal = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => Refusal.NotSignedIn,
            StatusCodes.Status403Forbidden => Refusal.NotConnected,
            StatusCodes.Status404NotFound => Refusal.NotServed,
            StatusCodes.Status405MethodNotAllowed => Refusal.MethodNotAllowed("GET, POST"),
            _ => Refusal.Malformed,
        };
        await OutcomeWriter.WriteAsync(context, refusal, headers =>
        {
            if (challenge.Count > 0)
            {
                headers[HeaderNames.WWWAuthenticate] = challenge;
            }
        });
    }
}
