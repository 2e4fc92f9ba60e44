// Values come under the newest key.
using System.Data.Common;
using System.Security.Cryptography;
using Sisote.Consent.Storage;

namespace Sisote.Consent.Clients.Keys;

/// <summary>
/// Seals values anew with the newest key, a few in each transaction, while everything else goes on. Nothing is kept of how far it came: a value tells by its first bytes whether it is done, so it goes on wherever
/// it was stopped. A value that somebody else wrote meanwhile stays as it is: whoever writes seals with the newest key.
/// </summary>
internal sealed class Resealing(Database database, EnvelopeKeys keys, TimeProvider clock, ILogger<Resealing> log) : BackgroundService
{
    private const int InOneTransaction = 100;
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim wanted = new(0);

    /// <summary>There is a new key: begin now.</summary>
    public void Begin() => wanted.Release();

    /// <summary>Seals what is under older keys, at most so many transactions; whether nothing is left to do.</summary>
    public async Task<bool> RunAsync(int transactions, CancellationToken cancellation)
    {
        foreach (var column in SealedColumn.All)
        {
            string[]? after = null;
            do
            {
                if (transactions-- <= 0)
                {
                    return false;
                }

                after = await SealNextAsync(column, after, cancellation);
            }
            while (after is not null);
        }

        return true;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        wanted.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            keys.Reload();
            await TryAsync(stoppingToken);
        }
        while (await NextAsync(stoppingToken));
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            if (keys.All.Count > 1 && await RunAsync(int.MaxValue, cancellation))
            {
                Log.ValuesUnderNewestKey(log, keys.Newest.Number);
            }
        }
        catch (OperationCanceledException)
        {
            // the room closes; the next start goes on
        }
        catch (DbException fault)
        {
            Log.ResealingWaits(log, fault);
        }
    }

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var called = wanted.WaitAsync(turn.Token);
        await Task.WhenAny(called, Task.Delay(Turn, clock, turn.Token));
        await turn.CancelAsync();
        return !cancellation.IsCancellationRequested;
    }

    /// <summary>One transaction; the last row of it, or null where there is no further one.</summary>
    private async Task<string[]?> SealNextAsync(SealedColumn column, string[]? after, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var found = await column.NextAsync(session, after, keys.Newest.Prefix, InOneTransaction, cancellation);
        await session.ExecuteAsync(found.Select(one => Reseal(column, one.Row, one.Value)).OfType<Statement>(), cancellation);
        await session.CommitAsync(cancellation);
        return found.Count == InOneTransaction ? found[^1].Row : null;
    }

    private Statement? Reseal(SealedColumn column, string[] row, byte[] value)
    {
        var boundTo = column.BoundTo(row);
        try
        {
            return column.Write(row, value, keys.Seal(keys.Open(value, boundTo), boundTo));
        }
        catch (CryptographicException)
        {
            Log.ValueNotOpened(log, column.Table, column.Name); // it stays as it is, and its key with it
            return null;
        }
    }
}
