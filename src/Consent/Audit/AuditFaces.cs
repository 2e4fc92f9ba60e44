// What this folder adds to the room: ways to read the log that others understand.
namespace Sisote.Consent.Audit;

/// <summary>FHIR AuditEvents, a client's uses, the operator's questions.</summary>
internal static class AuditFaces
{
    public static void AddAuditFaces(this IServiceCollection services)
    {
        services.AddSingleton<ClientAliases>();
        services.AddSingleton<AuditQueryReader>();
        services.AddSingleton<AuditSearch>();
        services.AddSingleton<AuditDoor>();
        services.AddSingleton<UsageTexts>();
        services.AddSingleton<UsageReader>();
        services.AddSingleton<LogQuestions>();
    }

    public static void MapAuditFaces(this IEndpointRouteBuilder app)
    {
        app.MapAudit();
        app.MapUsages();
        app.MapLogQuestions();
    }
}
