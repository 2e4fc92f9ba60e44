// A log's keeper who has its key tries each of the six ways; the witness finds and names it.
using System.Net;
using Sisote.Consent.Witnessing;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Deployments;
using Sisote.Tests.Testing;
using System.Net.Http.Json;

namespace Sisote.Tests.Consent.Witnessing;

public sealed class FalseLogTests(PostgresFixture postgres)
{
    private const int Seen = 300;

    /// <summary>Way, what the witness names it, the entry it names, whether anybody can verify it.</summary>
    private static readonly Dictionary<string, (Action<FalseLog> Do, string Kind, long? Index, bool Proven)> Ways = new()
    {
        ["edit and grow"] = (static log => { log.Leaves[7] = FalseLog.Leaf(1007); log.Grow(300); }, "edited", 7, true),
        ["edit and sign the same size"] = (static log => log.Leaves[270] = FalseLog.Leaf(1270), "edited", 270, true),
        ["edit without signing"] = (static log => { log.Shown = log.Sign(Seen); log.Leaves[40] = FalseLog.Leaf(1040); }, "edited", 40, false),
        ["reorder and grow"] = (static log => { (log.Leaves[3], log.Leaves[290]) = (log.Leaves[290], log.Leaves[3]); log.Grow(1); }, "reordered", 3, true),
        ["truncate"] = (static log => log.Leaves.RemoveRange(257, Seen - 257), "truncated", 257, false),
        ["truncate and go on otherwise"] = (static log => { log.Leaves.RemoveRange(200, 100); log.Leaves.AddRange(Enumerable.Range(5000, 200).Select(FalseLog.Leaf)); }, "forked", 200, true),
        ["truncate after an edit"] = (static log => { log.Leaves[7] = FalseLog.Leaf(1007); log.Leaves.RemoveRange(257, Seen - 257); }, "edited", 7, true),
        ["replay an old checkpoint"] = (static log => log.Shown = log.Sign(100), "replayed", 100, false),
        ["split view"] = (static log => log.Shown = (log.At(Seen) with { Root = MerkleHash.OfLeaf("another"u8) }).Sign(log.Signer), "split-view", null, true),
        ["fork from the beginning"] = (static log => log.Leaves = [.. Enumerable.Range(7000, 512).Select(FalseLog.Leaf)], "forked", 0, true),
    };

    public static TheoryData<DatabaseKind, string> WaysOnBoth
    {
        get
        {
            var data = new TheoryData<DatabaseKind, string>();
            foreach (var way in Ways.Keys)
            {
                data.Add(DatabaseKind.Sqlite, way);
                data.Add(DatabaseKind.Postgres, way);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(WaysOnBoth))]
    public async Task EachWayIsFoundNamedAndKeptAsEvidence(DatabaseKind kind, string way)
    {
        await using var log = await FalseLog.OpenAsync(Seen);
        await using var witness = await WitnessOfAsync(kind, log);
        var (tamper, name, index, proven) = Ways[way];
        Assert.Equal(LookOutcome.Unchanged, await witness.LookAtAsync(log.AsLog));

        tamper(log);
        var found = LookOutcome.Unchanged;
        for (var look = 0; look < 2 && found == LookOutcome.Unchanged; look++)
        {
            found = await witness.LookAtAsync(log.AsLog); // old rows are looked at in turn: this log has two
        }

        Assert.Equal(LookOutcome.Alarm, found);
        var alarm = Assert.Single((await witness.StatusAsync()).Alarms);
        Assert.Equal((name, index, proven), (alarm.Kind, alarm.Index, alarm.Proven));
        var outcome = EvidenceVerifier.Verify(await witness.EvidenceAsync(alarm), log.Signer.Verifier);
        Assert.True(proven ? outcome is EvidenceOutcome.Proven : outcome is EvidenceOutcome.Testimony, $"{outcome}");
        Assert.Equal(Seen, (await witness.StatusAsync()).Watched.Single().Size);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnHonestLogIsFollowedThroughAnyGrowthWithoutItsHelp(DatabaseKind kind)
    {
        await using var log = await FalseLog.OpenAsync(0);
        await using var witness = await WitnessOfAsync(kind, log);
        foreach (var growth in new[] { 1, 254, 1, 1, 255, 256, 512, 0, 13 })
        {
            log.Grow(growth);
            Assert.Equal(growth == 0 ? LookOutcome.Unchanged : LookOutcome.Grown, await witness.LookAtAsync(log.AsLog));
        }

        for (var look = 0; look < 12; look++)
        {
            Assert.Equal(LookOutcome.Unchanged, await witness.LookAtAsync(log.AsLog));
        }

        Assert.Empty((await witness.StatusAsync()).Alarms);
        Assert.Equal(log.Leaves.Count, (await witness.StatusAsync()).Watched.Single().Size);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEditedEntryOfALogThatGrowsAtEveryLookIsFound(DatabaseKind kind)
    {
        await using var log = await FalseLog.OpenAsync(Seen);
        await using var witness = await WitnessOfAsync(kind, log);
        log.Grow(1);
        await witness.LookAtAsync(log.AsLog);
        var (genuine, edited) = (log.Leaves[7], FalseLog.Leaf(1007));
        log.Edited = (7, edited);

        var found = LookOutcome.Grown;
        for (var look = 0; look < 4 && found == LookOutcome.Grown; look++)
        {
            log.Grow(1);
            found = await witness.LookAtAsync(log.AsLog);
        }

        Assert.NotEqual(genuine, edited);
        Assert.Equal(LookOutcome.Alarm, found);
        Assert.Equal(("edited", (long?)7), ((await witness.StatusAsync()).Alarms.Single().Kind, (await witness.StatusAsync()).Alarms.Single().Index));
    }

    [Fact]
    public async Task TheSameTreeAskedAboutAgainIsCosignedAnewWithoutWriting()
    {
        await using var log = await FalseLog.OpenAsync(40);
        await using var witness = await WitnessOfAsync(DatabaseKind.Sqlite, log, follow: false);
        var started = witness.Room.Clock.GetUtcNow();
        await witness.AddCheckpointAsync((await log.RequestAsync(0, 25)).ToString());
        witness.Room.Clock.Advance(TimeSpan.FromSeconds(30));
        var asked = await log.RequestAsync(25, 25);

        var again = await witness.AddCheckpointAsync(asked.ToString());
        var written = (await witness.StatusAsync()).Watched.Single().CosignedAt;
        witness.Room.Clock.Advance(TimeSpan.FromSeconds(40));
        await witness.AddCheckpointAsync(asked.ToString());

        Assert.True(NoteSignature.TryParse(again.Body, out var line));
        Assert.Equal(started.AddSeconds(30).ToUnixTimeSeconds(), witness.Witness.FindTime(asked.Note.Text, line)!.Value.ToUnixTimeSeconds());
        Assert.Equal(started, written!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(started.AddSeconds(70), (await witness.StatusAsync()).Watched.Single().CosignedAt!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task WhatCannotBeJudgedIsToldAndChangesNothing()
    {
        await using var log = await FalseLog.OpenAsync(Seen);
        await using var witness = await WitnessOfAsync(DatabaseKind.Sqlite, log);
        using var stranger = NoteSigner.Generate(log.Signer.Verifier.Name);

        log.Shown = log.At(Seen).Sign(stranger);
        Assert.Equal(LookOutcome.NotSigned, await witness.LookAtAsync(log.AsLog));
        log.Shown = (log.At(Seen) with { Size = Seen + 1 }).Sign(log.Signer);
        Assert.Equal(LookOutcome.TilesDisagree, await witness.LookAtAsync(log.AsLog));
        log.Grow(1);
        Assert.Equal(LookOutcome.TilesDisagree, await witness.LookAtAsync(log.AsLog));
        var entry = log.AsLog;
        await log.DisposeAsync();
        Assert.Equal(LookOutcome.Unreachable, await witness.LookAtAsync(entry));

        Assert.Equal((0, (long?)Seen), ((await witness.StatusAsync()).Alarms.Length, (await witness.StatusAsync()).Watched.Single().Size));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheWitnesssDoorAnswersAsTheSpecificationSays(DatabaseKind kind)
    {
        await using var log = await FalseLog.OpenAsync(40);
        await using var witness = await WitnessOfAsync(kind, log, follow: false);
        using var stranger = NoteSigner.Generate(log.Signer.Verifier.Name);
        var first = await log.RequestAsync(0, 10);
        var next = await log.RequestAsync(10, 25);

        Assert.Equal((HttpStatusCode.BadRequest, "checkpoint-malformed"), await RefusedAsync(witness, "old 0\n"));
        Assert.Equal((HttpStatusCode.BadRequest, "checkpoint-malformed"), await RefusedAsync(witness, first.ToString() + new string('x', 40_000)));
        Assert.Equal((HttpStatusCode.BadRequest, "checkpoint-malformed"), await RefusedAsync(witness, (first with { OldSize = 11 }).ToString()));
        Assert.Equal((HttpStatusCode.NotFound, "log-not-watched"), await RefusedAsync(witness, first.ToString().Replace("false.example", "other.example", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.Forbidden, "checkpoint-not-signed"), await RefusedAsync(witness, (first with { Note = log.At(10).Sign(stranger) }).ToString()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "checkpoint-does-not-continue"), await RefusedAsync(witness, (first with { Path = next.Path }).ToString()));

        var cosigned = await witness.AddCheckpointAsync(first.ToString());
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (cosigned.Status, cosigned.Type));
        Assert.True(NoteSignature.TryParse(cosigned.Body, out var line));
        Assert.Equal(witness.Room.Clock.GetUtcNow().ToUnixTimeSeconds(), witness.Witness.FindTime(first.Note.Text, line)!.Value.ToUnixTimeSeconds());
        Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", "10\n"), await witness.AddCheckpointAsync(first.ToString()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "checkpoint-does-not-continue"), await RefusedAsync(witness, (next with { Path = [] }).ToString()));
        Assert.Equal(HttpStatusCode.OK, (await witness.AddCheckpointAsync(next.ToString())).Status);
        Assert.Equal(HttpStatusCode.OK, (await witness.AddCheckpointAsync((await log.RequestAsync(25, 25)).ToString())).Status);
        Assert.Empty((await witness.StatusAsync()).Alarms);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ReplicasThatAreAskedAtOnceNeverCosignTwoHistories(DatabaseKind kind)
    {
        await using var log = await FalseLog.OpenAsync(40);
        await using var witness = await WitnessOfAsync(kind, log, follow: false);
        await using var twin = await witness.Room.TwinAsync();
        Assert.Equal(HttpStatusCode.OK, (await witness.AddCheckpointAsync((await log.RequestAsync(0, 10)).ToString())).Status);
        log.Leaves = [.. log.Leaves[..20], .. Enumerable.Range(3000, 40).Select(FalseLog.Leaf)];
        var one = await Task.WhenAll(Enumerable.Range(18, 8).Select(size => log.RequestAsync(10, size)));
        log.Leaves = [.. log.Leaves[..12], .. Enumerable.Range(4000, 40).Select(FalseLog.Leaf)];
        var two = await Task.WhenAll(Enumerable.Range(18, 8).Select(size => log.RequestAsync(10, size)));
        var doors = new[] { witness.Room.Gateway, witness.Room.CallerOf(twin) };

        var answers = await Task.WhenAll(one.Concat(two).Select(async (request, place) =>
        {
            using var body = new StringContent(request.ToString());
            using var answer = await doors[place % 2].PostAsync("/witness/add-checkpoint", body);
            return (request.Checkpoint.Size, answer.StatusCode);
        }));

        var cosigned = Assert.Single(answers, static answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(cosigned.Size, (await witness.StatusAsync()).Watched.Single().Size);
        Assert.All(answers.Where(static answer => answer.StatusCode != HttpStatusCode.OK), static answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
    }

    [Fact]
    public async Task AForkThatIsPushedRaisesAnAlarmOnlyWhereTheLogsOwnSignaturesProveIt()
    {
        await using var log = await FalseLog.OpenAsync(40);
        await using var witness = await WitnessOfAsync(DatabaseKind.Sqlite, log, follow: false);
        await witness.AddCheckpointAsync((await log.RequestAsync(0, 11)).ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await witness.AddCheckpointAsync((await log.RequestAsync(11, 20) with { Path = [] }).ToString())).Status);
        Assert.Empty((await witness.StatusAsync()).Alarms);

        log.Leaves[2] = FalseLog.Leaf(2002);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await witness.AddCheckpointAsync((await log.RequestAsync(11, 20)).ToString())).Status);

        var alarm = Assert.Single((await witness.StatusAsync()).Alarms);
        Assert.Equal(("forked", true), (alarm.Kind, alarm.Proven));
        using var empty = await witness.Room.Operator.PostAsJsonAsync($"/witness/alarms/{alarm.Id}/settle", new SettleAlarm { Why = string.Empty }, SisoteJson.Options);
        using var settled = await witness.Room.Operator.PostAsJsonAsync($"/witness/alarms/{alarm.Id}/settle", new SettleAlarm { Why = "The keeper began a new log." }, SisoteJson.Options);
        using var again = await witness.Room.Operator.PostAsJsonAsync($"/witness/alarms/{alarm.Id}/settle", new SettleAlarm { Why = "Twice." }, SisoteJson.Options);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (empty.StatusCode, settled.StatusCode, again.StatusCode));
        Assert.Equal("The keeper began a new log.", Assert.Single((await witness.StatusAsync()).Alarms).SettledWhy);
    }

    private async Task<PublicDoor> WitnessOfAsync(DatabaseKind kind, FalseLog log, bool follow = true)
    {
        var witness = await Watching.OpenAsync(kind, postgres, "health.example");
        await witness.WatchAsync(new WitnessingEntry { Watches = [follow ? log.AsLog : log.AsLog with { Address = null }] });
        if (follow)
        {
            await witness.LookAtAsync(log.AsLog);
        }

        return witness;
    }

    private static async Task<(HttpStatusCode, string?)> RefusedAsync(PublicDoor witness, string body)
    {
        var (status, _, answer) = await witness.AddCheckpointAsync(body);
        using var problem = System.Text.Json.JsonDocument.Parse(answer);
        return (status, problem.RootElement.GetProperty("type").GetString()!.Split('/')[^1]);
    }
}
