// Keeps the consent service told of who is a pupil and who teaches whom.
using Sisote.Adapters.Native;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;

namespace Sisote.Adapters.School;

/// <summary>Tells the whole register at the start and then again and again; while the roster or the consent service is down, it tries sooner and backs off.</summary>
internal sealed class RosterSync(SchoolSettings settings, RosterReader roster, RegisterHttpClient consent, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Sync, clock);
        var retry = FirstRetry;
        do
        {
            var told = await TryTellAsync(stoppingToken);
            timer.Period = told || retry > settings.Sync ? settings.Sync : retry;
            retry = told ? FirstRetry : timer.Period * 2;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TryTellAsync(CancellationToken cancellation)
    {
        try
        {
            var register = await ReadAsync(cancellation);
            var recorded = await consent.TellAsync(register, cancellation);
            Log.RosterTold(log, settings.System, register.Rows.Length, recorded.Begun, recorded.Changed, recorded.Ended, recorded.SchoolForms);
            return true;
        }
#pragma warning disable CA1031 // INVARIANT: whatever one run meets, the next one comes; else what the register no longer proves would stay in force
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.RosterNotTold(log, settings.System, fault switch
            {
                NativeFaultException native => native.Message,
                TokenRefusedException => "no token for the consent service",
                _ => fault.GetType().Name,
            });
            return false;
        }
    }

    private async Task<RecordRelationships> ReadAsync(CancellationToken cancellation)
    {
        var pupils = await roster.ReadAsync(cancellation);
        return new RecordRelationships
        {
            Source = settings.System,
            Kinds = roster.Kinds,
            Rows = [.. pupils.SelectMany(static pupil => pupil.Relationships)],
            SchoolForms = [.. pupils.Where(static pupil => pupil.SchoolForm is not null && !pupil.Relationships.IsEmpty)
                .Select(static pupil => new RegisteredSchoolForm { Identifier = pupil.Client.Reveal(), SchoolForm = pupil.SchoolForm! })],
        };
    }
}
