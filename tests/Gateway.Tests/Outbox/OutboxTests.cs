// Entries whose target cannot take them now.
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;

namespace Sisote.Tests.Gateway.Outbox;

public sealed class OutboxTests
{
    [Theory]
    [InlineData(503, "waiting")]
    [InlineData(500, "unknown")]
    public async Task AnEntryWhoseTargetDoesNotTakeItWaitsAndIsDeliveredUnderTheSameKey(int upstream, string state)
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = Answer(upstream);

        var first = await world.SendAsync(Entries.Feedback());
        await world.UntilAsync(() => world.Source.Seen.Count > 2);
        var open = await world.LookAsync(first);
        world.Source.Instead = null;
        var ended = await world.EndAsync(first);

        Assert.Equal((202, state), (first.Status, WaitingWorld.StateOf(first)));
        Assert.Matches("Content-Location: http://gateway.test/outbox/[0-9a-f-]{36}", first.Headers);
        Assert.Equal(202, open.Status);
        Assert.Equal((200, "delivered"), (ended.Status, WaitingWorld.StateOf(ended)));
        Assert.Matches("Location: http://gateway.test/fhir/pohjois-savo-record/Communication/[A-Za-z0-9.-]{64}", ended.Headers);
        Assert.Single(world.Source.Seen.Select(static seen => seen.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(world.Source.Seen.Select(static seen => seen.Body).Distinct());
    }

    [Fact]
    public async Task EveryAttemptHasItsIntentBeforeAndItsOutcomeAfter()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = Answer(503);

        var first = await world.SendAsync(Entries.Feedback());
        await world.UntilAsync(() => world.Consent.Log.Count >= 4);
        world.Source.Instead = null;
        await world.EndAsync(first);

        var entries = world.Consent.Log.Select(static item => item.Entry).ToArray();
        var intents = entries.Where(static entry => entry.Kind == LogEntryKind.WriteIntent).ToArray();
        Assert.Equal(world.Source.Seen.Count, intents.Length);
        Assert.All(intents, intent => Assert.Equal(intent == intents[^1] ? "delivered" : "waiting", Assert.Single(entries, entry => entry.Relates == intent.Id).Outcome));
        Assert.All(entries.Where(static entry => entry.Outcome == "waiting"), static entry => Assert.DoesNotContain(entry.Items, static item => item.Released));
        Assert.Single(entries.Select(static entry => entry.CorrelationId).Distinct());
    }

    [Fact]
    public async Task AConsentWithdrawnWhileAnEntryWaitsStopsItAndItsSenderDoesNotLearnWhy()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = Answer(503);
        var first = await world.SendAsync(Entries.Feedback());
        await world.UntilAsync(() => world.Source.Seen.Count > 1);

        world.Consent.Set(Some.Aino, static state => state with { Consents = [state.Consents[0], state.Consents[1] with { Status = ConsentStatus.Withdrawn }] });
        var ended = await world.EndAsync(first);
        var seen = world.Source.Seen.Count;
        world.Source.Instead = null;
        var never = await world.SendAsync(Entries.Feedback());

        Assert.Equal((403, "refused"), (ended.Status, WaitingWorld.StateOf(ended)));
        Assert.Equal((403, never.Body), (never.Status, ended.Body));
        Assert.Equal(seen, world.Source.Seen.Count);
        Assert.Contains(world.Consent.Log, static item => item.Entry is { Kind: LogEntryKind.Refusal, Outcome: "denied" });
        Assert.Equal("refused", world.Consent.Log.Last(item => item.Entry.Relates == world.Consent.Log[0].Entry.Id).Entry.Outcome);
    }

    [Fact]
    public async Task AnAgreementThatEndedStopsItToo()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = Answer(503);
        var first = await world.SendAsync(Entries.Text());

        world.Consent.Set(Some.Aino, static state => state with { Agreements = [] });
        var ended = await world.EndAsync(first);

        Assert.Equal((403, "entry-not-permitted"), (ended.Status, CodeIn(ended)));
    }

    [Fact]
    public async Task WhatMayHaveArrivedIsNeverToldAsNotSent()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = Answer(500);
        var first = await world.SendAsync(Entries.Feedback());

        world.Consent.Set(Some.Aino, static state => state with { Consents = [] });
        var ended = await world.EndAsync(first);

        Assert.Equal((503, "unknown", "outcome-unknown"), (ended.Status, WaitingWorld.StateOf(ended), CodeIn(ended)));
        Assert.Equal("unknown", world.Consent.Log.Last(item => item.Entry.Relates == world.Consent.Log[0].Entry.Id).Entry.Outcome);
    }

    [Fact]
    public async Task EntriesOfOneClientGoInTheOrderInWhichTheyCame()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Consent.Set(Some.Onni, Some.Counselled);
        world.Source.Instead = Answer(503);
        var answers = new List<RawAnswer>();
        foreach (var code in new[] { "82290-8", "89555-7", "8867-4" })
        {
            answers.Add(await world.SendAsync(Entries.Measure(code: code)));
        }

        world.Source.Instead = null;
        answers.Add(await world.SendAsync(Entries.Measure(Some.Onni)));
        foreach (var answer in answers.Take(3))
        {
            await world.EndAsync(answer);
        }

        Assert.Equal([202, 202, 202, 201], answers.Select(static answer => answer.Status));
        var taken = world.Source.Seen.Where(static seen => seen.Body.Contains(Some.Aino, StringComparison.Ordinal)).Select(static seen => (string)JsonNode.Parse(seen.Body)!["code"]!["coding"]![0]!["code"]!).ToArray();
        Assert.Equal(["82290-8", "89555-7", "8867-4"], taken.Distinct());
        Assert.Equal(taken.Order(Comparer<string>.Create((left, right) => Array.IndexOf(taken, left) - Array.IndexOf(taken, right))), taken);
    }

    [Fact]
    public async Task AnEntryThatWasTakenBackIsNeverSent()
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(503);
        var first = await world.SendAsync(Entries.Feedback());

        var cancelled = await world.CancelAsync(first);
        world.Source.Instead = null;
        await world.UntilAsync(() => world.Consent.Log.Any(static item => item.Entry.Outcome == "cancelled"));
        var ended = await world.EndAsync(first);
        var again = await world.CancelAsync(first);

        Assert.Equal((202, "cancelled"), (cancelled.Status, WaitingWorld.StateOf(cancelled)));
        Assert.Equal((410, "entry-cancelled"), (ended.Status, CodeIn(ended)));
        Assert.Equal(202, again.Status);
        Assert.Single(world.Source.Seen);
    }

    [Fact]
    public async Task AnEntryThatMayHaveArrivedCannotBeTakenBack()
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(500);
        var first = await world.SendAsync(Entries.Feedback());

        var late = await world.CancelAsync(first);

        Assert.Equal((409, "entry-not-cancellable"), (late.Status, CodeIn(late)));
    }

    [Fact]
    public async Task OnlyTheSystemThatSentAnEntrySeesIt()
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(503);
        var first = await world.SendAsync(Entries.Feedback());

        var stranger = await world.LookAsync(first, world.Gateway.DoctorToken());
        var taking = await world.CancelAsync(first, world.Gateway.DoctorToken());
        var nothing = await world.Gateway.GetAsync("outbox/no-such-entry", world.Gateway.DoctorToken());
        var nobody = await world.LookAsync(first, string.Empty);

        Assert.Equal(404, stranger.Status);
        Assert.Equal(nothing.Comparable, stranger.Comparable);
        Assert.Equal(nothing.Comparable, taking.Comparable);
        Assert.Equal((401, "token-missing"), (nobody.Status, CodeIn(nobody)));
    }

    [Fact]
    public async Task TheSameKeyAgainIsTheSameWaitingEntry()
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(503);

        var first = await world.SendAsync(Entries.Feedback(), "key-1");
        var second = await world.SendAsync(Entries.Feedback(), "key-1");

        Assert.Equal((202, 202), (first.Status, second.Status));
        Assert.Equal(WaitingWorld.AddressOf(first), WaitingWorld.AddressOf(second));
        Assert.Single(world.Consent.Outbox.Held);
        Assert.Single(world.Source.Seen);
    }

    [Fact]
    public async Task WhoeverKeepsAnEntryCannotReadIt()
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(503);

        await world.SendAsync(Entries.Feedback(), "key-1");

        var held = Assert.Single(world.Consent.Outbox.Held);
        var bytes = Encoding.Latin1.GetString(held.Content);
        Assert.All(new[] { Some.Aino, "Counselling", "ohjaaja-salmi", "key-1" }, secret => Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal));
        Assert.DoesNotContain("key-1", held.Id, StringComparison.Ordinal);
        Assert.Throws<System.Security.Cryptography.AuthenticationTagMismatchException>(() => world.Gateway.Part<Sisote.Gateway.Outbox.OutboxSeal>().OpenContent(held.Content, "another-entry"));
    }

    [Fact]
    public async Task AnEntryThatWaitedTooLongEndsVisiblyAsNotDelivered()
    {
        await using var world = await WaitingWorld.OpenAsync(more: new() { ["Sisote:Gateway:Outbox:LongestWait"] = "00:00:01" });
        world.Source.Instead = Answer(503);
        var first = await world.SendAsync(Entries.Feedback());

        var ended = await world.EndAsync(first);

        Assert.Equal((410, "expired", "entry-expired"), (ended.Status, WaitingWorld.StateOf(ended), CodeIn(ended)));
        Assert.Equal("expired", world.Consent.Log[^1].Entry.Outcome);
    }

    [Fact]
    public async Task AnEntryThatItsTargetChokesOnEndsAsUnknownAndHoldsUpNobodyForEver()
    {
        await using var world = await WaitingWorld.OpenAsync(more: new() { ["Sisote:Gateway:Outbox:MostUnclear"] = "3" });
        world.Source.Instead = context => Answer(context.Request.Path.Value!.EndsWith("Communication", StringComparison.Ordinal) ? 500 : 201)(context);
        var choking = await world.SendAsync(Entries.Feedback());
        var next = await world.SendAsync(Entries.Measure());

        var (unknown, delivered) = (await world.EndAsync(choking), await world.EndAsync(next));

        Assert.Equal(("unknown", "delivered"), (WaitingWorld.StateOf(unknown), WaitingWorld.StateOf(delivered)));
        Assert.Equal(3, world.Source.Seen.Count(static seen => seen.Target.EndsWith("Communication", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task WhereNothingCanBeKeptTheSenderIsToldToSendItAgain(bool isFull, bool isDown)
    {
        await using var world = await WaitingWorld.OpenAsync();
        (world.Consent.Outbox.IsFull, world.Consent.Outbox.IsDown) = (isFull, isDown);
        world.Source.Instead = Answer(503);

        var answer = await world.SendAsync(Entries.Feedback());

        Assert.Equal((503, "source-unavailable"), (answer.Status, CodeIn(answer)));
        Assert.Equal("refused", world.Consent.Log[^1].Entry.Outcome);
        Assert.Equal(isDown ? 0 : 1, world.Source.Seen.Count);
    }

    [Fact]
    public async Task ATransactionThatWaitedIsDeliveredWhole()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = Answer(503);
        var first = await world.SendAsync(Entries.Transaction(Entries.Text(), Entries.Measure()));
        world.Source.Instead = null;

        var ended = await world.EndAsync(first);

        Assert.Equal("transaction-response", (string?)Some.Parse(ended.Body)["type"]);
        Assert.Equal(2, Some.Parse(ended.Body)["entry"]!.AsArray().Count);
    }

    [Fact]
    public async Task ATargetThatIsDownIsAskedByOneEntryAtATime()
    {
        await using var world = await WaitingWorld.OpenAsync();
        var people = Enumerable.Range(0, 12).Select(static number => Hetu(number)).ToArray();
        foreach (var person in people)
        {
            world.Consent.Set(person, Some.Counselled);
        }

        world.Source.Instead = Answer(503);
        var answers = await Task.WhenAll(people.Select(person => world.SendAsync(Entries.Measure(person))));
        var before = world.Source.Seen.Count;
        await world.UntilAsync(() => world.Source.Seen.Count >= before + 6);
        var probes = world.Source.Seen.Skip(before).Take(6).Select(static seen => seen.Headers["Idempotency-Key"]).Distinct().Count();
        world.Source.Instead = null;
        foreach (var answer in answers)
        {
            Assert.Equal("delivered", WaitingWorld.StateOf(await world.EndAsync(answer)));
        }

        Assert.InRange(probes, 1, 6);
        Assert.True(world.Consent.Outbox.Entries.Sum(static entry => entry.Attempts) < 12 * 6, "twelve waiting entries must not knock twelve times at once");
    }

    [Fact]
    public async Task AStepOfAReferralDoesNotWait()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Resources.Add(Some.Task(Some.Aino, "accepted"));
        var list = await world.Gateway.GetAsync("fhir/kuopio-liikunta/Task");
        var handle = (string)Some.Parse(list.Body)["entry"]![0]!["resource"]!["id"]!;
        var tag = System.Text.RegularExpressions.Regex.Match((await world.Gateway.GetAsync($"fhir/kuopio-liikunta/Task/{handle}")).Headers, "ETag: (.*)").Groups[1].Value.Trim();
        world.Source.Instead = context => context.Request.Method == "PATCH" ? Answer(503)(context) : world.Source.ServeAsync(context);

        var answer = await world.Gateway.PatchAsync($"fhir/kuopio-liikunta/Task/{handle}", """[{"op":"replace","path":"/status","value":"in-progress"}]""", tag);

        Assert.Equal(503, answer.Status);
        Assert.Empty(world.Consent.Outbox.Held);
    }

    private static string Hetu(int number)
    {
        var digits = $"010190{910 + number:000}";
        return $"010190-{910 + number:000}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) % 31]}";
    }

    private static Func<HttpContext, Task> Answer(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static string? CodeIn(RawAnswer answer) => (string?)Some.Parse(answer.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"];
}
