// A product that is reached over HTTP.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>A real HTTP server; what it answers is its kind's matter.</summary>
internal abstract class HttpTarget(int seed, int each) : ChanceTarget(seed, each)
{
    private WebApplication? app;

    /// <inheritdoc />
    public override int Port => new Uri(app!.Urls.First()).Port;

    /// <inheritdoc />
    public override async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        Map(app);
        await app.StartAsync();
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Maps its addresses.</summary>
    protected abstract void Map(WebApplication app);

    /// <summary>What was sent.</summary>
    protected static async Task<JsonObject> ReadAsync(HttpRequest call) => (JsonObject)(await JsonNode.ParseAsync(call.Body))!;

    /// <summary>An answer.</summary>
    protected static IResult Json(JsonNode body, int status = 200, string type = "application/json") => Results.Text(body.ToJsonString(), type, statusCode: status);
}
