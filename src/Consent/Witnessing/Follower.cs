// Looks at followed logs now and then.
namespace Sisote.Consent.Witnessing;

/// <summary>Looks at every followed log in turn. A log that cannot be looked at costs nothing but the next look.</summary>
internal sealed class Follower(WitnessingPlan plan, LogLook look, WatchedStore store, IHttpClientFactory http, WitnessTools tools) : BackgroundService
{
    /// <summary>Looks once at one log and notes how it went.</summary>
    public async Task<LookOutcome> LookAsync(WatchedLog log, CancellationToken cancellation)
    {
        using var client = http.CreateClient(RemoteLog.HttpName);
        var outcome = await look.LookAsync(log, new RemoteLog(client, log.Address!), cancellation);
        var code = NameOf(outcome);
        var before = await store.LastLookAsync(log.Key.Name, cancellation);
        await store.NoteLookAsync(log.Key.Name, code, tools.Clock.GetUtcNow(), cancellation);
        if (before?.Outcome != code && outcome is LookOutcome.Unreachable or LookOutcome.NotSigned or LookOutcome.TilesDisagree)
        {
            Log.WatchedLogUnusable(tools.Log, log.Key.Name, code);
        }

        return outcome;
    }

    /// <summary>The code of an outcome, as tables and answers have it.</summary>
    internal static string NameOf(LookOutcome outcome) => outcome switch
    {
        LookOutcome.NotSigned => "not-signed",
        LookOutcome.TilesDisagree => "tiles-disagree",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var followed = plan.Watches.Values.Where(static log => log.Address is not null).ToArray();
        if (followed.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(tools.Options.LookAtLogsEvery, tools.Clock);
        do
        {
            foreach (var log in followed)
            {
                await tools.TryAsync("look", () => LookAsync(log, stoppingToken), stoppingToken);
            }
        }
        while (await WitnessTools.TickAsync(timer, stoppingToken));
    }
}
