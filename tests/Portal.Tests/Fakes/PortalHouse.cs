// The real portal on a free port, with fakes only beyond its edges.
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Portal;

namespace Sisote.Tests.Portal;

internal sealed class PortalHouse : IAsyncDisposable
{
    private WebApplication? app;

    private PortalHouse(string folder, FakeAuthority authority, FakeConsent consent, FakeGateway gateway) => (Folder, Authority, Consent, Gateway) = (folder, authority, consent, gateway);

    internal string Folder { get; }

    internal FakeAuthority Authority { get; }

    internal FakeConsent Consent { get; }

    internal FakeGateway Gateway { get; }

    internal ShiftedClock Clock { get; } = new();

    internal Uri Address => new(app!.Urls.First() + "/");

    internal static async Task<PortalHouse> StartAsync(Persona? person = null)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-portal-").FullName;
        var keys = Path.Combine(folder, "keys");
        SystemKey.Ensure(keys, InnerSystems.Portal.Value);
        SystemKey.Ensure(keys, "kuopio-portal");
        var authority = await FakeAuthority.StartAsync(keys);
        authority.Person = person ?? Persona.Aino;
        var house = new PortalHouse(folder, authority, await FakeConsent.StartAsync(authority), await FakeGateway.StartAsync(authority));
        await File.WriteAllTextAsync(Path.Combine(keys, "consent.log.vkey"), house.Consent.Log.PublicKey + "\n");
        await house.OpenAsync();
        return house;
    }

    /// <summary>Closes the portal and opens it anew on the same folder and port, as after a restart; on a free port where no browser has to find it again.</summary>
    internal async Task RestartAsync(bool elsewhere = false)
    {
        var address = elsewhere ? "http://127.0.0.1:0" : Address.GetLeftPart(UriPartial.Authority);
        await app!.DisposeAsync();
        await OpenAsync(address);
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        await Gateway.DisposeAsync();
        await Consent.DisposeAsync();
        await Authority.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task OpenAsync(string url = "http://127.0.0.1:0")
    {
        var settings = new RoomSettings
        {
            Issuer = Authority.Address,
            Gateway = Gateway.Address,
            Portal = new Uri("http://127.0.0.1/"),
            Consent = Consent.Address,
            Adapters = new Uri("http://127.0.0.1:1/"),
            DataDirectory = Folder,
            KeyDirectory = Path.Combine(Folder, "keys"),
            Demo = true,
            Catalogue = World.Catalogue,
            Deployment = World.Deployment,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sisote:LogFile", Path.Combine(Folder, "log.txt")), new("Sisote:LogLevel", "Verbose")]).Build();
        var builder = RoomApplication.CreateBuilder("portal", settings, configuration, url);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddPortal(settings);
        app = builder.Build();
        app.UseRoomDefaults();
        app.MapPortal();
        await app.StartAsync();
    }
}

/// <summary>The real time, moved forward at will.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    internal TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
