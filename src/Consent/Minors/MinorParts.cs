// What the doors of minors and guardians are made of.
namespace Sisote.Consent.Minors;

/// <summary>Adds it.</summary>
internal static class MinorParts
{
    public static void AddMinors(this IServiceCollection services)
    {
        services.AddSingleton<MinorRecordStore>();
        services.AddSingleton<MinorDesk>();
        services.AddSingleton<MinorLife>();
        services.AddSingleton<GuardianshipStore>();
        services.AddSingleton<GuardianshipLife>();
        services.AddSingleton<GuardianDoor>();
        services.AddSingleton<GuardianView>();
        services.AddSingleton<GuardianLooks>();
        services.AddSingleton<ChildDisclosuresReader>();
        services.AddSingleton<ChildConsentLife>();
        services.AddSingleton<ChildShowing>();
        services.AddSingleton<ChildDesk>();
    }
}
