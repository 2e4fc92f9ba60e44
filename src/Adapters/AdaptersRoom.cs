// The face of the room: a FHIR R4 facade outside, each sector system's own protocol inside.
using Hl7.Fhir.Model;
using Sisote.Adapters.ExerciseCounselling;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Fhir;
using Sisote.Adapters.Files;
using Sisote.Adapters.Native;
using Sisote.Adapters.PatientRecord;
using Sisote.Adapters.Rest;
using Sisote.Adapters.School;
using Sisote.Adapters.Sources;
using Sisote.Adapters.StudentWelfare;
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
        builder.Services.AddSourceSystems();
        builder.Services.AddHostedService(static services => services.GetRequiredService<SourceSystems>());
    }

    /// <summary>Looks at the adapters of a deployment without opening anything: unknown kinds, faulty settings, targets that are not there.</summary>
    public static AdapterFindings Inspect(RoomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpClient();
        services.AddSingleton(settings).AddSingleton(settings.Deployment).AddSingleton(TimeProvider.System);
        services.AddSourceSystems();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<SourceSystems>().Inspect();
    }

    private static void AddSourceSystems(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokenSource>();
        services.AddSingleton<SourceSystems>();
        services.AddPatientRecord();
        services.AddHttpClient(NativeHttpClient.Name)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 16, ConnectTimeout = TimeSpan.FromSeconds(3) });
        services.AddSingleton<IAdapterKind, ExerciseCounsellingKind>();
        services.AddSingleton<IAdapterKind, FhirKind>();
        services.AddSingleton<IAdapterKind, SchoolKind>();
        services.AddSingleton<IAdapterKind, StudentWelfareKind>();
        services.AddSingleton<IAdapterKind, RestKind>();
        services.AddSingleton<IAdapterKind, FilesKind>();
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
        app.MapShadow();
    }
}
