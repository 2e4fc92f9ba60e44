// A subscriber's receiver.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Subscriptions;

/// <summary>Keeps every call with every header; a test can make it refuse.</summary>
public sealed class FakeReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private int waiting;

    private FakeReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public Uri Address => new(app.Urls.First() + "/notices");

    /// <summary>How it answers.</summary>
    public Func<HttpContext, int> Status { get; set; } = static _ => 200;

    /// <summary>What a call that comes now waits for before it is answered; null = nothing.</summary>
    public Task? Held { get; set; }

    /// <summary>How many calls wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Every call.</summary>
    public List<SeenRequest> Seen { get; } = [];

    /// <summary>The calls that it took.</summary>
    public List<SeenRequest> Taken { get; } = [];

    /// <summary>The numbers of the notifications that it took.</summary>
    public IEnumerable<string> Numbers => All(Taken).Where(static one => TypeOf(one) == "event-notification").Select(static one => Value(one, "events-since-subscription-start"));

    public static async Task<FakeReceiver> StartAsync()
    {
        var receiver = new FakeReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    public static string TypeOf(SeenRequest seen) => Value(seen, "type");

    /// <summary>A value of the status.</summary>
    public static string Value(SeenRequest seen, string name)
    {
        var parameter = Parameters(seen).Single(one => (string)one!["name"]! == name)!.AsObject();
        var value = parameter.Single(static member => member.Key.StartsWith("value", StringComparison.Ordinal)).Value!;
        return value is JsonObject reference ? (string)reference["reference"]! : (string)value!;
    }

    public static JsonArray Parameters(SeenRequest seen) => Some.Parse(seen.Body)["entry"]![0]!["resource"]!["parameter"]!.AsArray();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static SeenRequest[] All(List<SeenRequest> calls)
    {
        lock (calls)
        {
            return [.. calls];
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        var seen = new SeenRequest(context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString()), await new StreamReader(context.Request.Body).ReadToEndAsync());
        lock (Seen)
        {
            Seen.Add(seen);
        }

        if (Held is { } held)
        {
            Interlocked.Increment(ref waiting);
            await held;
            Interlocked.Decrement(ref waiting);
        }

        context.Response.StatusCode = Status(context);
        if (context.Response.StatusCode < 300)
        {
            lock (Taken)
            {
                Taken.Add(seen);
            }
        }
    }
}
