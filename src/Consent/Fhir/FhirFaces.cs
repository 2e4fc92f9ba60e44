// What this folder adds to the room: consents in FHIR, and the codes that they are written in.
namespace Sisote.Consent.Fhir;

/// <summary>Adds and maps it.</summary>
internal static class FhirFaces
{
    public static void AddFhirFaces(this IServiceCollection services)
    {
        services.AddSingleton<ConsentIds>();
        services.AddSingleton<ConsentShelf>();
        services.AddSingleton<ConsentReader>();
        services.AddSingleton<ImportedClients>();
        services.AddSingleton<ConsentImport>();
        services.AddSingleton<ConsentQueryReader>();
        services.AddSingleton<ConsentAnswering>();
        services.AddSingleton<ViewerDesk>();
        services.AddSingleton<ConsentDoor>();
        services.AddSingleton<PublishedCodes>();
    }

    public static void MapFhirFaces(this IEndpointRouteBuilder app)
    {
        app.MapFhirConsents();
        app.MapTerminology();
    }
}
