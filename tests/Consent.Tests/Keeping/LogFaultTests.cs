// When the log cannot be written: nothing is said to be done, readiness is red, and it recovers by itself.
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Keeping;

public sealed class LogFaultTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ALogThatCannotBeWrittenRefusesEverythingAndRecoversByItself(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var item = new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) };
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(room));

        await room.SqlAsync("ALTER TABLE log_edge RENAME TO log_edge_away");
        using var append = await room.PostAppendAsync(item);
        using var consent = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", Some.Consent(), SisoteJson.Options);
        var red = await ReadyAsync(room);
        await room.SqlAsync("ALTER TABLE log_edge_away RENAME TO log_edge");
        var recovered = await room.AppendAsync(item);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "log-unavailable"), (append.StatusCode, await append.SlugAsync()));
        Assert.NotNull(append.Headers.RetryAfter);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "log-unavailable"), (consent.StatusCode, await consent.SlugAsync()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, red);
        Assert.Equal(AppendStatus.Committed, recovered.Status);
        Assert.Empty((await room.StateAsync(Some.Aino)).State.Consents);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(room));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneFaultyPieceOfWorkDoesNotSpoilTheOthersOfItsBatch(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var writer = room.Services.GetRequiredService<LogWriter>();
        var state = (await room.StateAsync(Some.Aino)).State;
        var gate = new TaskCompletionSource();
        var first = writer.WriteAsync(async _ => { await gate.Task; return 0; });

        var good = Enumerable.Range(0, 5).Select(_ => writer.WriteAsync(transaction => Task.FromResult(transaction.Append(Some.Disclosure(state.Client, room.Clock.GetUtcNow()))))).ToArray();
        var bad = writer.WriteAsync<int>(static transaction => transaction.Session.ExecuteAsync("INSERT INTO no_such_table VALUES (1)", CancellationToken.None));
        gate.SetResult();

        await first;
        Assert.Equal(5, (await Task.WhenAll(good)).Select(static logged => logged.Index).Distinct().Count());
        await Assert.ThrowsAsync<LogUnavailableException>(() => bad);
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Fact]
    public async Task AFullLineIsANamedErrorWithATimeToComeAgain()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("QueueLength", "2"));
        var writer = room.Services.GetRequiredService<LogWriter>();
        var state = (await room.StateAsync(Some.Aino)).State;
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = writer.WriteAsync(async _ => { started.TrySetResult(); await gate.Task; return 0; });
        await started.Task;
        var waiting = new[] { writer.WriteAsync(static _ => Task.FromResult(0)), writer.WriteAsync(static _ => Task.FromResult(0)) };

        using var answer = await room.PostAppendAsync(new AppendItem { Entry = Some.Refusal(state.Client, room.Clock.GetUtcNow()) });
        gate.SetResult();
        await Task.WhenAll([held, .. waiting]);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "log-busy"), (answer.StatusCode, await answer.SlugAsync()));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static async Task<HttpStatusCode> ReadyAsync(OpenRoom room)
    {
        room.Clock.Advance(TimeSpan.FromSeconds(2));
        using var answer = await room.Caller(null).GetAsync("/health/ready");
        return answer.StatusCode;
    }
}
