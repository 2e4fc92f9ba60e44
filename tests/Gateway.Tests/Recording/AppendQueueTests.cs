// The line in front of the log.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Recording;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Recording;

public sealed class AppendQueueTests
{
    [Fact]
    public async Task ARecordThatFindsTheLineFullIsToldAtOnceThatTheLogCannotBeWritten()
    {
        using var queue = new AppendQueue(null!); // nobody sends, so nothing leaves the line
        var item = new AppendItem { Entry = Entry("denied") };

        var waiting = Enumerable.Range(0, AppendQueue.MostWaiting).Select(_ => queue.AppendAsync(item)).ToArray();
        var oneMore = await queue.AppendAsync(item);

        Assert.Null(oneMore);
        Assert.DoesNotContain(waiting, static one => one.IsCompleted);
    }

    [Fact]
    public async Task WhatHasNoCanonicalFormIsNotReleased()
    {
        using var queue = new AppendQueue(null!);

        Assert.Null(await queue.AppendAsync(new AppendItem { Entry = Entry("denied") with { Schema = 0 } }));
    }

    [Fact]
    public async Task WhatOneCallerHasWrittenAtLengthIsSentInSeveralCalls()
    {
        await using var world = await GatewayWorld.OpenAsync();
        using var queue = new AppendQueue(world.Part<ConsentApi>());
        var atLength = Entry("denied") with { Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = new string('x', 20_000) }] };

        var waiting = Enumerable.Range(0, 500).Select(_ => queue.AppendAsync(new AppendItem { Entry = atLength with { Id = Guid.CreateVersion7().ToString() } })).ToArray();
        await queue.StartAsync(TestContext.Current.CancellationToken);
        var results = await Task.WhenAll(waiting);
        await queue.StopAsync(TestContext.Current.CancellationToken);

        Assert.All(results, static result => Assert.Equal(AppendStatus.Committed, result?.Status));
        Assert.InRange(world.Consent.LargestAppend, 4 * 1024 * 1024, 5 * 1024 * 1024);
    }

    [Fact]
    public async Task ARecordThatCannotStandInTheLogIsNotReleasedAndKeepsNoOtherOneOut()
    {
        await using var world = await GatewayWorld.OpenAsync();
        using var queue = new AppendQueue(world.Part<ConsentApi>());
        world.Consent.Unwritable = static item => item.Entry.Outcome switch { "taken" => AppendStatus.Clash, "spoilt" => AppendStatus.Malformed, _ => null };

        var waiting = new[] { "denied", "taken", "denied", "spoilt", "denied" }.Select(outcome => queue.AppendAsync(new AppendItem { Entry = Entry(outcome) })).ToArray();
        await queue.StartAsync(TestContext.Current.CancellationToken);
        var results = await Task.WhenAll(waiting);
        await queue.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([AppendStatus.Committed, null, AppendStatus.Committed, null, AppendStatus.Committed], results.Select(static result => result?.Status));
    }

    private static LogEntry Entry(string outcome) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Time = TimeProvider.System.GetUtcNow(),
        Kind = LogEntryKind.Refusal,
        CorrelationId = Guid.CreateVersion7().ToString("N"),
        Outcome = outcome,
    };
}
