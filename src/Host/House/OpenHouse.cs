// The rooms of one process, open.
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Sisote.Adapters;
using Sisote.Consent;
using Sisote.Doors;
using Sisote.Gateway;
using Sisote.Host.Demo;
using Sisote.Identity;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Portal;
using Sisote.Simulators;

namespace Sisote.Host.House;

/// <summary>Opens the rooms this process was told to open, each as its own application on its own port, and closes them in the opposite order.</summary>
/// <remarks>Rooms talk over HTTP also here: one path, whether they share a process or not (design.md 1).</remarks>
internal sealed class OpenHouse : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> open = [];

    private OpenHouse(HouseOptions options, RoomSettings settings)
    {
        Options = options;
        Settings = settings;
    }

    /// <summary>What the process was told.</summary>
    internal HouseOptions Options { get; }

    /// <summary>What the rooms were given.</summary>
    internal RoomSettings Settings { get; }

    /// <summary>Reads, checks and opens everything.</summary>
    /// <exception cref="StartFaultException">Something is not as it must be; nothing stays open.</exception>
    internal static async Task<OpenHouse> OpenAsync(HouseOptions options, CancellationToken cancellation)
    {
        DemoRules.Require(options);
        DataFolder.Claim(options.Data);
        var catalogue = LawAndDeployment.ReadCatalogue(options.CatalogueFolder);
        if (options.Demo)
        {
            DemoWorld.EnsureDeployment(options);
        }

        var deployment = LawAndDeployment.ReadDeployment(options.DeploymentFile, catalogue);
        if (options.Demo)
        {
            DemoWorld.EnsureKeys(options, deployment);
        }

        var house = new OpenHouse(options, MakeSettings(options, catalogue, deployment));
        try
        {
            foreach (var room in options.Rooms)
            {
                await house.OpenRoomAsync(room, cancellation);
            }

            await house.SeedAsync(cancellation);
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        for (var last = open.Count - 1; last >= 0; last--)
        {
            if (open[last] is WebApplication app)
            {
                await app.StopAsync();
            }

            await open[last].DisposeAsync();
        }

        open.Clear();
    }

    /// <summary>What rooms and commands are given.</summary>
    internal static RoomSettings MakeSettings(HouseOptions options, LegalCatalogue catalogue, Deployment deployment) => new()
    {
        Issuer = options.Address(RoomName.Identity),
        Gateway = options.Address(RoomName.Gateway),
        Portal = options.Address(RoomName.Portal),
        Consent = options.Address(RoomName.Consent),
        Adapters = options.Address(RoomName.Adapters),
        DataDirectory = options.Data,
        KeyDirectory = options.Configuration["Sisote:Keys"] ?? Path.Combine(options.Data, "keys"),
        Demo = options.Demo,
        Strict = options.Strict,
        Catalogue = catalogue,
        Deployment = deployment,
    };

    private async Task SeedAsync(CancellationToken cancellation)
    {
        if (Options.Demo && Options.Rooms.Contains(RoomName.Consent))
        {
            using var running = RunningHouse.Find(Options);
            await DemoSeed.SeedAsync(running, cancellation);
        }
    }

    private async Task OpenRoomAsync(RoomName room, CancellationToken cancellation)
    {
        try
        {
            await (room == RoomName.Simulators ? OpenSimulatorsAsync(cancellation) : OpenDoorAsync(room, cancellation));
        }
        catch (Exception fault) when (FindPortFault(fault))
        {
            throw new StartFaultException($"{Options.Listen(room)} ({room.ToString().ToLowerInvariant()}) is taken: stop what listens there, or choose other ports with --port NUMBER.", fault);
        }
    }

    private async Task OpenDoorAsync(RoomName room, CancellationToken cancellation)
    {
        var builder = RoomApplication.CreateBuilder(room.ToString().ToLowerInvariant(), Settings, Options.Configuration, Options.Listen(room));
        Add(room, builder);
        var app = builder.Build();
        open.Add(app);
        app.UseRoomDefaults();
        Map(room, app);
        await app.StartAsync(cancellation);
    }

    private async Task OpenSimulatorsAsync(CancellationToken cancellation)
    {
        var settings = new SimulatorSettings { DataDirectory = Path.Combine(Options.Data, "simulators") };
        open.Add(await SimulatorsRoom.StartAsync(SimulatorPlan.For(Settings.Deployment), settings, cancellation));
    }

    private void Add(RoomName room, WebApplicationBuilder builder)
    {
        switch (room)
        {
            case RoomName.Identity: builder.AddIdentity(Settings, IdentityOptions.From(Options.Configuration) with { Persons = Options.Demo ? DemoPersons.ForSignIn() : [], DeploymentDirectory = Path.GetDirectoryName(Options.DeploymentFile) }); break;
            case RoomName.Consent: builder.AddConsent(Settings); break;
            case RoomName.Adapters: builder.AddAdapters(Settings); break;
            case RoomName.Gateway: builder.AddGateway(Settings); break;
            case RoomName.Portal: builder.AddPortal(Settings); break;
            default: throw new ArgumentOutOfRangeException(nameof(room));
        }
    }

    private static void Map(RoomName room, WebApplication app)
    {
        switch (room)
        {
            case RoomName.Identity: app.MapIdentity(); break;
            case RoomName.Consent: app.MapConsent(); break;
            case RoomName.Adapters: app.MapAdapters(); break;
            case RoomName.Gateway: app.MapGateway(); break;
            case RoomName.Portal: app.MapPortal(); break;
            default: throw new ArgumentOutOfRangeException(nameof(room));
        }
    }

    private static bool FindPortFault(Exception fault) => fault switch
    {
        AddressInUseException => true,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => true,
        { InnerException: { } inner } => FindPortFault(inner),
        _ => false,
    };
}
