// The rim: a database that does not answer becomes a 503.
using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Sisote.Consent.Fhir;
using Sisote.Consent.Keeping;

namespace Sisote.Consent;

/// <summary>Turns a log or database that is not there into a problem with <c>Retry-After</c>. Everything else that nobody expected stays a plain 500.</summary>
internal sealed class Faults : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            LogUnavailableException { Busy: true } => Problems.LogBusy(),
            LogUnavailableException => Problems.LogUnavailable(),
            DbException => Problems.StoreUnavailable(),
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        httpContext.Response.Headers.RetryAfter = "1";
        await (httpContext.Request.Path.StartsWithSegments("/fhir", StringComparison.Ordinal) ? FhirAnswers.Problem(problem) : problem).ExecuteAsync(httpContext);
        return true;
    }
}
