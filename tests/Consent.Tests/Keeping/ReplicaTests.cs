// Two consent rooms on one database: one log, whoever of them stumbles.
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Keeping;

public sealed class ReplicaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task AWriterThatIsPausedHoldsNobodyUpForLongAndMakesNoFork()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres, ("CommandSeconds", "4"));
        await using var twin = await room.TwinAsync();
        var state = (await room.StateAsync(Some.Aino)).State;
        var before = await room.LogSizeAsync();
        var (inTheMiddle, awake, runs) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var paused = room.Services.GetRequiredService<LogWriter>().WriteAsync(async transaction =>
        {
            var logged = transaction.Append(Some.Disclosure(state.Client, room.Clock.GetUtcNow()));
            if (runs++ == 0)
            {
                inTheMiddle.SetResult();
                await awake.Task;
            }

            return logged;
        });
        await inTheMiddle.Task;

        using var other = await PostAsync(room.CallerOf(twin), state, room);
        var meanwhile = (await other.ReadAsync<AppendAnswer>()).Results.Single();
        awake.SetResult();
        var late = await paused;

        Assert.Equal((AppendStatus.Committed, (long?)before), (meanwhile.Status, meanwhile.Index));
        Assert.Equal((before + 1, 2), (late.Index, runs));
        Assert.Equal(before + 2, await room.LogSizeAsync());
        Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Fact]
    public async Task TheCheckpointOfEveryReplicaCoversAnEntryAsSoonAsItIsAnswered()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres);
        await using var twin = await room.TwinAsync();
        var state = (await room.StateAsync(Some.Aino)).State;

        for (var i = 0; i < 20; i++)
        {
            var (here, there) = i % 2 == 0 ? (room.Gateway, room.CallerOf(twin)) : (room.CallerOf(twin), room.Gateway);
            using var answer = await PostAsync(here, state, room);
            var index = (await answer.ReadAsync<AppendAnswer>()).Results.Single().Index;
            Assert.True(Checkpoint.TryOpen(await there.GetStringAsync("/log/checkpoint"), room.LogKey, out var checkpoint));
            Assert.True(checkpoint.Size > index, $"{checkpoint.Size} entries after entry {index}");
        }
    }

    [Fact]
    public async Task AWithdrawalAtOneReplicaMakesTheOldStateStaleAtTheOther()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres);
        await using var twin = await room.TwinAsync();
        var given = await room.GiveAsync(Some.Aino, Some.Consent());
        var state = (await room.StateAsync(Some.Aino)).State;
        using var fine = await PostAsync(room.CallerOf(twin), state, room);

        using var withdrawn = await room.Client(Some.Aino).PostAsync($"/me/consents/{given.Consent.Consent.Id}/withdraw", null);
        using var late = await PostAsync(room.CallerOf(twin), state, room);

        Assert.True(withdrawn.IsSuccessStatusCode);
        Assert.Equal(AppendStatus.Committed, (await fine.ReadAsync<AppendAnswer>()).Results.Single().Status);
        Assert.Equal(AppendStatus.Stale, (await late.ReadAsync<AppendAnswer>()).Results.Single().Status);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient gateway, ConsentState state, OpenRoom room) =>
        gateway.PostAsJsonAsync("/log/append", new AppendRequest { Entries = [new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) }] }, SisoteJson.Options);
}
