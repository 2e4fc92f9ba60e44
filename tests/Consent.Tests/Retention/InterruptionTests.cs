// Erasing can stop at any moment and be gone on with; nothing is half done, and nothing stays readable.
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.Consent.Retention;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Retention;

public sealed class InterruptionTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARunThatWasInterruptedGoesOnWhereItStoppedAndErasesEachRecordOnce(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        await desk.WriteAsync(5000, () => Some.Refusal(client, room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        var run = await desk.PrepareAsync();
        var asked = new RunErasure { WithoutExport = true };
        Assert.IsType<RunOutcome.Ready>(await room.Services.GetRequiredService<ErasurePlan>().BeginAsync(run.Id, asked));

        // A batch whose transaction does not come to its end, and then the process ends.
        var batch = room.Services.GetRequiredService<ErasureBatch>();
        var who = new Eraser(new LogParty { System = SystemId.Parse("sisote-operator") }, "test");
        var writer = room.Services.GetRequiredService<LogWriter>();
        await writer.WriteAsync(transaction => batch.EraseAsync(transaction, run.Id, 0, 300, who));
        await Assert.ThrowsAsync<LogUnavailableException>(() => writer.WriteAsync<int>(async transaction =>
        {
            await batch.EraseAsync(transaction, run.Id, 300, 600, who);
            throw new InvalidOperationException("The process is killed here.");
        }));
        var half = (await desk.ErasedAsync()).Length;
        await room.ReopenAsync();
        var last = await desk.RunAsync(run, asked);

        Assert.InRange(half, 1, 300);
        Assert.Equal(("done", 5000L), (last.End, last.Erased));
        Assert.Equal(5000, (await desk.ErasedAsync()).Length);
        var told = await desk.ToldAsync();
        var ranges = told.Where(static entry => entry.Outcome == "erased").SelectMany(static entry => entry.Erasure!.Ranges).ToArray();
        Assert.Equal(await desk.ErasedAsync(), ranges.SelectMany(static range => Enumerable.Range((int)range.First, (int)(range.Last - range.First) + 1)).Select(static index => (long)index).Order());
        Assert.Equal((5000L, "completed"), (told[^1].Erasure!.Count, told[^1].Outcome));
        Assert.Equal((5000L, 0L), ((await desk.ReportAsync()).Erased, (await desk.ReportAsync()).Unaccounted));
        Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Fact]
    public async Task TwoReplicasThatEraseAtOnceEraseEachRecordOnceWhileTheGatewayAppends()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres);
        await using var twin = await room.TwinAsync();
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        await desk.WriteAsync(2000, () => Some.Refusal(client, room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        var run = await desk.PrepareAsync();
        var asked = new RunErasure { WithoutExport = true };
        var begun = Assert.IsType<RunOutcome.Ready>(await room.Services.GetRequiredService<ErasurePlan>().BeginAsync(run.Id, asked)).Run;
        var who = new Eraser(new LogParty { System = SystemId.Parse("sisote-operator") }, "test");

        async Task<ErasureLine> RunAsync(IServiceProvider replica)
        {
            ErasureLine? last = null;
            await foreach (var line in replica.GetRequiredService<Erasing>().RunAsync(begun, who, CancellationToken.None))
            {
                last = line;
            }

            return last!;
        }

        var erasing = Task.WhenAll(RunAsync(room.Services), RunAsync(twin.Services));
        var appended = new List<AppendResult>();
        do
        {
            appended.Add(await room.AppendAsync(new AppendItem { Entry = Some.Refusal(client, room.Clock.GetUtcNow()) }));
        }
        while (!erasing.IsCompleted);
        await erasing;

        Assert.All(appended, static result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal(2000, (await desk.ErasedAsync()).Length);
        Assert.Equal(2000, (await desk.ToldAsync()).Where(static entry => entry.Outcome == "erased").Sum(static entry => entry.Erasure!.Count));
        Assert.Equal("completed", Assert.Single(await desk.ToldAsync(), static entry => entry.Outcome != "erased").Outcome);
        Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Fact]
    public async Task NothingOfAnErasedRecordStandsInTheFilesOfTheEmbeddedDatabase()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        var markers = new List<string>();
        LogEntry Marked(LogEntry entry)
        {
            var mark = "mark-" + Some.Id();
            markers.Add(mark);
            return entry with
            {
                CorrelationId = mark + "-call",
                Id = mark + "-entry",
                Relates = mark + "-relates",
                Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = mark + string.Concat(Enumerable.Repeat(" a long statement", 400)) }],
                To = entry.To! with { Professional = ProfessionalId.Parse(mark) },
            };
        }

        await desk.WriteAsync(700, () => Marked(Some.Refusal(client, room.Clock.GetUtcNow())));
        Assert.All(markers, marker => Assert.True(desk.StandsInFiles(marker)));
        desk.Pass(12, days: 1);
        var old = markers.ToArray();
        markers.Clear();
        await desk.WriteAsync(100, () => Marked(Some.Refusal(client, room.Clock.GetUtcNow())));
        var salts = (await desk.RowsAsync()).Where(static row => row.Salt is not null).Select(static row => Encoding.Latin1.GetString(row.Salt!)).ToArray();

        await desk.EraseAsync();

        Assert.DoesNotContain(old, desk.StandsInFiles);
        Assert.All(markers, marker => Assert.True(desk.StandsInFiles(marker)));
        Assert.Equal(100, (await desk.RowsAsync()).Count(row => row.Entry()?.Kind == LogEntryKind.Refusal));
        Assert.NotEmpty(salts);
    }

    [Fact]
    public async Task WhileSomebodyReadsTheOlderStateTheRunSaysThatTheFilesAreNotClearedAndCanBeGoneOnWith()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        await desk.WriteAsync(Some.Disclosure(client, room.Clock.GetUtcNow()) with { CorrelationId = "mark-of-the-old" });
        desk.Pass(12, days: 1);
        var run = await desk.PrepareAsync();
        var asked = new RunErasure { WithoutExport = true };

        ErasureLine held;
        await using (var database = Sisote.Consent.Storage.Database.Open(room.Database, room.Folder, commandSeconds: 5))
        await using (var reader = await database.ReadAsync(CancellationToken.None))
        {
            await reader.QueryAsync("SELECT COUNT(*) FROM log_entry", static row => row.GetInt64(0), CancellationToken.None);
            held = await desk.RunAsync(run, asked);
        }

        var after = await desk.RunAsync(run, asked);

        Assert.Equal(("not-cleared", 1L), (held.End, held.Erased));
        Assert.Equal(("done", 1L), (after.End, after.Erased));
        Assert.False(desk.StandsInFiles("mark-of-the-old"));
    }
}
