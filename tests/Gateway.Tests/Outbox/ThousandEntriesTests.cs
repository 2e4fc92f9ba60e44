// A thousand entries to a target that does everything wrong at times.
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sisote.DisclosureLog.Entries;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;

namespace Sisote.Tests.Gateway.Outbox;

public sealed class ThousandEntriesTests
{
    private const int People = 100;
    private const int Each = 10;

    [Fact]
    public async Task OfAThousandEntriesEveryOneArrivesOnceOrIsVisiblyRefusedAndNoneIsLost()
    {
        await using var world = await WaitingWorld.OpenAsync(more: new()
        {
            ["Sisote:Gateway:SourceTimeout"] = "00:00:03",
            ["Sisote:Gateway:Outbox:LookEvery"] = "00:00:00.01",
            ["Sisote:Gateway:Outbox:FirstRetry"] = "00:00:00.01",
            ["Sisote:Gateway:Outbox:LongestRetry"] = "00:00:00.02",
            ["Sisote:Gateway:Outbox:MostUnclear"] = "1000",
        });
        var target = new Target();
        world.Source.Instead = target.TakeAsync;
        var people = Enumerable.Range(0, People).Select(static number => Hetu(number)).ToArray();
        foreach (var person in people)
        {
            world.Consent.Set(person, Some.Counselled);
        }

        await using var twin = await world.Gateway.TwinAsync();
        var ends = new ConcurrentDictionary<string, string>();
        await Task.WhenAll(people.Select((person, place) => SendAllAsync(world, person, place, ends)));
        await world.UntilAsync(() => world.Consent.Outbox.Entries.All(static entry => entry.EndedAt is not null), TimeSpan.FromMinutes(2));

        var states = await StatesAsync(world, ends);
        Assert.Equal(People * Each, states.Count);
        Assert.All(states, pair => Assert.Equal((pair.Key, pair.Value == "delivered" ? 1 : 0), (pair.Key, target.Taken.GetValueOrDefault(pair.Key))));
        Assert.All(states.Values, static state => Assert.True(state is "delivered" or "refused" or "unknown", state));
        Assert.True(target.Taken.Values.All(static count => count == 1));
        Assert.True(target.Repeated > 0 && world.Consent.Outbox.Held.Count > 50 && states.ContainsValue("refused"), "the faults were met");
        Assert.All(people.Select((_, place) => target.Order.Where(marker => marker.StartsWith($"p{place}-", StringComparison.Ordinal)).ToArray()), static order => Assert.Equal(order.OrderBy(NumberIn), order));
        AssertEverySendingIsOnRecord(world, target);
    }

    /// <summary>A sender's software: one entry after the other, each sent until the gateway has taken it or said no.</summary>
    private static async Task SendAllAsync(WaitingWorld world, string person, int place, ConcurrentDictionary<string, string> ends)
    {
        for (var number = 0; number < Each; number++)
        {
            var marker = $"p{place}-{number}";
            var entry = Entries.Feedback(person);
            entry["payload"] = new JsonArray(new JsonObject { ["contentString"] = marker });
            var answer = await world.SendAsync(entry, marker);
            while (answer.Status == 503)
            {
                answer = await world.SendAsync(entry, marker);
            }

            ends[marker] = answer.Status switch
            {
                201 => "delivered",
                202 => WaitingWorld.AddressOf(answer),
                422 => "refused",
                _ => $"{answer.Status} {answer.Body}",
            };
        }
    }

    private static async Task<Dictionary<string, string>> StatesAsync(WaitingWorld world, ConcurrentDictionary<string, string> ends)
    {
        var states = new Dictionary<string, string>();
        foreach (var (marker, end) in ends)
        {
            states[marker] = end.StartsWith("outbox/", StringComparison.Ordinal) ? WaitingWorld.StateOf(await world.Gateway.GetAsync(end)) : end;
        }

        return states;
    }

    /// <summary>Whatever reached the target had its intent on record.</summary>
    private static void AssertEverySendingIsOnRecord(WaitingWorld world, Target target)
    {
        var intents = world.Consent.Log.Count(static item => item.Entry.Kind == LogEntryKind.WriteIntent);
        var outcomes = world.Consent.Log.Where(static item => item.Entry.Kind == LogEntryKind.WriteOutcome).Select(static item => item.Entry).ToArray();
        Assert.True(intents >= target.Calls, $"{intents} intents of {target.Calls} calls");
        Assert.True(outcomes.Count(static entry => entry.Outcome == "delivered") >= target.Taken.Count);
    }

    private static int NumberIn(string marker) => int.Parse(marker.Split('-')[1], CultureInfo.InvariantCulture);

    private static string Hetu(int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"020291{900 + number:000}");
        return $"020291-{900 + number:000}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}";
    }

    /// <summary>A target that knows a repeated entry by its key, as targets must, and else does what chance says.</summary>
    private sealed class Target
    {
        private readonly ConcurrentDictionary<string, bool> keys = new();
        private readonly Lock gate = new();
        private int calls;
        private int repeated;

        /// <summary>How often each entry was really taken in.</summary>
        internal ConcurrentDictionary<string, int> Taken { get; } = new();

        /// <summary>What was taken in, in its order.</summary>
        internal List<string> Order { get; } = [];

        internal int Calls => calls;

        internal int Repeated => repeated;

        internal async Task TakeAsync(HttpContext context)
        {
            var call = Interlocked.Increment(ref calls);
            var chance = SHA256.HashData(BitConverter.GetBytes(call))[0];
            var isSeen = keys.ContainsKey(context.Request.Headers["Idempotency-Key"].ToString());
            switch (chance)
            {
                case < 30:
                    context.Response.StatusCode = 503;
                    return;
                case < 38:
                    context.Response.StatusCode = 500;
                    return;
                case < 44:
                    context.Abort();
                    return;
                case < 48 when !isSeen:
                    context.Response.StatusCode = 422;
                    return;
            }

            await TakeInAsync(context);
            switch (chance)
            {
                case < 56:
                    context.Response.StatusCode = 500; // taken, and said otherwise
                    return;
                case < 64:
                    context.Abort(); // taken, and nothing said
                    return;
                case < 66:
                    await Task.Delay(TimeSpan.FromSeconds(4), CancellationToken.None); // taken, and said too late
                    return;
                default:
                    context.Response.StatusCode = 201;
                    context.Response.Headers.Location = "Communication/new-1";
                    return;
            }
        }

        private async Task TakeInAsync(HttpContext context)
        {
            var body = FakeSource.BodyOf(context);
            var marker = (string)JsonNode.Parse(body)!["payload"]![0]!["contentString"]!;
            await Task.Yield();
            lock (gate)
            {
                if (!keys.TryAdd(context.Request.Headers["Idempotency-Key"].ToString(), true))
                {
                    repeated++;
                    return;
                }

                Taken.AddOrUpdate(marker, 1, static (_, count) => count + 1);
                Order.Add(marker);
            }
        }
    }
}
