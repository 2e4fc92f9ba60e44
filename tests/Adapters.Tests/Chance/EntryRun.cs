// Sends many entries as the outbox does, and looks whether every answer was true.
using System.Collections.Concurrent;
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>Each client's entries one after the other, each under its key until the adapter says that it arrived or was refused. Now and then the sender hangs up before the answer and comes again at once.</summary>
internal sealed class EntryRun(SectorHouse house, ChanceTarget target, FaultyLine line, int seed)
{
    private const int AtOnce = 20;
    private const int MostAttempts = 300;
    private const int Unanswered = 0;
    private static readonly TimeSpan Down = TimeSpan.FromMilliseconds(150);
    private readonly ConcurrentDictionary<string, int> places = new(StringComparer.Ordinal);
    private int attempts;
    private int hungUp;
    private int closings;

    /// <summary>How each entry ended: delivered, refused, or waiting where the run gave up.</summary>
    public ConcurrentDictionary<int, string> Ends { get; } = new();

    /// <summary>Answers that were not true.</summary>
    public ConcurrentQueue<string> Untrue { get; } = new();

    /// <summary>What the run met, for whoever reads its output.</summary>
    public string Summary => $"{attempts} attempts, {hungUp} hung up, {target.Repeated} repeated";

    /// <summary>Sends everything; meanwhile the target goes down twice, and the adapters close and open once.</summary>
    public async Task SendAsync(int entries)
    {
        using var sent = new CancellationTokenSource();
        var disturbing = DisturbAsync(entries, sent.Token);
        await Parallel.ForEachAsync(Enumerable.Range(0, ChanceTarget.People), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (place, _) =>
        {
            for (var number = 0; number < target.Each; number++)
            {
                var entry = (place * target.Each) + number;
                Ends[entry] = await SendOneAsync(ChanceTarget.Person(place), entry);
            }
        });
        await sent.CancelAsync();
        await disturbing;
    }

    private async Task<string> SendOneAsync(string client, int entry)
    {
        var mayHaveArrived = false;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (status, place) = await AttemptAsync(client, entry, attempt);
            var ids = target.IdsOf(entry);
            switch (status)
            {
                case 200 or 201:
                    Check(ids.Count == 1, entry, $"told as delivered, and there {ids.Count} times");
                    Check(places.GetOrAdd(place!, entry) == entry, entry, "told at the place of another");
                    Check(ids.Exists(id => target.IsPlaceOf(place!, id)), entry, $"told at {place}, where it is not");
                    return "delivered";
                case 422:
                    Check(target.Refuses(entry) && ids.Count == 0, entry, $"told as refused, and there {ids.Count} times");
                    return "refused";
                case 503:
                    Check(ids.Count == 0 || mayHaveArrived, entry, "told as not arrived, and there");
                    break;
                case 504 or Unanswered:
                    mayHaveArrived = true;
                    break;
                default:
                    Check(isTrue: false, entry, $"answered {status}");
                    break;
            }
        }

        return "waiting";
    }

    private async Task<(int Status, string? Place)> AttemptAsync(string client, int entry, int attempt)
    {
        Interlocked.Increment(ref attempts);
        var closed = Volatile.Read(ref closings);
        var chance = RandomFaults.Chance(seed, $"hang up|{entry}|{attempt}");
        using var patience = new CancellationTokenSource();
        if (chance % 50 == 0)
        {
            patience.CancelAfter(TimeSpan.FromMilliseconds(1 + (chance / 50 % 30)));
        }

        try
        {
            var (status, places, _) = await house.CreateAsync(target.System, $"key-{entry}", target.Make(client, entry), patience.Token);
            var cutShort = status == 500 && (closed % 2 == 1 || Volatile.Read(ref closings) != closed); // what was under way while the adapters closed; the sender is as wise as without an answer
            return (cutShort ? Unanswered : status, places.LastOrDefault());
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref hungUp);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.Delay(20); // the adapters are closed just now
        }

        return (Unanswered, null);
    }

    private async Task DisturbAsync(int entries, CancellationToken sent)
    {
        var disturbances = new Func<Task>[] { GoDownAsync, RestartAsync, GoDownAsync };
        for (var quarter = 1; quarter <= disturbances.Length && !sent.IsCancellationRequested; quarter++)
        {
            while (Ends.Count < entries * quarter / 4 && !sent.IsCancellationRequested)
            {
                await Task.Delay(5, CancellationToken.None);
            }

            await disturbances[quarter - 1]();
        }
    }

    /// <summary>Odd while the adapters close and open.</summary>
    private async Task RestartAsync()
    {
        Interlocked.Increment(ref closings);
        await house.RestartAsync();
        Interlocked.Increment(ref closings);
    }

    private async Task GoDownAsync()
    {
        await line.StopAsync();
        await Task.Delay(Down);
        line.Start();
    }

    private void Check(bool isTrue, int entry, string otherwise)
    {
        if (!isTrue)
        {
            Untrue.Enqueue($"entry {entry}: {otherwise}");
        }
    }
}
