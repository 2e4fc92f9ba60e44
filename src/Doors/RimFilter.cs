// Puts the rim around everything a room does.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Sisote.Doors;

/// <summary>Correlation id and exception handler, outside authentication and authorization (which a WebApplication otherwise runs before any middleware of ours).</summary>
internal sealed class RimFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<CorrelationMiddleware>();
        app.UseExceptionHandler();
        next(app);
    };
}
