// Two installations watch each other's logs over HTTP.
using System.Net;
using Sisote.Consent.Witnessing;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Witness;
using Sisote.Policy.Deployments;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Witnessing;

public sealed class MutualWatchTests(PostgresFixture postgres)
{
    private const string KeepEdge = "CREATE TABLE backup_edge AS SELECT * FROM log_edge";

    private static readonly string[] RestoreBackup =
    [
        "DELETE FROM log_item WHERE leaf_index >= (SELECT size FROM backup_edge)",
        "DELETE FROM log_side WHERE leaf_index >= (SELECT size FROM backup_edge)",
        "DELETE FROM log_entry WHERE leaf_index >= (SELECT size FROM backup_edge)",
        "DELETE FROM log_cosignature",
        "INSERT INTO log_cosignature SELECT * FROM backup_cosignature",
        "UPDATE log_witness SET size = (SELECT MAX(size) FROM backup_cosignature), outcome = 'cosigned'",
        "UPDATE log_edge SET size = (SELECT size FROM backup_edge), edge = (SELECT edge FROM backup_edge), checkpoint = (SELECT checkpoint FROM backup_edge)",
    ];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SchoolAndHealthCosignEachOthersLogsAndEverybodyCanVerifyIt(DatabaseKind kind)
    {
        await using var school = await Watching.OpenAsync(kind, postgres, "school.example");
        await using var health = await Watching.OpenAsync(kind, postgres, "health.example");
        await school.WatchAsync(new WitnessingEntry { Asks = [health.AsWitness], Quorum = 1, Watches = [health.AsLog] });
        await health.WatchAsync(new WitnessingEntry { Asks = [school.AsWitness], Quorum = 1, Watches = [school.AsLog] });

        foreach (var (one, other) in new[] { (school, health), (health, school) })
        {
            var quorum = new WitnessQuorum { Witnesses = [other.Witness], Needed = 1 };
            for (var round = 0; round < 3; round++)
            {
                await one.DiscloseAsync(20);
                Assert.False(quorum.IsMetBy(await one.ReadNoteAsync("/log/checkpoint")));
                await one.AskAsync();
                var note = await one.ReadNoteAsync("/log/checkpoint");
                Assert.True(quorum.IsMetBy(note));
                Assert.True(note.IsSignedBy(one.Room.LogKey));
                Assert.Equal(note.ToString(), (await one.ReadNoteAsync("/log/cosigned")).ToString());
                Assert.Equal(LookOutcome.Unchanged, await other.LookAtAsync(one.AsLog));
            }

            var seen = await other.ReadNoteAsync($"/witness/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(one.Room.LogKey.Name)))}/checkpoint");
            Assert.True(quorum.IsMetBy(seen) && seen.IsSignedBy(one.Room.LogKey));
            await using var export = await (await one.Room.Operator.GetAsync("/log/export")).Content.ReadAsStreamAsync();
            var verified = await LogVerifier.VerifyAsync(export, new BundleTerms { Log = one.Room.LogKey, Quorum = quorum, Kept = [seen] }, CancellationToken.None);
            Assert.Equal(1, Assert.IsType<BundleOutcome.Intact>(verified).Cosigners);
            Assert.Equal(("cosigned", false, 0), ((await one.StatusAsync()).Asked.Single().Outcome, (await one.StatusAsync()).Overdue, (await one.StatusAsync()).Alarms.Length));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARestartForgetsNothingOnEitherSide(DatabaseKind kind)
    {
        await using var school = await Watching.OpenAsync(kind, postgres, "school.example");
        await using var health = await Watching.OpenAsync(kind, postgres, "health.example");
        await school.WatchAsync(new WitnessingEntry { Asks = [health.AsWitness], Quorum = 1 });
        await health.WatchAsync(new WitnessingEntry { Watches = [school.AsLog] });
        await school.DiscloseAsync(5);
        await school.AskAsync();
        var before = await school.ReadNoteAsync("/log/checkpoint");

        await school.Room.ReopenAsync();
        await health.Room.ReopenAsync();

        Assert.Equal(before.ToString(), (await school.ReadNoteAsync("/log/checkpoint")).ToString());
        var (status, type, body) = await health.AddCheckpointAsync($"old 0\n\n{before}");
        Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", $"{await school.Room.LogSizeAsync()}\n"), (status, type, body));
        await school.DiscloseAsync(5);
        await school.AskAsync();
        Assert.True(new WitnessQuorum { Witnesses = [health.Witness], Needed = 1 }.IsMetBy(await school.ReadNoteAsync("/log/checkpoint")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ALogRestoredFromABackupIsFoundByItsWitnessAndByItself(DatabaseKind kind)
    {
        await using var school = await Watching.OpenAsync(kind, postgres, "school.example");
        await using var health = await Watching.OpenAsync(kind, postgres, "health.example");
        await school.WatchAsync(new WitnessingEntry { Asks = [health.AsWitness], Quorum = 1 });
        await health.WatchAsync(new WitnessingEntry { Watches = [school.AsLog] });
        await school.DiscloseAsync(9);
        await school.AskAsync();
        Assert.Equal(LookOutcome.Unchanged, await health.LookAtAsync(school.AsLog));
        await school.Room.SqlAsync(KeepEdge);
        await school.Room.SqlAsync("CREATE TABLE backup_cosignature AS SELECT * FROM log_cosignature");
        await school.DiscloseAsync(11);
        await school.AskAsync();
        Assert.Equal(LookOutcome.Unchanged, await health.LookAtAsync(school.AsLog));

        foreach (var sql in RestoreBackup)
        {
            await school.Room.SqlAsync(sql);
        }

        await school.Room.ReopenAsync();
        await school.AskAsync();
        Assert.Equal(LookOutcome.Alarm, await health.LookAtAsync(school.AsLog));
        var truncated = Assert.Single((await health.StatusAsync()).Alarms);
        Assert.Equal(("truncated", false), (truncated.Kind, truncated.Proven));
        Assert.Equal("ahead", (await school.StatusAsync()).Asked.Single().Outcome);
        Assert.Equal((HttpStatusCode.OK, "contradicted"), await ReadyAsync(school));

        await school.DiscloseAsync(30);
        Assert.Equal(LookOutcome.Alarm, await health.LookAtAsync(school.AsLog));
        school.Room.Clock.Advance(TimeSpan.FromSeconds(10));
        await school.AskAsync();
        var forked = (await health.StatusAsync()).Alarms.Single(static alarm => alarm.Kind == "forked");
        Assert.Equal("contradicted", (await school.StatusAsync()).Asked.Single().Outcome);
        Assert.True(forked.Proven);
        Assert.Equal(truncated.Index, forked.Index);
        Assert.IsType<EvidenceOutcome.Proven>(EvidenceVerifier.Verify(await health.EvidenceAsync(forked), school.Room.LogKey));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryChangedInPlaceUnderAnUnchangedCheckpointIsFound(DatabaseKind kind)
    {
        await using var school = await Watching.OpenAsync(kind, postgres, "school.example");
        await using var health = await Watching.OpenAsync(kind, postgres, "health.example");
        await health.WatchAsync(new WitnessingEntry { Watches = [school.AsLog] });
        await school.DiscloseAsync(9);

        // The room looks by itself too, so one look may find that another is just taking the entries in; after two that find nothing new they are kept.
        for (var (looks, still) = (0, 0); still < 2; looks++)
        {
            var seen = await health.LookAtAsync(school.AsLog);
            Assert.True(looks < 20 && seen is LookOutcome.Grown or LookOutcome.Unchanged, $"{seen}, look {looks}");
            still = seen == LookOutcome.Unchanged ? still + 1 : 0;
        }

        await school.Room.SqlAsync("UPDATE log_entry SET commitment = salt WHERE leaf_index = 3");

        Assert.Equal(LookOutcome.Alarm, await health.LookAtAsync(school.AsLog));
        var alarm = Assert.Single((await health.StatusAsync()).Alarms);
        Assert.Equal(("edited", 3L), (alarm.Kind, alarm.Index));
        Assert.IsType<EvidenceOutcome.Testimony>(EvidenceVerifier.Verify(await health.EvidenceAsync(alarm), school.Room.LogKey));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AWitnessThatDoesNotAnswerHoldsNothingUpAndIsVisible(DatabaseKind kind)
    {
        await using var school = await Watching.OpenAsync(kind, postgres, "school.example");
        await using var health = await Watching.OpenAsync(kind, postgres, "health.example");
        health.IsShut = true;
        await school.WatchAsync(new WitnessingEntry { Asks = [health.AsWitness], Quorum = 1 });

        await school.DiscloseAsync(3);
        await school.AskAsync();

        Assert.Equal("unreachable", (await school.StatusAsync()).Asked.Single().Outcome);
        Assert.Equal((HttpStatusCode.OK, "enough"), await ReadyAsync(school));
        school.Room.Clock.Advance(TimeSpan.FromMinutes(6));
        await school.DiscloseAsync(1);
        Assert.Equal((HttpStatusCode.OK, "overdue"), await ReadyAsync(school));
        await school.WatchAsync(school.Room.Witnessing! with { QuorumForReadiness = true });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "overdue"), await ReadyAsync(school));

        health.IsShut = false;
        await health.WatchAsync(new WitnessingEntry { Watches = [school.AsLog] });
        await school.AskAsync();
        Assert.Equal((HttpStatusCode.OK, "enough"), await ReadyAsync(school));
    }

    [Fact]
    public async Task AFailingWitnessIsAskedLessAndLessOften()
    {
        await using var school = await Watching.OpenAsync(DatabaseKind.Sqlite, postgres, "school.example");
        await using var health = await Watching.OpenAsync(DatabaseKind.Sqlite, postgres, "health.example");
        await school.WatchAsync(new WitnessingEntry { Asks = [health.AsWitness], Quorum = 1 }); // whom health does not know: refused
        await school.DiscloseAsync(3);
        await school.AskAsync();
        Assert.Equal("refused", (await school.StatusAsync()).Asked.Single().Outcome);
        await health.WatchAsync(new WitnessingEntry { Watches = [school.AsLog] });

        await school.AskAsync();
        Assert.Null((await school.StatusAsync()).CosignedSize);
        school.Room.Clock.Advance(TimeSpan.FromSeconds(1.5));
        await school.AskAsync();

        Assert.Equal(await school.Room.LogSizeAsync(), (await school.StatusAsync()).CosignedSize);
    }

    private static async Task<(HttpStatusCode, string?)> ReadyAsync(PublicDoor door)
    {
        using var answer = await door.Room.Caller(null).GetAsync("/health/ready");
        using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, json.RootElement.GetProperty("witnesses").GetString());
    }
}
