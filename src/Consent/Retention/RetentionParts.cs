// What the room needs for retention.
using Sisote.Consent.Retention.Beside;
using Sisote.Doors;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention;

/// <summary>Registers what keeps and erases.</summary>
internal static class RetentionParts
{
    public static void AddRetention(this IServiceCollection services, RoomSettings settings)
    {
        services.AddSingleton(LogRetention.Of(settings.Catalogue, settings.Deployment));
        services.AddSingleton<BesideTerms>();
        services.AddSingleton<BesideStore>();
        services.AddSingleton<BesideSurvey>();
        services.AddSingleton<BesideErasing>();
        services.AddSingleton<RetentionSurvey>();
        services.AddSingleton<ErasurePlan>();
        services.AddSingleton<ErasureExport>();
        services.AddSingleton<ErasureBatch>();
        services.AddSingleton<Clearing>();
        services.AddSingleton<Erasing>();
        services.AddSingleton<HoldDesk>();
        services.AddSingleton<HoldLife>();
    }
}
