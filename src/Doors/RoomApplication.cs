// How every room's WebApplication begins, so that all behave alike at the rim.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Formatting.Compact;
using Sisote.Doors.Json;

namespace Sisote.Doors;

/// <summary>Makes a room's application: own configuration, own log output, own address; nothing is shared but the settings given.</summary>
public static class RoomApplication
{
    /// <summary>Begins a room.</summary>
    /// <param name="room">Name of the room in diagnostics, for example <c>gateway</c>.</param>
    /// <param name="settings">Addresses, law, deployment.</param>
    /// <param name="configuration">The process's configuration; the room binds its own section of it.</param>
    /// <param name="url">Where it listens, for example <c>http://127.0.0.1:0</c>.</param>
    public static WebApplicationBuilder CreateBuilder(string room, RoomSettings settings, IConfiguration configuration, string url)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(RoomApplication).Assembly.GetName().Name,
            Args = ["--hostBuilder:reloadConfigOnChange=false"], // no file watcher for each room: a machine has few of them
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(configuration.AsEnumerable()); // a copy: what this room sets (its address) must not reach the other rooms
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseConsoleLifetime(static console => console.SuppressStatusMessages = true);
        builder.Services.AddSerilog((_, log) => ConfigureLog(log, configuration, room), preserveStaticLogger: true); // else every room writes to the log of the room opened last
        builder.Services.AddTransient<IStartupFilter, RimFilter>();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Catalogue);
        builder.Services.AddSingleton(settings.Deployment);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpClient();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(static json => SisoteJson.Apply(json.SerializerOptions));
        return builder;
    }

    /// <summary>What every room answers. (What stands at its rim, a correlation id and one handler for what nobody expected, <see cref="CreateBuilder"/> has set up.)</summary>
    public static void UseRoomDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/health/live", static () => TypedResults.Ok()).AllowAnonymous();
    }

    private static void ConfigureLog(LoggerConfiguration log, IConfiguration configuration, string room)
    {
        log.MinimumLevel.Is(Enum.TryParse<Serilog.Events.LogEventLevel>(configuration["Sisote:LogLevel"], true, out var level) ? level : Serilog.Events.LogEventLevel.Warning)
            .MinimumLevel.Override("OpenIddict", Serilog.Events.LogEventLevel.Warning) // below, it writes out requests and the claims of tokens
            .MinimumLevel.Override("Microsoft.AspNetCore", Serilog.Events.LogEventLevel.Warning) // below, addresses: a caller may have put a personal identity code there
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", Serilog.Events.LevelAlias.Off) // else every call gets an activity and a scope, with its address, in every line
            .MinimumLevel.Override("System.Net.Http", Serilog.Events.LogEventLevel.Warning)
            .MinimumLevel.Override("Yarp", Serilog.Events.LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", Serilog.Events.LogEventLevel.Fatal) // what cannot open is said once, by Host
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", Serilog.Events.LogEventLevel.Error) // warns of the no-store that every page has
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", Serilog.Events.LogEventLevel.Error) // warns of key files, which docs/operating.md speaks of
            .Enrich.WithProperty("Room", room);
        if (configuration["Sisote:LogFile"] is { Length: > 0 } file)
        {
            log.WriteTo.File(new CompactJsonFormatter(), file, shared: true);
        }
        else
        {
            log.WriteTo.Console(new CompactJsonFormatter(), standardErrorFromLevel: Serilog.Events.LogEventLevel.Verbose); // stdout is for data
        }
    }
}
