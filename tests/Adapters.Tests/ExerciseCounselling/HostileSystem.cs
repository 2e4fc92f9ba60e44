// A sector system that answers whatever a test wants.
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sisote.Tests.Adapters;

/// <summary>A real HTTP server that gives one answer to everything and remembers what it was asked.</summary>
internal sealed class HostileSystem : IAsyncDisposable
{
    private readonly WebApplication app;

    private HostileSystem(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async call =>
        {
            using var reader = new StreamReader(call.Request.Body);
            Asked.Enqueue((call.Request.Path + call.Request.QueryString, call.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
            await answer(call);
        });
    }

    public ConcurrentQueue<(string Address, IReadOnlyDictionary<string, string> Headers, string Body)> Asked { get; } = new();

    public Uri Address => new(app.Urls.First() + "/");

    public static Task<HostileSystem> StartAsync(int status, string body) => StartAsync(async call =>
    {
        call.Response.StatusCode = status;
        await call.Response.WriteAsync(body);
    });

    public static async Task<HostileSystem> StartAsync(Func<HttpContext, Task> answer)
    {
        var system = new HostileSystem(answer);
        await system.app.StartAsync();
        return system;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
