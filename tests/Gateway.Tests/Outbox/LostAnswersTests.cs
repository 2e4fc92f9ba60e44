// What is not known is never told as if it were: answers that are lost, targets that swallow connections, senders who hang up.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sisote.DisclosureLog.Entries;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;

namespace Sisote.Tests.Gateway.Outbox;

public sealed class LostAnswersTests
{
    [Fact]
    public async Task AnAnswerOfTheOutboxThatIsLostOnceCostsNothing()
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        (world.Source.Instead, world.Consent.Outbox.LostHolds) = (Answer(503), 1);

        var first = await world.SendAsync(Entries.Feedback());

        Assert.Equal((202, "waiting"), (first.Status, WaitingWorld.StateOf(first)));
        Assert.Equal("waiting", world.Consent.Log[^1].Entry.Outcome);
    }

    [Fact]
    public async Task WhereNobodyKnowsWhetherAnEntryIsKeptItsSenderIsNotToldThatItIsNot()
    {
        await using var world = await WaitingWorld.OpenAsync();
        (world.Source.Instead, world.Consent.Outbox.LostHolds) = (Answer(503), 2);

        var first = await world.SendAsync(Entries.Feedback());
        var recorded = world.Consent.Log.First(static item => item.Entry.Kind == LogEntryKind.WriteOutcome).Entry.Outcome;
        world.Source.Instead = null;
        var ended = await world.EndAsync(first);

        Assert.Equal((503, "outcome-unknown", "unknown"), (first.Status, CodeIn(first), recorded));
        Assert.Equal("delivered", WaitingWorld.StateOf(ended));
    }

    [Fact]
    public async Task AClearNoAfterAnUnclearTryDoesNotSayThatNothingArrived()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = context => Answer(world.Source.Seen.Count == 1 ? 500 : 422)(context);

        var ended = await world.EndAsync(await world.SendAsync(Entries.Feedback()));

        Assert.Equal((503, "unknown", "outcome-unknown"), (ended.Status, WaitingWorld.StateOf(ended), CodeIn(ended)));
        Assert.Equal(["unknown", "refused"], world.Consent.Log.Where(static item => item.Entry.Kind == LogEntryKind.WriteOutcome).Select(static item => item.Entry.Outcome));
    }

    [Fact]
    public async Task NothingIsSentThatTheOutboxDoesNotSayMayBeSent()
    {
        await using var world = await WaitingWorld.OpenAsync();
        world.Source.Instead = Answer(503);
        world.Consent.Outbox.IsBegunByNobody = true;
        var first = await world.SendAsync(Entries.Feedback());

        await world.UntilAsync(() => world.Consent.Log.Count(static item => item.Entry.Outcome == "waiting") > 2);
        var seen = world.Source.Seen.Count;
        (world.Source.Instead, world.Consent.Outbox.IsBegunByNobody) = (null, false);

        Assert.Equal(1, seen);
        Assert.Equal("delivered", WaitingWorld.StateOf(await world.EndAsync(first)));
    }

    [Fact]
    public async Task ATargetThatSwallowsConnectionsWasNotAskedAndItsEntryCanBeTakenBack()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(1);
        var port = ((IPEndPoint)deaf.LocalEndPoint!).Port;
        using var crowd = new Crowd(port);
        await using var world = await WaitingWorld.OpenAsync(slow: true, more: new() { ["Sisote:Gateway:SourceTimeout"] = "00:00:02" }, source: new Uri($"http://127.0.0.1:{port}/"));

        var first = await world.SendAsync(Entries.Feedback());
        var cancelled = await world.CancelAsync(first);

        Assert.Equal((202, "waiting", 202), (first.Status, WaitingWorld.StateOf(first), cancelled.Status));
    }

    [Fact]
    public async Task TheSameKeyWithAnotherContentIsRefusedAndTheFirstIsDelivered()
    {
        await using var world = await WaitingWorld.OpenAsync(slow: true);
        world.Source.Instead = Answer(503);
        await world.SendAsync(Entries.Feedback(), "key-1");

        var other = await world.SendAsync(Entries.Measure(), "key-1");

        Assert.Equal((422, "key-used"), (other.Status, CodeIn(other)));
        Assert.Equal("refused", world.Consent.Log[^1].Entry.Outcome);
        Assert.Single(world.Consent.Outbox.Held);
    }

    [Fact]
    public async Task WhoHangsUpWithoutAKeyWhileTheEntryIsPutBehindAnotherHasNothingWaiting()
    {
        var gone = new TaskCompletionSource();
        await using var world = await WaitingWorld.OpenAsync(slow: true, configure: builder => builder.Services.AddSingleton<IStartupFilter>(new Farewell(gone)));
        world.Source.Instead = Answer(503);
        await world.SendAsync(Entries.Feedback());
        using var patience = new CancellationTokenSource();
        world.Consent.Outbox.BeforeHold = async () =>
        {
            await patience.CancelAsync();
            await gone.Task;
        };

        using var impatient = new HttpClient(new SocketsHttpHandler(), disposeHandler: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Gateway.Address, "fhir/pohjois-savo-record/Observation"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Gateway.Token());
        request.Headers.Add("Sisote-Context", "necessity-statement=\"planning\", relation-verified, human-release=\"ohjaaja-salmi\"");
        request.Content = new StringContent(Entries.Measure().ToJsonString(), System.Text.Encoding.UTF8, "application/fhir+json");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.SendAsync(request, patience.Token));
        await world.UntilAsync(() => world.Consent.Outbox.Entries.Any(static entry => entry.State == Sisote.Doors.Outbox.OutboxState.Cancelled));

        Assert.Single(world.Consent.Outbox.Entries, static entry => entry.EndedAt is null);
    }

    [Fact]
    public async Task WhoeverLooksAfterEntriesTakesAPlaceLikeEverybodyElse()
    {
        var (came, goes) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var world = await WaitingWorld.OpenAsync(slow: true, more: new() { ["Sisote:Gateway:MostAtOnce"] = "1" });
        world.Source.Instead = async context =>
        {
            came.SetResult();
            await goes.Task;
            context.Response.StatusCode = 503;
        };
        var sending = world.SendAsync(Entries.Feedback());
        await came.Task;

        var look = await world.Gateway.GetAsync("outbox/entry-1");
        goes.SetResult();
        await sending;
        var later = await world.Gateway.GetAsync("outbox/entry-1");

        Assert.Equal((429, 404), (look.Status, later.Status));
    }

    private static Func<HttpContext, Task> Answer(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static string? CodeIn(RawAnswer answer) => (string?)Some.Parse(answer.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"];

    /// <summary>Fills a line of connections that nobody takes, so that the next one hears nothing at all.</summary>
    private sealed class Crowd : IDisposable
    {
        private readonly Socket[] waiting;

        internal Crowd(int port) => waiting = [.. Enumerable.Range(0, 8).Select(_ => Knock(port))];

        public void Dispose() => Array.ForEach(waiting, static socket => socket.Dispose());

        private static Socket Knock(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                socket.Connect(IPAddress.Loopback, port);
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                return socket; // it stands in line
            }

            return socket;
        }
    }

    /// <summary>Tells when a caller of an Observation has hung up.</summary>
    private sealed class Farewell(TaskCompletionSource gone) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, on) =>
            {
                if (context.Request.Path.Value!.EndsWith("/Observation", StringComparison.Ordinal))
                {
                    context.RequestAborted.Register(() => gone.TrySetResult());
                }

                await on(context);
            });
            next(app);
        };
    }
}
