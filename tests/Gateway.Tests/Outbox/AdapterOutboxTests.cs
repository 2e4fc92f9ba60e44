// Entries through the gateway's outbox, a real adapter and a line that breaks by chance.
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Outbox;

public sealed class AdapterOutboxTests
{
    private const int People = 25;
    private const int Each = 8;

    [Fact]
    public async Task EntriesArriveOnceInTheirClientsOrderThoughGatewayAndAdaptersAreRestartedAndTheProductRecognisesNothing()
    {
        var (seed, _) = RandomFaults.Setting();
        var people = Enumerable.Range(0, People).Select(static number => Hetu(number)).ToList();
        bool Refuses(string text) => RandomFaults.Chance(seed, "no|" + text) % 20 == 0;
        await using var product = await FeedbackProduct.StartAsync(people, Refuses);
        await using var line = FaultyLine.Http(product.Port, TimeSpan.FromSeconds(1));
        line.NextFor = new RandomFaults(seed, new LineTarget(IsHttp: true, RecognisesKeys: false, NamesEntries: true, IsAskedFirst: true)).Next;
        var port = SisoteProcess.FindFreePorts();
        await using var world = await WaitingWorld.OpenAsync(more: Options, source: new Uri($"http://127.0.0.1:{port}/"), configure: static builder => builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance));
        people.ForEach(person => world.Consent.Set(person, Some.Counselled));
        await using var twin = await world.Gateway.TwinAsync();
        var room = await product.OpenAdaptersAsync(world.Gateway.Issuer.Address, port, line);

        var ends = new ConcurrentDictionary<string, string>();
        var sending = Task.WhenAll(people.Select((person, place) => SendAllAsync(world, person, place, ends)));
        await world.UntilAsync(() => ends.Count > People * Each / 3, TimeSpan.FromMinutes(1));
        await room.StopAsync(TestContext.Current.CancellationToken);
        await room.DisposeAsync();
        await world.Gateway.RestartAsync();
        room = await product.OpenAdaptersAsync(world.Gateway.Issuer.Address, port, line);
        await sending;
        await world.UntilAsync(() => world.Consent.Outbox.Entries.All(static entry => entry.EndedAt is not null), TimeSpan.FromMinutes(2));
        await room.StopAsync(TestContext.Current.CancellationToken);
        await room.DisposeAsync();

        var named = $"{RandomFaults.Variable}={seed}";
        Assert.Equal(People * Each, ends.Count);
        foreach (var (text, end) in ends)
        {
            var state = end.StartsWith("outbox/", StringComparison.Ordinal) ? WaitingWorld.StateOf(await world.Gateway.GetAsync(end)) : end;
            Assert.True(Refuses(text) ? state is "refused" or "unknown" : state == "delivered", $"{named}: {text} {state}");
            Assert.Equal((named, text, Refuses(text) ? 0 : 1), (named, text, product.Taken.Count(one => one.Text == text)));
        }

        Assert.All(people, (person, place) => Assert.Equal(product.Taken.Where(one => one.Client == person).Select(static one => one.Text).Order(StringComparer.Ordinal), product.Taken.Where(one => one.Text.StartsWith($"p{place}-", StringComparison.Ordinal)).Select(static one => one.Text)));
        Assert.True(world.Consent.Outbox.Held.Count > People, $"{named}: entries waited");
    }

    private static Dictionary<string, string?> Options => new()
    {
        ["Sisote:Gateway:SourceTimeout"] = "00:00:05",
        ["Sisote:Gateway:Outbox:LookEvery"] = "00:00:00.01",
        ["Sisote:Gateway:Outbox:FirstRetry"] = "00:00:00.01",
        ["Sisote:Gateway:Outbox:LongestRetry"] = "00:00:00.02",
        ["Sisote:Gateway:Outbox:MostUnclear"] = "1000",
    };

    /// <summary>A sender's software: one entry after the other, each sent until the gateway has taken it or said no.</summary>
    private static async Task SendAllAsync(WaitingWorld world, string person, int place, ConcurrentDictionary<string, string> ends)
    {
        for (var number = 0; number < Each; number++)
        {
            var text = $"p{place}-{number}";
            var entry = Entries.Feedback(person);
            entry["payload"] = new JsonArray(new JsonObject { ["contentString"] = text });
            while (!ends.ContainsKey(text))
            {
                if (await SendAsync(world, entry, text) is { } end)
                {
                    ends[text] = end;
                }
            }
        }
    }

    private static async Task<string?> SendAsync(WaitingWorld world, JsonObject entry, string key)
    {
        try
        {
            var answer = await world.SendAsync(entry, key);
            return answer.Status switch
            {
                201 => "delivered",
                202 => WaitingWorld.AddressOf(answer),
                422 => "refused",
                503 or 500 => null, // not now, or the gateway was closed in the middle of the call
                _ => $"{answer.Status} {answer.Body}",
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken); // the gateway is closed just now
            return null;
        }
    }

    private static string Hetu(int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"020291{900 + number:000}");
        return $"020291-{900 + number:000}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}";
    }
}
