// One id per call, on every answer and in every record.
using Microsoft.AspNetCore.Http;

namespace Sisote.Doors;

/// <summary>
/// Gives every call a correlation id of our own making (a caller's id is never trusted to be free of personal data) and returns it in <c>X-Request-Id</c>, unless the door's protocol
/// wants the caller's own id there.
/// </summary>
public sealed class CorrelationMiddleware(RequestDelegate next)
{
    /// <summary>The answer's header.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>Runs the call under a fresh id.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.TraceIdentifier = Guid.CreateVersion7().ToString("N");
        context.Response.OnStarting(static state =>
        {
            var call = (HttpContext)state;
            call.Response.Headers.TryAdd(Header, call.TraceIdentifier);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
