// The process that is measured: plain YARP and the gateway side by side.
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Gateway;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Recording;
using Sisote.Tests.Gateway.World;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>Opens the contenders and answers questions about the process on standard input, one word a line, until it closes.</summary>
internal static class Contenders
{
    /// <summary>Runs with issuer, source, consent rooms (<c>-</c> = the log stand-in) and a folder for keys; prints each contender's address.</summary>
    internal static async Task RunAsync(string[] arguments)
    {
        var (issuer, source, folder) = (new Uri(arguments[0]), new Uri(arguments[1]), arguments[2]);
        List<WebApplication> open = [await OpenYarpAsync(source)];
        foreach (var consent in arguments[3..])
        {
            open.Add(await OpenGatewayAsync(issuer, source, folder, consent == "-" ? null : new Uri(consent)));
        }

        Console.WriteLine(string.Join(' ', open.Select(static app => app.Urls.First())));
        while (await Console.In.ReadLineAsync() is { } word)
        {
            if (word == "collect")
            {
                GC.Collect();
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalAllocatedBytes(precise: true)} {Environment.WorkingSet} {GC.GetTotalMemory(forceFullCollection: false)} {Environment.CpuUsage.TotalTime.Ticks}"));
        }
    }

    private static async Task<WebApplication> OpenYarpAsync(Uri source)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "record", ClusterId = "record", Match = new RouteMatch { Path = "/fhir/pohjois-savo-record/{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "record",
                    HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(20), Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
                    Destinations = new Dictionary<string, DestinationConfig> { ["source"] = new() { Address = source.AbsoluteUri } },
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        return app;
    }

    private static async Task<WebApplication> OpenGatewayAsync(Uri issuer, Uri source, string folder, Uri? consent)
    {
        SystemKey.Ensure(folder, InnerSystems.Gateway.Value);
        var settings = new RoomSettings
        {
            Issuer = issuer,
            Gateway = new Uri("http://gateway.test/"),
            Portal = new Uri("http://portal.test/"),
            Consent = consent ?? new Uri("http://consent.test/"),
            Adapters = source,
            DataDirectory = folder,
            KeyDirectory = folder,
            Catalogue = GatewayWorld.Catalogue,
            Deployment = Some.Deployment,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Sisote:LogFile"] = Path.Combine(folder, "diagnostics.log") }).Build();
        var builder = RoomApplication.CreateBuilder("gateway", settings, configuration, "http://127.0.0.1:0");
        builder.AddGateway(settings);
        if (consent is null)
        {
            builder.Services.AddHttpClient(ConsentApi.HttpName).ConfigurePrimaryHttpMessageHandler(static () => new OneClient());
            builder.Services.AddSingleton<AppendQueue, InstantLog>();
        }

        var app = builder.Build();
        app.UseRoomDefaults();
        app.MapGateway();
        await app.StartAsync();
        return app;
    }
}
