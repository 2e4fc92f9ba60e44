// After any history of appends, holds, years and erasures: every proof holds, what was due is gone, what was not is there.
using CsCheck;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Retention;

public sealed class ErasurePropertyTests(PostgresFixture postgres)
{
    private static readonly Gen<(int Kind, int Number)> Steps = Gen.Select(Gen.Frequency((5, Gen.Const(0)), (3, Gen.Const(1)), (2, Gen.Const(2)), (1, Gen.Const(3)), (3, Gen.Const(4))), Gen.Int[0, 1000]);

    [Fact]
    public Task AfterAnyHistoryAllProofsHoldAgainstEveryCheckpointAndNoErasedMarkerStandsInAnyFile() =>
        Steps.Array[5, 30].SampleAsync(PlayAsync, iter: 25, threads: 1);

    private async Task PlayAsync((int Kind, int Number)[] steps)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var history = new History(room);
        foreach (var (kind, number) in steps)
        {
            await (kind switch
            {
                0 => history.AppendAsync(number),
                1 => history.PassAsync(number),
                2 => history.HoldAsync(number),
                3 => history.LiftAsync(number),
                _ => history.EraseAsync(),
            });
        }

        await history.EraseAsync();
        await history.AssertAsync();
    }

    /// <summary>What was done, and a naive reckoning of what must be left.</summary>
    private sealed class History(OpenRoom room)
    {
        private static readonly string[] People = [Some.Aino, Some.Onni];

        private readonly KeepingDesk desk = new(room);
        private readonly List<Written> written = [];
        private readonly List<(Func<Written, bool> Covers, HoldView View)> holds = [];
        private readonly HashSet<string> checkpoints = [];
        private readonly HashSet<long> gone = [];

        private sealed record Written(long Index, string Mark, int Person, bool Health, DateOnly Day);

        public async Task AppendAsync(int number)
        {
            for (var i = 0; i < 1 + (number % 7); i++)
            {
                var (person, health, mark) = ((number + i) % 2, (number / 2 + i) % 3 == 0, "mark-" + Some.Id());
                var client = await desk.ClientAsync(People[person]);
                var now = room.Clock.GetUtcNow();
                var entry = (health ? Some.Disclosure(client, now) : Some.OutsideHealth(client, now)) with { CorrelationId = mark, Id = mark + "-entry" };
                written.Add(new Written(await desk.WriteAsync(entry with { To = entry.To! with { Professional = ProfessionalId.Parse(mark) } }), mark, person, health, FinnishTime.DateOf(now)));
            }

            await KeepCheckpointAsync();
        }

        public Task PassAsync(int number)
        {
            desk.Pass(number % 5, days: number % 300);
            return Task.CompletedTask;
        }

        public async Task HoldAsync(int number)
        {
            var place = written.Count == 0 ? 0 : written[number % written.Count].Index;
            var last = written.Count == 0 ? 0 : Math.Min(place + 3, written[^1].Index);
            var person = number % 2;
            var (asked, covers) = (written.Count == 0 && number % 3 == 1 ? 2 : number % 3) switch // a log without entries has no places to hold
            {
                0 => (new PlaceHold { Reason = "litigation", ClientIdentifier = People[person] }, (Func<Written, bool>)(one => one.Person == person)),
                1 => (new PlaceHold { Reason = "data-breach", Range = new LogRange { First = place, Last = last } }, one => one.Index >= place && one.Index <= last),
                _ => (new PlaceHold { Reason = "internal-review", Organisation = Some.County }, one => one.Health),
            };
            holds.Add((covers, await desk.HoldAsync(asked)));
            await KeepCheckpointAsync();
        }

        public async Task LiftAsync(int number)
        {
            if (holds.Count > 0)
            {
                using var lifted = await desk.PostLiftAsync(holds[number % holds.Count].View);
                Assert.True(lifted.IsSuccessStatusCode);
                holds.RemoveAt(number % holds.Count);
            }
        }

        public async Task EraseAsync()
        {
            var today = FinnishTime.DateOf(room.Clock.GetUtcNow());
            gone.UnionWith(written.Where(one => one.Day.AddYears(one.Health ? 12 : 7) < today && !holds.Any(hold => hold.Covers(one))).Select(static one => one.Index));
            await desk.EraseAsync(export: gone.Count % 2 == 0);
            await KeepCheckpointAsync();
        }

        public async Task AssertAsync()
        {
            var rows = await desk.RowsAsync();
            Assert.Equal(gone.Order(), written.Select(static one => one.Index).Where(index => rows[(int)index].Record is null));
            Assert.All(written, one => Assert.Equal(!gone.Contains(one.Index), desk.StandsInFiles(one.Mark)));
            await AssertProofsAsync(rows);
            Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
            Assert.Equal(0, (await desk.ReportAsync()).Unaccounted);
        }

        private async Task AssertProofsAsync(List<LoggedEntry> rows)
        {
            await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
            await using var session = await database.ReadAsync(CancellationToken.None);
            var old = checkpoints.Select(note => Checkpoint.TryOpen(note, room.LogKey, out var opened) ? opened : throw new InvalidDataException(note)).OrderBy(static opened => opened.Size).ToArray();
            HashSource Hashes(long size) => new TileHashes(size, new LogTiles(session).ReadAsync).ReadAsync;
            foreach (var checkpoint in old)
            {
                foreach (var row in rows.Take((int)checkpoint.Size))
                {
                    Assert.Equal(row.LeafHash, row.Leaf.Hash());
                    Assert.True((await InclusionProof.MakeAsync(row.Index, checkpoint.Size, Hashes(checkpoint.Size), CancellationToken.None)).Verify(row.LeafHash, checkpoint.Root));
                }

                Assert.True((await ConsistencyProof.MakeAsync(checkpoint.Size, old[^1].Size, Hashes(old[^1].Size), CancellationToken.None)).Verify(checkpoint.Root, old[^1].Root));
            }
        }

        private async Task KeepCheckpointAsync() => checkpoints.Add(await room.Gateway.GetStringAsync("/log/checkpoint"));
    }
}
