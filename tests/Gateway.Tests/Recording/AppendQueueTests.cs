// The line in front of the log.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Recording;

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

    private static LogEntry Entry(string outcome) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Time = TimeProvider.System.GetUtcNow(),
        Kind = LogEntryKind.Refusal,
        CorrelationId = Guid.CreateVersion7().ToString("N"),
        Outcome = outcome,
    };
}
