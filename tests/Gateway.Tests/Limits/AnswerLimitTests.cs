// Sources that send too much, too slowly, or something else than they say.
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Sisote.DisclosureLog.Entries;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Limits;

public sealed class AnswerLimitTests
{
    private const string Search = "fhir/pohjois-savo-record/Flag?patient=";
    private static readonly string Good = RawSource.Searchset([Some.Restriction(Some.Aino).ToJsonString()]);

    [Fact]
    public async Task AHundredMegabytesAreRefusedBeforeTheyAreRead()
    {
        using var source = RawSource.Start(static (own, connection, cancellation) => FloodAsync(own, connection, RawSource.Head(100_000_000), static bytes => bytes, cancellation));

        await NothingLeavesAsync(source, 502, "source-answer-unusable");

        Assert.InRange(source.Sent, 0, 16_000_000); // what fits into the sockets between the two
    }

    [Fact]
    public async Task AnAnswerWithoutEndIsCutOffAtTheLimit()
    {
        using var source = RawSource.Start(static (own, connection, cancellation) => FloodAsync(own, connection, RawSource.Head(null, "Transfer-Encoding: chunked"), Chunk, cancellation));

        await NothingLeavesAsync(source, 502, "source-answer-unusable", ("LargestAnswer", "1000000"));

        await source.Closed.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(source.Sent, 1_000_000, 16_000_000);
    }

    [Fact]
    public async Task AnAnswerThatEndsWithTheConnectionIsCutOffAtTheLimitToo()
    {
        using var source = RawSource.Start(static (own, connection, cancellation) => FloodAsync(own, connection, RawSource.Head(null, "Connection: close"), static bytes => bytes, cancellation));

        await NothingLeavesAsync(source, 502, "source-answer-unusable", ("LargestAnswer", "1000000"));
    }

    [Fact]
    public async Task HeadersWithoutEndAreCutOff()
    {
        using var source = RawSource.Start(static async (own, connection, cancellation) =>
        {
            await own.SendAsync(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n", cancellation);
            for (var number = 0; ; number++)
            {
                await own.SendAsync(connection, string.Create(CultureInfo.InvariantCulture, $"X-Marker-{number}: {new string('m', 1000)}\r\n"), cancellation);
            }
        });

        await NothingLeavesAsync(source, 502, "source-answer-unusable");
    }

    [Fact]
    public async Task InterimAnswersWithoutEndDoNotPutOffTheTimeLimit()
    {
        using var source = RawSource.Start(static (own, connection, cancellation) => DripAsync(own, connection, string.Empty, "HTTP/1.1 103 Early Hints\r\nX-Marker: m\r\n\r\n", cancellation));

        await NothingLeavesAsync(source, 503, "source-unavailable", ("SourceTimeout", "00:00:01"));
    }

    [Fact]
    public async Task AnAnswerInDropsEndsWhenTheSourcesTimeIsUp()
    {
        using var source = RawSource.Start(static (own, connection, cancellation) => DripAsync(own, connection, RawSource.Head(null, "Transfer-Encoding: chunked"), "1\r\n \r\n", cancellation));

        await NothingLeavesAsync(source, 502, "source-answer-unusable", ("SourceTimeout", "00:00:01"));
    }

    [Theory]
    [InlineData("promises more than comes", 502)]
    [InlineData("promises less than comes", 502)]
    [InlineData("two lengths that differ", 502)]
    [InlineData("a length and chunks", 502)]
    [InlineData("a negative length", 502)]
    [InlineData("no HTTP at all", 502)]
    [InlineData("half a chunk", 502)]
    [InlineData("compressed without being asked", 502)]
    [InlineData("no content type", 502)]
    [InlineData("two content types", 502)]
    [InlineData("a part of the content", 502)]
    [InlineData("nothing before the connection ends", 503)]
    public async Task AnAnswerThatIsNotWhatItSaysIsNone(string lie, int status)
    {
        using var source = RawSource.Start(async (own, connection, cancellation) =>
        {
            await own.SendAsync(connection, Lie(lie), cancellation);
            connection.Socket.Shutdown(SocketShutdown.Send);
        });

        await NothingLeavesAsync(source, status, status == 503 ? "source-unavailable" : "source-answer-unusable");
    }

    [Fact]
    public async Task WhatASourceSendsBehindItsAnswerIsNotTakenForTheNextAnswer()
    {
        var forged = RawSource.Searchset([Some.Restriction(Some.Aino, "forged-1").ToJsonString(), Some.Restriction(Some.Aino, "forged-2").ToJsonString()]);
        using var source = RawSource.Start((own, connection, cancellation) =>
            own.SendAsync(connection, RawSource.Head(Encoding.UTF8.GetByteCount(Good)) + Good + RawSource.Head(Encoding.UTF8.GetByteCount(forged)) + forged, cancellation));
        await using var world = await GatewayWorld.OpenAsync(source: source.Address);
        var handle = await world.HandleOfAsync(Some.Aino);

        for (var time = 0; time < 5; time++)
        {
            var answer = await world.GetAsync(Search + handle);

            Assert.Single(Some.Parse(answer.Body)["entry"]!.AsArray());
        }

        Assert.Equal(5, source.Asked);
    }

    [Fact]
    public async Task AnAnswerWithMoreEntriesThanAllowedIsRefusedWhole()
    {
        var many = RawSource.Searchset(Enumerable.Range(0, 11).Select(static number => Some.Restriction(Some.Aino, string.Create(CultureInfo.InvariantCulture, $"flag-{number}")).ToJsonString()));
        using var source = RawSource.Start((own, connection, cancellation) => own.SendAsync(connection, RawSource.Head(Encoding.UTF8.GetByteCount(many)) + many, cancellation));

        await NothingLeavesAsync(source, 502, "source-answer-unusable", ("MostEntries", "10"));
    }

    [Fact]
    public async Task ALargeAnswerWaitsForRoomAndIsRefusedWhenThereIsNoneInTime()
    {
        var handed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var source = RawSource.Start(async (own, connection, cancellation) =>
        {
            await own.SendAsync(connection, RawSource.Head(1_000_000), cancellation); // takes the room and does not come
            handed.TrySetResult();
        });
        await using var world = await OpenAsync(source, ("AnswersInMemory", "1048576"), ("SourceTimeout", "00:00:02"));
        var handle = await world.HandleOfAsync(Some.Aino);

        var first = world.GetAsync(Search + handle);
        await handed.Task;
        var answers = await Task.WhenAll(first, world.GetAsync(Search + handle));

        Assert.Equal([502, 503], answers.Select(static answer => answer.Status).Order());
        var crowded = answers.Single(static answer => answer.Status == 503);
        Assert.Equal("answers-crowded", SlugOf(crowded));
        Assert.Contains("Retry-After: 5", crowded.Headers, StringComparison.Ordinal);
        Assert.Equal(["answers-crowded", "source-answer-unusable"], world.Consent.Log.TakeLast(2).Select(static item => item.Entry.Outcome).Order());
    }

    private static async Task NothingLeavesAsync(RawSource source, int status, string slug, params (string Name, string Value)[] limits)
    {
        await using var world = await OpenAsync(source, limits);
        var handle = await world.HandleOfAsync(Some.Aino);

        var answer = await world.GetAsync(Search + handle);

        Assert.Equal((status, slug), (answer.Status, SlugOf(answer)));
        Assert.DoesNotContain("marker", answer.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Some.RestrictionCode, answer.Everything, StringComparison.Ordinal);
        var entry = world.Consent.Log[^1].Entry;
        Assert.Equal((LogEntryKind.Refusal, slug, FakeConsent.KeyOf(Some.Aino)), (entry.Kind, entry.Outcome, entry.Client));
        Assert.Empty(entry.Resources);
    }

    private static Task<GatewayWorld> OpenAsync(RawSource source, params (string Name, string Value)[] limits) =>
        GatewayWorld.OpenAsync(limits.ToDictionary(static pair => "Sisote:Gateway:" + pair.Name, static pair => (string?)pair.Value), source: source.Address);

    private static string? SlugOf(RawAnswer answer) => (string?)Some.Parse(answer.Body)["issue"]![0]!["details"]!["coding"]![0]!["code"];

    private static string Lie(string lie)
    {
        var length = Encoding.UTF8.GetByteCount(Good);
        var chunks = string.Create(CultureInfo.InvariantCulture, $"{length:x}\r\n{Good}\r\n0\r\n\r\n");
        return lie switch
        {
            "promises more than comes" => RawSource.Head(length + 100) + Good,
            "promises less than comes" => RawSource.Head(length - 100) + Good,
            "two lengths that differ" => RawSource.Head(length, "Content-Length: 5") + Good,
            "a length and chunks" => RawSource.Head(length, "Transfer-Encoding: chunked") + chunks,
            "a negative length" => RawSource.Head(-1) + Good,
            "no HTTP at all" => "SSH-2.0-marker\r\n",
            "half a chunk" => RawSource.Head(null, "Transfer-Encoding: chunked") + chunks[..^200],
            "compressed without being asked" => RawSource.Head(length, "Content-Encoding: br") + Good,
            "no content type" => RawSource.Head(length).Replace("Content-Type: application/fhir+json\r\n", string.Empty, StringComparison.Ordinal) + Good,
            "two content types" => RawSource.Head(length, "Content-Type: text/html") + Good,
            "a part of the content" => RawSource.Head(length).Replace("200 OK", "206 Partial Content", StringComparison.Ordinal) + Good,
            _ => string.Empty,
        };
    }

    /// <summary>The same few bytes again and again until the gateway closes the connection.</summary>
    private static async Task DripAsync(RawSource source, NetworkStream connection, string head, string drop, CancellationToken cancellation)
    {
        await source.SendAsync(connection, head, cancellation);
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await clock.WaitForNextTickAsync(cancellation))
        {
            await source.SendAsync(connection, drop, cancellation);
        }
    }

    private static async Task FloodAsync(RawSource source, NetworkStream connection, string head, Func<byte[], byte[]> frame, CancellationToken cancellation)
    {
        await source.SendAsync(connection, head, cancellation);
        var piece = frame(Encoding.ASCII.GetBytes(new string(' ', 65_536)));
        while (source.Sent < 100_000_000)
        {
            await source.SendAsync(connection, piece, cancellation);
        }
    }

    private static byte[] Chunk(byte[] bytes) => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:x}\r\n")), .. bytes, .. "\r\n"u8];
}
