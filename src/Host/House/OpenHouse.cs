// The rooms of one process, open.
using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Sisote.Adapters;
using Sisote.Adapters.Sources;
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
    private readonly HouseLock held;

    private OpenHouse(HouseOptions options, (RoomSettings Settings, DemoPersons Persons) read, HouseLock held)
    {
        Options = options;
        (Settings, Persons) = read;
        this.held = held;
    }

    /// <summary>What the process was told.</summary>
    internal HouseOptions Options { get; }

    /// <summary>What the rooms were given.</summary>
    internal RoomSettings Settings { get; }

    /// <summary>Who can sign in to the demonstration; nobody outside it.</summary>
    internal DemoPersons Persons { get; }

    /// <summary>Reads, checks and opens everything.</summary>
    /// <exception cref="StartFaultException">Something is not as it must be; nothing stays open.</exception>
    /// <param name="options">What to open.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="fresh">Whether the data of earlier runs is removed first; nothing is removed where the start would fail anyway.</param>
    internal static async Task<OpenHouse> OpenAsync(HouseOptions options, CancellationToken cancellation, bool fresh = false)
    {
        DemoRules.Require(options, fresh);
        if (fresh)
        {
            DataFolder.RequireOwn(options.Data);
        }

        var held = HouseLock.Take(options, everything: fresh);
        try
        {
            var house = new OpenHouse(options, Prepare(options, fresh), held);
            await house.OpenRoomsAsync(cancellation);
            return house;
        }
        catch
        {
            held.Dispose();
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
        held.Dispose();
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

    /// <summary>Checks all that can be checked before anything is written, then writes what the first start needs.</summary>
    private static (RoomSettings Settings, DemoPersons Persons) Prepare(HouseOptions options, bool fresh)
    {
        var catalogue = LawAndDeployment.ReadCatalogue(options.CatalogueFolder);
        var deployment = LawAndDeployment.ReadDeploymentOrDemo(options, catalogue, anew: fresh && options.OwnsDeployment);
        var settings = MakeSettings(options, catalogue, deployment);
        var persons = options.Demo ? DemoPersons.Read(options, catalogue, deployment, anew: fresh) : DemoPersons.None;
        if (options.Rooms.Contains(RoomName.Adapters))
        {
            DeploymentCheck.Require(options.DeploymentFile, settings);
        }

        DeploymentCheck.RequireSoundKeys(options.DeploymentFile, deployment);
        DoorPlan.RequireFree(options, deployment);
        foreach (var kept in fresh ? DataFolder.Clear(options, TimeProvider.System.GetUtcNow()) : [])
        {
            Console.Error.WriteLine($"{(Path.GetFileName(kept).StartsWith(HouseOptions.PersonsName, StringComparison.Ordinal) ? "The file of persons" : "The deployment file")} was changed by hand: it is kept as {kept}.");
        }

        DataFolder.Claim(options.Data);
        if (options.Demo)
        {
            DemoWorld.EnsureFiles(options);
            DemoWorld.EnsureKeys(options, deployment);
        }

        return (settings, persons);
    }

    private async Task OpenRoomsAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var room in Options.Rooms)
            {
                await OpenRoomAsync(room, cancellation);
            }

            await SeedAsync(cancellation);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

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
        catch (Exception fault) when (fault is not (OperationCanceledException or StartFaultException) && !cancellation.IsCancellationRequested)
        {
            throw new StartFaultException(Explain(room, fault), fault);
        }
    }

    private string Explain(RoomName room, Exception fault) => fault switch
    {
        ConsentStartException or AdapterSettingsException => fault.Message,
        _ when FindPortFault(fault) => $"{Options.Listen(room)} ({room.ToString().ToLowerInvariant()}) is taken: stop what listens there, or choose other ports with --port NUMBER.",
        DbException when room == RoomName.Identity => $"The identity room cannot use its database ({fault.Message}): check Sisote:Identity:PostgreSql; without it, remove identity.db from {Options.Data}, it is made anew and people sign in again.",
        _ => $"The room {room.ToString().ToLowerInvariant()} cannot open: {fault.Message}",
    };

    private async Task OpenDoorAsync(RoomName room, CancellationToken cancellation)
    {
        var builder = RoomApplication.CreateBuilder(room.ToString().ToLowerInvariant(), Settings, Options.Configuration, Options.Listen(room));
        Add(room, builder);
        var app = builder.Build();
        try
        {
            app.UseRoomDefaults();
            Map(room, app);
            await app.StartAsync(cancellation);
        }
        catch
        {
            await app.DisposeAsync(); // one that did not start cannot be stopped
            throw;
        }

        open.Add(app);
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
            case RoomName.Identity: builder.AddIdentity(Settings, IdentityOptions.From(Options.Configuration) with { Persons = Persons.ForSignIn(), DeploymentDirectory = Path.GetDirectoryName(Options.DeploymentFile) }); break;
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
