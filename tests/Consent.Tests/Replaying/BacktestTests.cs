// Logged decisions are made again: the same law gives the same, another law shows what it changes, and what was tampered with is found.
using System.Net;
using System.Net.Http.Json;
using Sisote.Consent.Replaying;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Replaying;

public sealed class BacktestTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheSameCatalogueMakesEveryDecisionAgainBitForBit(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        await room.GiveAsync(Some.Aino, Some.Consent());
        var writing = DecisionDesk.Reading with { Direction = Direction.Write, From = DecisionDesk.Reading.To, To = DecisionDesk.Reading.From, Atomic = true, ItemLabels = ["PSY"] };
        await desk.DecideAsync(DecisionDesk.Counselled);
        await desk.DecideAsync(DecisionDesk.Counselled, documents: [["N"], ["PSY"], ["TURVAKIELTO", "N"]]);
        await desk.DecideAsync(DecisionDesk.Withdrawn);
        await desk.DecideAsync(DecisionDesk.Minor);
        await desk.DecideAsync(static state => state);
        await desk.DecideAsync(static state => state, hetu: Some.Onni);
        await desk.DecideAsync(DecisionDesk.Counselled, DecisionDesk.Reading with { Purpose = PurposeId.Parse("voluntary-hobby") });
        await desk.DecideAsync(DecisionDesk.Counselled, DecisionDesk.Reading with { Items = [DataItemId.Parse("nobody-knows-it")], Channel = Channel.SingleView });
        await desk.DecideAsync(DecisionDesk.Counselled, writing);

        var result = await desk.RunAsync();

        Assert.True(result.IsSound);
        Assert.Equal((9, 0, 0), (result.Same.Count, result.Changed.Count, result.NotReproduced.Count));
        Assert.Empty(result.Changes);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherCatalogueListsExactlyWhatItChangesAndWhere(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        long[] permitted = [await desk.DecideAsync(DecisionDesk.Counselled), await desk.DecideAsync(DecisionDesk.Counselled)];
        await desk.DecideAsync(DecisionDesk.Withdrawn, DecisionDesk.Reading with { Items = [Some.Limits] });

        var result = await desk.RunAsync(DecisionDesk.Request(static (name, text) => name == "rules/EX-02.yaml" ? text.Replace("exercise-restriction, exercise-goal-plan", "exercise-restriction", StringComparison.Ordinal) : text));

        Assert.True(result.IsSound);
        Assert.Equal((1, 2), (result.Same.Count, result.Changed.Count));
        var change = Assert.Single(result.Changes);
        Assert.Equal(DecisionDesk.Plan, change.Item);
        Assert.Equal((true, "EX-02"), (change.Before.Permitted, change.Before.Rule?.Value));
        Assert.Equal((false, ReasonClass.WrongDirection), (change.After.Permitted, change.After.Reason));
        Assert.Equal(permitted, change.Decisions.Examples);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AStateThatWasChangedAfterwardsIsFound(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        var denied = await desk.DecideAsync(DecisionDesk.Withdrawn);
        var permitted = await desk.DecideAsync(DecisionDesk.Counselled);

        // Somebody who reaches the database puts the state with the consent in the place of the one without.
        await room.SqlAsync($"UPDATE decision_input SET content = (SELECT other.content FROM decision_input other WHERE other.commitment = '{await CommitmentAsync(room, permitted)}') WHERE commitment = '{await CommitmentAsync(room, denied)}'");
        var result = await desk.RunAsync();

        Assert.False(result.IsSound);
        Assert.Equal([denied], result.InputsChanged.Examples);
        Assert.Equal(1, result.Same.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AStateThatIsGoneAndARecordThatWasSwappedAreFound(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        var gone = await desk.DecideAsync(DecisionDesk.Withdrawn);
        var swapped = await desk.DecideAsync(DecisionDesk.Counselled);
        await desk.DecideAsync(DecisionDesk.Minor);

        await room.SqlAsync($"DELETE FROM decision_input WHERE commitment = '{await CommitmentAsync(room, gone)}'");
        await room.SqlAsync($"UPDATE log_entry SET record = (SELECT other.record FROM log_entry other WHERE other.leaf_index = {gone}) WHERE leaf_index = {swapped}");
        var result = await desk.RunAsync();

        Assert.Equal([gone], result.InputsMissing.Examples);
        Assert.Equal([swapped], result.RecordChanged.Examples);
        Assert.Equal(1, result.Same.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARecordThatIsNoEntryDoesNotHideWhatTheOthersShow(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        var broken = await desk.DecideAsync(DecisionDesk.Withdrawn);
        await desk.DecideAsync(DecisionDesk.Counselled);
        var (salt, record) = (new byte[Commitment.SaltLength], "{}"u8.ToArray());
        string Blob(ReadOnlySpan<byte> bytes) => kind == DatabaseKind.Sqlite ? $"X'{Convert.ToHexString(bytes)}'" : $"decode('{Convert.ToHexString(bytes)}', 'hex')";

        await room.SqlAsync($"UPDATE log_entry SET record = {Blob(record)}, salt = {Blob(salt)}, commitment = {Blob(Convert.FromBase64String(Commitment.Of(salt, record).ToString()))} WHERE leaf_index = {broken}");
        var result = await desk.RunAsync();

        Assert.Equal([broken], result.RecordChanged.Examples);
        Assert.Equal(1, result.Same.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RecordsOfAnOlderVersionAreCountedAndNotSkippedInSilence(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        var state = (await room.StateAsync(Some.Aino)).State;
        var old = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()) with { Schema = 1, Channel = Channel.StandingApi }, Expect = Some.Expect(state) });
        await desk.DecideAsync(DecisionDesk.Counselled);

        var result = await desk.RunAsync();

        Assert.Equal([old.Index!.Value], result.WithoutInputs.Examples);
        Assert.Equal(1, result.Same.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADecisionUnderADeploymentThatIsNotKeptIsSaidAndCanBeGivenOne(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        var elsewhere = Some.Deployment() with { RulesOff = [Some.Reading] };
        var place = await desk.DecideAsync(DecisionDesk.Counselled, deployment: elsewhere);

        var unknown = await desk.RunAsync();
        var given = await desk.RunAsync(DecisionDesk.Request() with { Narrowing = DeploymentNarrowing.Of(elsewhere) });
        var wider = await desk.RunAsync(DecisionDesk.Request() with { Narrowing = DeploymentNarrowing.Of(Some.Deployment()) });

        Assert.Equal([place], unknown.DeploymentUnknown.Examples);
        Assert.False(unknown.IsSound);
        Assert.Equal(1, given.Same.Count);
        Assert.Equal((1, 0), (wider.Changed.Count, wider.NotReproduced.Count));
        Assert.Equal(3, wider.Changes.Count(static change => change.After.Permitted == true));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OnlyWhatWasLoggedSinceTheDayIsDecidedAgain(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        await desk.DecideAsync(DecisionDesk.Withdrawn);
        room.Clock.Advance(TimeSpan.FromHours(1));
        var since = room.Clock.GetUtcNow();
        await desk.DecideAsync(DecisionDesk.Withdrawn);
        await desk.DecideAsync(DecisionDesk.Withdrawn);

        var result = await desk.RunAsync(DecisionDesk.Request() with { Since = since });

        Assert.Equal(2, result.Same.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ErasingARecordLetsItsInputsBeErasedAndNoOthersAndTheLogStillVerifies(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        var first = await desk.DecideAsync(DecisionDesk.Withdrawn);
        await desk.DecideAsync(DecisionDesk.Counselled);
        var client = (await room.StateAsync(Some.Aino)).State.Client;

        await room.SqlAsync($"UPDATE log_entry SET record = NULL, salt = NULL WHERE leaf_index = {first}");
        var erased = await EraseAsync(room, client);
        var result = await desk.RunAsync();

        Assert.Equal((1, 0), (erased, await EraseAsync(room, client)));
        Assert.Equal([first], result.Erased.Examples);
        Assert.Equal(1, result.Same.Count);
        Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task InputsTravelOnceAndNothingIsCommittedToThatIsNotKept(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        var item = await desk.MakeAsync(DecisionDesk.Withdrawn);
        var other = await desk.MakeAsync(DecisionDesk.Minor);

        var without = await room.AppendAsync(item with { Inputs = null });
        var others = await room.AppendAsync(item with { Inputs = other.Inputs });
        var with = await room.AppendAsync(item);
        var again = await room.AppendAsync(item with { Inputs = null, Entry = item.Entry with { Id = Some.Id() } });
        await room.ReopenAsync();
        var restarted = await room.AppendAsync(item with { Inputs = null, Entry = item.Entry with { Id = Some.Id() } });

        Assert.Equal(AppendStatus.InputsWanted, without.Status);
        Assert.Equal((AppendStatus.Malformed, "inputs"), (others.Status, others.Field));
        Assert.Equal([AppendStatus.Committed, AppendStatus.Committed, AppendStatus.Committed], [with.Status, again.Status, restarted.Status]);
        Assert.Equal(3, (await desk.RunAsync()).Same.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NothingOnRecordAboutAClientLeavesWithTheLogOrStandsInTheDatabaseInClear(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new DecisionDesk(room);
        await desk.DecideAsync(DecisionDesk.Minor, documents: [["PSY"]]);

        var export = await room.Operator.GetStringAsync("/log/export");
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        var kept = await session.QueryAsync("SELECT content FROM decision_input", static row => row.GetFieldValue<byte[]>(0), CancellationToken.None);

        Assert.Contains("\"inputs\":\"", export, StringComparison.Ordinal);
        Assert.Contains("\"ageClass\":\"minor\"", export, StringComparison.Ordinal);
        Assert.All(["2012-05-01", "birthDate", "safetyProhibition", "PSY", "ref-1"], secret => Assert.DoesNotContain(secret, export, StringComparison.Ordinal));
        Assert.DoesNotContain("birthDate", global::System.Text.Encoding.Latin1.GetString(Assert.Single(kept)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyTheOperatorMayAskAndTheLogSaysThatSomebodyAsked()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var before = await room.LogSizeAsync();

        foreach (var caller in new[] { room.Gateway, room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo"), room.Client(Some.Aino) })
        {
            using var refused = await caller.PostAsJsonAsync("/log/backtests", DecisionDesk.Request(), SisoteJson.Options);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var faulty = await room.Operator.PostAsJsonAsync("/log/backtests", DecisionDesk.Request(static (_, text) => text + "\nmore: 1\n"), SisoteJson.Options);
        Assert.Equal((HttpStatusCode.BadRequest, before), (faulty.StatusCode, await room.LogSizeAsync()));
        await new DecisionDesk(room).RunAsync();
        Assert.Equal(before + 1, await room.LogSizeAsync());
    }

    private static async Task<string> CommitmentAsync(OpenRoom room, long index)
    {
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return (await global::Sisote.Consent.Keeping.LogTable.FindAsync(session, index, CancellationToken.None))!.Entry()!.Inputs!.Value.ToString();
    }

    private static async Task<int> EraseAsync(OpenRoom room, ClientId client)
    {
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.WriteAsync(CancellationToken.None);
        var store = (InputStore)room.Services.GetService(typeof(InputStore))!;
        var erased = await store.EraseUnusedAsync(session, client, new HashSet<Digest>(), CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
        return erased;
    }
}
