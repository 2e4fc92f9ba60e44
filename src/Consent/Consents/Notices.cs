// Recipients are told to stop using what they received.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>
/// Writes a notice for each recipient of what rested on a withdrawn consent, or on the part of it that a change took back, once. It marks itself as due in its own transaction; whatever was
/// recorded before it stands in the log then, and nothing after it can rest on it, so the notices are complete whenever they are written: at once, or by this service where that did not succeed.
/// </summary>
internal sealed class Notices(Database database, LogWriter writer, TimeProvider clock, ILogger<Notices> log) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    /// <summary>Tells of a withdrawal or change that was just made. Where the database does not write now, it is told later.</summary>
    public async Task TellAsync(ConsentOutcome outcome)
    {
        if (outcome is ConsentOutcome.Stands { Versions: [.., { What: ConsentVersion.Withdrawn or ConsentVersion.Changed } newest] })
        {
            await TryAsync(async () =>
            {
                if (await DueAsync(newest) is { } place)
                {
                    await TellAsync(place, CancellationToken.None);
                }
            });
        }
    }

    /// <summary>Makes a change and tells of it.</summary>
    public async Task<ConsentOutcome> TellAsync(Task<ConsentOutcome> change)
    {
        var outcome = await change;
        await TellAsync(outcome);
        return outcome;
    }

    /// <summary>Tells of all that is due. One that cannot be told stops none behind it.</summary>
    public Task TellDueAsync(CancellationToken cancellation) => TryAsync(async () =>
    {
        for (var due = await DueAsync(null, cancellation); due.Count > 0; due = await DueAsync(due[^1], cancellation))
        {
            foreach (var place in due)
            {
                await TryAsync(() => TellAsync(place, cancellation));
            }
        }
    });

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            await TellDueAsync(stoppingToken);
        }
        while (await NextAsync(stoppingToken));
    }

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Turn, clock, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // the room closes; what is due stays due
        }
#pragma warning disable CA1031 // A row that cannot be read must neither stop the room nor turn a durable withdrawal into an error: it is told in the log and tried again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Log.NoticesWait(log, fault);
        }
    }

    private async Task<List<ConsentPlace>> DueAsync(ConsentPlace? last, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await ConsentPlaces.DueAsync(session, last, cancellation);
    }

    private async Task<ConsentPlace?> DueAsync(ConsentVersion version)
    {
        await using var session = await database.ReadAsync(CancellationToken.None);
        return await ConsentPlaces.DueAsync(session, version.Client, version.Record.Id, CancellationToken.None);
    }

    private async Task TellAsync(ConsentPlace place, CancellationToken cancellation)
    {
        var (received, at) = await ReadAsync(place, cancellation);
        await writer.WriteAsync(async transaction =>
        {
            if (await ConsentPlaces.ToldAsync(transaction.Session, place, CancellationToken.None))
            {
                foreach (var (organisation, system, items, resources) in received)
                {
                    await NoticeStore.AddAsync(transaction.Session, new KeptNotice(organisation, system, at, items, resources), CancellationToken.None);
                }
            }

            return true;
        });
    }

    private static ImmutableArray<DataItemId>? ItemsOf(ConsentPlace place) => place.Due == ConsentPlaces.Whole ? null : [.. place.Due!.Split(' ').Select(DataItemId.Parse)];

    private async Task<(List<(OrganisationId, SystemId?, ImmutableArray<DataItemId>, ImmutableArray<string>)> Received, DateTimeOffset At)> ReadAsync(ConsentPlace place, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var versions = await ConsentStore.VersionsAsync(session, place.Client, place.Id, cancellation);
        var received = (await Receipts.ReadAsync(session, place.Client, place.Id, cancellation)).Of(ItemsOf(place));
        return ([.. received.Recipients()], versions.Count > 0 ? versions[^1].At : clock.GetUtcNow());
    }
}
