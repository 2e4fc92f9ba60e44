// When the log cannot be written: nothing is said to be done, readiness is red, and it recovers by itself.
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
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

    [Fact]
    public async Task AServerThatCutsAllConnectionsIsMetByAFreshOneAndNothingIsLostOrDoubled()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var before = (await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) })).Index;

        await room.SqlAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        var after = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        Assert.Equal((AppendStatus.Committed, before + 1), (after.Status, after.Index));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(room));
    }

    [Fact]
    public async Task AServerThatLetsNobodyInMakesEverythingRefusedUntilItDoes()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var item = new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) };
        var elsewhere = new Npgsql.NpgsqlConnectionStringBuilder(room.Database["postgres:".Length..]);
        var name = elsewhere.Database!;
        elsewhere.Database = "postgres";
        await using var server = Npgsql.NpgsqlDataSource.Create(elsewhere);

        await RunAsync(server, $"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await RunAsync(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        using var refused = await room.PostAppendAsync(item);
        var red = await ReadyAsync(room);
        await RunAsync(server, $"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        var recovered = await room.AppendAsync(item);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "log-unavailable"), (refused.StatusCode, await refused.SlugAsync()));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, red);
        Assert.Equal(AppendStatus.Committed, recovered.Status);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(room));
    }

    [Fact]
    public async Task WhatWasCommittedThoughTheAnswerWasLostIsNotDoneASecondTime()
    {
        var (proxy, connection) = LosingProxy.Before(await postgres.CreateDatabaseAsync());
        await using var network = proxy;
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres, ("Database", "postgres:" + connection));
        var officer = room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski");
        await room.AppendAsync(new AppendItem { Entry = Some.Refusal((await room.StateAsync(Some.Aino)).State.Client, room.Clock.GetUtcNow()) });
        var before = await room.LogSizeAsync();

        proxy.Arm();
        using var looked = await officer.GetAsync("/log");
        proxy.Arm();
        using var held = await officer.PostAsJsonAsync("/log/holds", new PlaceHold { Organisation = Some.County, Reason = PlaceHold.Reasons[0] }, SisoteJson.Options);
        using var holds = await officer.GetAsync("/log/holds");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, 2), (looked.StatusCode, held.StatusCode, proxy.Lost));
        Assert.Equal((await held.ReadAsync<HoldView>()).Id, (await holds.ReadAsync<HoldList>()).Holds.Single().Id);
        Assert.Equal(before + 2, await room.LogSizeAsync());
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Fact]
    public async Task AFileThatSomebodyElseHoldsMakesEverythingRefusedUntilItIsFree()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("CommandSeconds", "1"));
        var state = (await room.StateAsync(Some.Aino)).State;
        var item = new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) };
        await using var somebody = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=" + room.Database["sqlite:".Length..]);
        await somebody.OpenAsync();

        await using (var held = somebody.BeginTransaction())
        {
            using var refused = await room.PostAppendAsync(item);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "log-unavailable"), (refused.StatusCode, await refused.SlugAsync()));
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(room));
        }

        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(item)).Status);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(room));
    }

    [Fact]
    public async Task AFullDiskMakesEverythingRefusedUntilThereIsRoomAndLeavesTheLogWhole()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("Database", "sqlite:" + disk.Database), ("CommandSeconds", "1"));
        var state = (await room.StateAsync(Some.Aino)).State;
        AppendItem Next() => new() { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) };

        disk.Fill();
        var (refused, slug) = await UntilRefusedAsync(room, Next);
        var red = await UntilRedAsync(room);
        disk.MakeRoom();
        var before = await room.LogSizeAsync();
        var recovered = await room.AppendAsync(Next());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "log-unavailable"), (refused, slug));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, red);
        Assert.Equal((AppendStatus.Committed, (long?)before), (recovered.Status, recovered.Index));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(room));
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    /// <summary>Appends until the last room that SQLite had set aside is used up.</summary>
    private static async Task<(HttpStatusCode Status, string? Slug)> UntilRefusedAsync(OpenRoom room, Func<AppendItem> next)
    {
        for (var i = 0; i < 2000; i++)
        {
            using var answer = await room.PostAppendAsync(next());
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (answer.StatusCode, await answer.SlugAsync());
            }
        }

        return (HttpStatusCode.OK, null);
    }

    /// <summary>Where an entry does not fit, a few of the smaller writes of readiness may still.</summary>
    private static async Task<HttpStatusCode> UntilRedAsync(OpenRoom room)
    {
        var seen = await ReadyAsync(room);
        for (var i = 0; i < 100 && seen == HttpStatusCode.OK; i++)
        {
            seen = await ReadyAsync(room);
        }

        return seen;
    }

    private static async Task RunAsync(Npgsql.NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<HttpStatusCode> ReadyAsync(OpenRoom room)
    {
        room.Clock.Advance(TimeSpan.FromSeconds(2));
        using var answer = await room.Caller(null).GetAsync("/health/ready");
        return answer.StatusCode;
    }
}
