// The face of the room: a FHIR R4 facade outside, each sector system's own protocol inside.
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Doors.Tokens;

namespace Sisote.Adapters;

/// <summary>Opens the room: <c>/{system}/{Type}/...</c> for the gateway, and the listeners of the systems that call by themselves.</summary>
public static class AdaptersRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddAdapters(this WebApplicationBuilder builder, RoomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddTokenDoor(settings);
        builder.Services.AddSingleton<AccessTokenSource>();
        builder.Services.AddSingleton<SourceSystems>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<SourceSystems>());
        // One line for each kind: builder.Services.AddSingleton<IAdapterKind, ...Kind>();
    }

    /// <summary>Maps its door.</summary>
    /// <exception cref="AdapterSettingsException">The deployment names an adapter kind or a setting that does not exist.</exception>
    public static void MapAdapters(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        _ = ModelInfo.ModelInspector; // built once, before the first call
        app.Services.GetRequiredService<SourceSystems>().Open();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapFacade();
    }
}
