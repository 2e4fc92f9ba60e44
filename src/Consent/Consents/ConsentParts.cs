// What the doors of consents are made of.
namespace Sisote.Consent.Consents;

/// <summary>Adds it.</summary>
internal static class ConsentParts
{
    public static void AddConsents(this IServiceCollection services)
    {
        services.AddSingleton<ConsentScope>();
        services.AddSingleton<FormRules>();
        services.AddSingleton<ConsentDesk>();
        services.AddSingleton<ConsentLife>();
        services.AddSingleton<ConsentAnswers>();
        services.AddSingleton<RecordedReader>();
        services.AddSingleton<WithdrawalEffects>();
        services.AddSingleton<MirrorLife>();
        services.AddSingleton<StaffLife>();
        services.AddSingleton<SingleUse>();
        services.AddSingleton<Reminders>();
        services.AddSingleton<ConsentCheckDesk>();
        services.AddSingleton<Notices>();
        services.AddHostedService(static provider => provider.GetRequiredService<Notices>());
    }
}
