// Many readers at once while parts of the house are killed.
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Receipts;
using Sisote.Policy.Ids;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>
/// Sixty-four readers ask about the same client without pause. Whatever receipt reaches one of them is kept from the moment the answer's head is there,
/// also where the body never comes; and so is every checkpoint that the gateway published.
/// </summary>
internal sealed class CrashRun : IAsyncDisposable
{
    private const int Readers = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ApartHouse house;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<long, Note> checkpoints = new();
    private readonly Task[] work;
    private long whole;

    internal CrashRun(ApartHouse house)
    {
        this.house = house;
        work = [.. Enumerable.Range(0, Readers).Select(_ => Task.Run(ReadAsync)), Task.Run(KeepCheckpointsAsync)];
    }

    /// <summary>Every receipt that reached a reader.</summary>
    internal ConcurrentQueue<Receipt> Receipts { get; } = new();

    /// <summary>Answers with data, but without a receipt that can be read: there must be none.</summary>
    internal ConcurrentQueue<string> WithoutReceipt { get; } = new();

    /// <summary>Signed checkpoints seen on the way, one of each size.</summary>
    internal IEnumerable<Note> Checkpoints => checkpoints.Values;

    /// <summary>Answers that came whole.</summary>
    internal long Whole => Interlocked.Read(ref whole);

    /// <summary>Answers that were refused or cut, and calls that found nobody.</summary>
    internal ConcurrentDictionary<string, int> Others { get; } = new();

    /// <summary>Lets the readers get on, kills some parts at some moment, and starts them again; until that many kills were made.</summary>
    internal async Task KillAsync(int kills)
    {
        for (var made = 0; made < kills;)
        {
            await GetOnAsync(RandomNumberGenerator.GetInt32(1, 150));
            await Task.Delay(RandomNumberGenerator.GetInt32(30));
            var parts = RandomNumberGenerator.GetItems<string>(house.Parts, RandomNumberGenerator.GetInt32(1, house.Parts.Length + 1)).Distinct().Take(kills - made).ToArray();
            await house.CutPowerAsync(parts);
            made += parts.Length;
        }

        await GetOnAsync(Readers);
    }

    /// <summary>Ends the reading; each reader's last answer is taken in.</summary>
    internal async Task EndAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(work);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        client.Dispose();
        stop.Dispose();
    }

    private async Task GetOnAsync(int answers)
    {
        var (goal, started) = (Whole + answers, TimeProvider.System.GetTimestamp());
        while (Whole < goal)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"No answers come any more. Others: {string.Join(", ", Others)}. Said: {house.Said}");
            Assert.DoesNotContain(work, static task => task.IsFaulted);
            await Task.Delay(2);
        }
    }

    private async Task ReadAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await CalmlyAsync(ReadOnceAsync);
        }
    }

    private async Task ReadOnceAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Gateway, $"fhir/{RunningSisote.Record}/Patient/_search"))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("identifier", $"{Hetu.System}|{RunningSisote.Aino}")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync());
        request.Headers.Add("Sisote-Context", RunningSisote.Necessity);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var receipt = answer.Headers.TryGetValues(Receipt.HeaderName, out var values) && Receipt.TryParse(values.Single(), out var read) ? read : null;
        if (receipt is not null)
        {
            Receipts.Enqueue(receipt);
        }
        else if (answer.StatusCode == HttpStatusCode.OK)
        {
            WithoutReceipt.Enqueue($"{answer.Headers}");
        }

        await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            Interlocked.Increment(ref whole);
        }
        else
        {
            await OtherwiseAsync($"{(int)answer.StatusCode}");
        }
    }

    private async Task KeepCheckpointsAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!stop.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync();
            await CalmlyAsync(async () =>
            {
                if (Note.TryParse(await client.GetStringAsync(new Uri(house.Gateway, "log/checkpoint")), out var note) && Checkpoint.TryParse(note.Text, out var checkpoint))
                {
                    checkpoints.TryAdd(checkpoint.Size, note);
                }
            });
        }
    }

    /// <summary>A call may find nobody, or be cut in the middle.</summary>
    private async Task CalmlyAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            await OtherwiseAsync(fault.GetType().Name);
        }
    }

    private Task OtherwiseAsync(string what)
    {
        Others.AddOrUpdate(what, 1, static (_, count) => count + 1);
        return Task.Delay(20);
    }
}
