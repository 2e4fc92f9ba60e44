// One key is one entry: through merges of identities, and for calls that come at the same moment.
using Microsoft.AspNetCore.Http;
using Sisote.Gateway.Clients;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;

namespace Sisote.Tests.Gateway.Outbox;

public sealed class SameKeyTests
{
    [Theory]
    [InlineData(503, false)]
    [InlineData(503, true)]
    [InlineData(201, false)]
    [InlineData(201, true)]
    public async Task TheSameKeyAfterAMergeIsTheSameEntryWhetherItWaitedOrItsAnswerWasLost(int upstream, bool forgets)
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(upstream);
        var first = await world.SendAsync(Entries.Feedback(), "key-1");

        world.Consent.Merge(Some.Aino, Some.Onni);
        var again = new List<RawAnswer>();
        for (var time = 0; time < 2; time++)
        {
            if (forgets)
            {
                world.Gateway.Part<ClientStates>().DropAll();
            }

            again.Add(await world.SendAsync(Entries.Feedback(), "key-1"));
        }

        Assert.All(again, answer => Assert.Equal((first.Status, WaitingWorld.AddressOf(first)), (answer.Status, WaitingWorld.AddressOf(answer))));
        Assert.Equal(upstream == 503 ? 1 : 0, world.Consent.Outbox.Held.Count);
        Assert.Single(world.Source.Seen.Select(static seen => seen.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal([FakeConsent.KeyOf(Some.Aino), FakeConsent.KeyOf(Some.Onni)], world.Consent.Log.Select(static item => item.Entry.Client!.Value).Distinct());
    }

    [Theory]
    [InlineData(503, 422, "key-used", "refused")]
    [InlineData(500, 503, "outcome-unknown", "unknown")]
    public async Task OfTwoContentsUnderOneKeyAtTheSameMomentOneWaitsAndTheOtherIsNotToldThatItDoes(int upstream, int status, string code, string outcome)
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        var (came, goes) = Hold(world, context => Answer(upstream)(context));
        var early = world.SendAsync(Entries.Feedback(), "key-1");
        await came;

        var other = await world.SendAsync(Entries.Text(), "key-1");
        goes.SetResult();
        var told = await early;

        Assert.Equal((202, "waiting"), (other.Status, WaitingWorld.StateOf(other)));
        Assert.Equal((status, code), (told.Status, (string?)Some.Parse(told.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"]));
        Assert.Equal(outcome, world.Consent.Log[^1].Entry.Outcome);
        Assert.Single(world.Consent.Outbox.Held);
    }

    [Theory]
    [InlineData(false, 202, "unknown", 409)]
    [InlineData(true, 200, "delivered", 409)]
    public async Task WhatIsDeliveredWhileASecondCallOfItsKeyWaitsIsNotToldAsTakenBack(bool isTakenBack, int status, string state, int cancelling)
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        var (came, goes) = Hold(world, Answer(201));
        var early = world.SendAsync(Entries.Feedback(), "key-1");
        await came;

        var second = await world.SendAsync(Entries.Feedback(), "key-1");
        if (isTakenBack)
        {
            await world.CancelAsync(second);
            await world.UntilAsync(() => world.Consent.Outbox.Entries[0].Answer is not null);
        }

        goes.SetResult();
        var delivered = await early;
        var seen = await world.LookAsync(second);

        Assert.Equal((201, 202), (delivered.Status, second.Status));
        Assert.Equal((status, state), (seen.Status, WaitingWorld.StateOf(seen)));
        Assert.Equal(cancelling, (await world.CancelAsync(second)).Status);
    }

    [Theory]
    [InlineData(503, "waiting")]
    [InlineData(500, "unknown")]
    public async Task AnEntryThatWaitsIsTheSameEntryAlsoWhereANewOneWouldBeRefused(int upstream, string state)
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(upstream);
        var first = await world.SendAsync(Entries.Feedback(), "key-1");
        world.Consent.Set(Some.Aino, static has => has with { Consents = [has.Consents[0], has.Consents[1] with { Status = ConsentStatus.Withdrawn }] });
        var asked = world.Source.Seen.Count;

        var again = await world.SendAsync(Entries.Feedback(), "key-1");
        var otherKey = await world.SendAsync(Entries.Feedback(), "key-2");
        var otherText = await world.SendAsync(Entries.Text(), "key-1");
        var other = Entries.Feedback();
        other["payload"]![0]!["contentString"] = "Counselling has ended.";
        var otherFeedback = await world.SendAsync(other, "key-1");
        var noKey = await world.SendAsync(Entries.Feedback());

        Assert.Equal((202, state, WaitingWorld.AddressOf(first)), (again.Status, WaitingWorld.StateOf(again), WaitingWorld.AddressOf(again)));
        Assert.Equal(422, otherText.Status); // the law lets it go, but its key is used
        Assert.All([otherKey, otherFeedback, noKey], static refused => Assert.Equal((403, string.Empty), (refused.Status, WaitingWorld.AddressOf(refused))));
        Assert.Equal(asked, world.Source.Seen.Count);
        Assert.Single(world.Consent.Outbox.Held);
    }

    /// <summary>The target takes its time over the first call, and takes nothing else meanwhile.</summary>
    private static (Task Came, TaskCompletionSource Goes) Hold(WaitingWorld world, Func<HttpContext, Task> answer)
    {
        var (came, goes) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Source.Instead = async context =>
        {
            if (!came.TrySetResult())
            {
                context.Response.StatusCode = 503;
                return;
            }

            await goes.Task;
            await answer(context);
        };
        return (came.Task, goes);
    }

    private static Func<HttpContext, Task> Answer(int status) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = "Communication/new-1";
        return Task.CompletedTask;
    };
}
