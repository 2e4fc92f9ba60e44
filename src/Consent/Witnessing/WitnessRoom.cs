// What watching and being watched needs.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors;

namespace Sisote.Consent.Witnessing;

/// <summary>Registers the watchers.</summary>
internal static class WitnessRoom
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void AddWitnessing(this IServiceCollection services, RoomSettings settings, Func<IServiceProvider, bool> makesKeys)
    {
        services.AddSingleton(provider => WitnessKey.Read(settings.KeyDirectory, settings.Gateway.Authority + "/witness", makesKeys(provider)));
        services.AddSingleton(provider => WitnessingPlan.Of(settings, provider.GetRequiredService<NoteSigner>().Verifier));
        services.AddSingleton<WatchedStore>();
        services.AddSingleton<AlarmStore>();
        services.AddSingleton<CosignatureStore>();
        services.AddSingleton<KeptLeaves>();
        services.AddSingleton<LeafKeeper>();
        services.AddSingleton<WitnessDesk>();
        services.AddSingleton<LogLook>();
        services.AddSingleton<CosigningRound>();
        services.AddSingleton<WitnessTools>();
        services.AddSingleton<WitnessReport>();
        services.AddSingleton<WitnessReport.Sources>();
        services.AddSingleton<WitnessReadiness>();
        services.AddHostedService<WitnessStart>();
        services.AddHostedService<Asker>();
        services.AddSingleton<Follower>();
        services.AddHostedService(static provider => provider.GetRequiredService<Follower>());
        AddHttp(services, CosigningRound.HttpName, mostBytes: 64 * 1024);
        AddHttp(services, RemoteLog.HttpName, RemoteLog.LargestFile);
    }

    /// <summary>Whoever is on the other side is no friend: no redirects, no cookies, an end to size and time.</summary>
    private static void AddHttp(IServiceCollection services, string name, long mostBytes) =>
        services.AddHttpClient(name, client =>
        {
            client.Timeout = Patience;
            client.MaxResponseContentBufferSize = mostBytes;
        }).ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
}
