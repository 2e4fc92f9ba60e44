// What has served its time goes, and everything that was ever proved stays proved.
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Tests.Consent.Replaying;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Retention;

public sealed class ErasureTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TwelveYearsWhereAnEndIsHealthCareElseWhatTheControllersSetAndNotADayEarlier(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        var now = room.Clock.GetUtcNow();
        await desk.WriteAsync(Some.Disclosure(client, now));
        await desk.WriteAsync(Some.OutsideHealth(client, now));
        await desk.WriteAsync(Some.OutsideHealth(client, now) with { To = new LogParty { Organisation = Some.County, Sector = Policy.Ids.SectorId.Parse("employment") } });

        async Task<(long Other, long Statutory)> DueAsync()
        {
            var periods = (await desk.ReportAsync()).Periods;
            return (periods.SingleOrDefault(static count => count.Value == KeepingDesk.Other)?.Due ?? 0, periods.SingleOrDefault(static count => count.Value == KeepingDesk.Statutory)?.Due ?? 0);
        }

        desk.Pass(7);
        Assert.Equal((0, 0), await DueAsync());
        desk.Pass(0, days: 1);
        Assert.Equal((1, 0), await DueAsync());
        room.Clock.Advance(now.AddYears(12) - room.Clock.GetUtcNow());
        Assert.Equal((1, 0), await DueAsync());
        desk.Pass(0, days: 1);
        Assert.Equal((1, 1), await DueAsync());

        var report = await desk.ReportAsync();
        Assert.Equal((1L, "pohjois-savo"), (report.Unset, Assert.Single(report.UnsetOrganisations)));
        Assert.Equal(1, report.Kept); // the agreement
        Assert.Equal([("kallan-kulkijat", 1L), ("kuopio", 2L), ("pohjois-savo", 1L)], report.Organisations.Select(static count => (count.Value, count.Due)));
        Assert.Equal([("health", 1L), ("municipal-sports", 2L), ("third-sector", 1L)], report.Sectors.Select(static count => (count.Value, count.Due)));
        Assert.Equal(2, report.Years.Single().Due);
        Assert.Empty(await desk.ErasedAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnErasedRecordIsGoneWithAllThatRepeatsItAndEveryProofStillHolds(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (desk, decisions) = (new KeepingDesk(room), new DecisionDesk(room));
        var old = await decisions.DecideAsync(DecisionDesk.Counselled);
        var oldBundle = await room.Operator.GetByteArrayAsync("/log/export");
        desk.Pass(12, days: 1);
        var young = await decisions.DecideAsync(DecisionDesk.Withdrawn);
        var (items, inputs) = (await desk.CountAsync("SELECT COUNT(*) FROM log_item"), await desk.CountAsync("SELECT COUNT(*) FROM decision_input"));

        var run = await desk.PrepareAsync();
        var bundle = await desk.ExportAsync(run);
        var last = await desk.RunAsync(run, new RunErasure { Export = new Digest(SHA256.HashData(bundle)) });

        Assert.Equal(("done", 2L), (last.End, last.Erased)); // the decision and the operator's export of then
        Assert.Contains(old, await desk.ErasedAsync());
        Assert.DoesNotContain(young, await desk.ErasedAsync());
        Assert.Equal((items / 2, inputs - 1), (await desk.CountAsync("SELECT COUNT(*) FROM log_item"), await desk.CountAsync("SELECT COUNT(*) FROM decision_input")));
        Assert.Equal(0, await desk.CountAsync($"SELECT COUNT(*) FROM log_entry WHERE leaf_index = {old} AND (client IS NOT NULL OR correlation_id <> '' OR from_organisation IS NOT NULL OR to_system IS NOT NULL OR entry_id <> 'erased-{old}' OR time <> leaf_time)"));
        Assert.IsType<BundleOutcome.Intact>(await desk.VerifyAsync(oldBundle));
        Assert.Equal(2, Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator)).Erased);
        var intact = Assert.IsType<BundleOutcome.Intact>(await desk.VerifyAsync(bundle));
        Assert.Equal(2, intact.Size - intact.Erased);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheLogItselfTellsOfTheErasureAndNamesTheBundleAndNobody(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        var first = await desk.WriteAsync(Some.Disclosure(client, room.Clock.GetUtcNow()));
        await desk.WriteAsync(Some.Disclosure(client, room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);

        var run = await desk.PrepareAsync();
        var digest = new Digest(SHA256.HashData(await desk.ExportAsync(run)));
        await desk.RunAsync(run, new RunErasure { Export = digest });

        var told = await desk.ToldAsync();
        Assert.Equal(["erased", "completed"], told.Select(static entry => entry.Outcome));
        Assert.All(told, entry => Assert.Equal((run.Id, 2L, (Digest?)digest, run.AsOf, "sisote-operator"), (entry.Concerns, entry.Erasure!.Count, entry.Erasure.Export, entry.Erasure.AsOf, entry.To!.System!.Value.Value)));
        Assert.Equal((KeepingDesk.Statutory, new LogRange { First = first, Last = first + 1 }), (told[0].Erasure!.Period, told[0].Erasure!.Ranges.Single()));
        Assert.All(told, entry => Assert.Null(entry.Client));
        using var seen = await desk.Officer.GetAsync("/log?kind=erasure");
        Assert.Equal("erased", Assert.Single((await seen.ReadAsync<LogPage>()).Rows).Outcome); // the county was a side of what went
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnOfficerIsToldWhenAndUnderWhichRuleAndNobodyElseIsToldAnything(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var index = await desk.WriteAsync(Some.Disclosure(await desk.ClientAsync(), room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        await desk.EraseAsync();

        using var officer = await desk.Officer.GetAsync($"/log/{index}");
        var said = await officer.Content.ReadAsStringAsync();
        using var other = await desk.Officer.GetAsync("/log/1000000");

        Assert.Equal((HttpStatusCode.Gone, "entry-erased"), (officer.StatusCode, await officer.SlugAsync()));
        Assert.Contains($"erased on {Policy.Deciding.FinnishTime.DateOf(room.Clock.GetUtcNow()):yyyy-MM-dd} under retention rule {KeepingDesk.Statutory}", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        foreach (var caller in new[] { room.Client(Some.Aino), room.Gateway, room.Operator, room.Person(PersonKind.ControllerAdmin, "pohjois-savo"), room.Person(PersonKind.Professional, "kuopio") })
        {
            using var refused = await caller.GetAsync($"/log/{index}");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.DoesNotContain("erased", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var mine = await room.Client(Some.Aino).GetAsync("/me/disclosures");
        Assert.Empty((await mine.ReadAsync<MyDisclosures>()).Disclosures);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ABacktestOverErasedRecordsCountsThemAndFindsNoFault(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (desk, decisions) = (new KeepingDesk(room), new DecisionDesk(room));
        await decisions.DecideAsync(DecisionDesk.Counselled);
        desk.Pass(12, days: 1);
        await decisions.DecideAsync(DecisionDesk.Counselled);
        await desk.EraseAsync(export: false);

        var result = await decisions.RunAsync();

        Assert.True(result.IsSound);
        Assert.Equal((1L, 1L, 0L), (result.Erased.Count, result.Same.Count, result.InputsMissing.Count));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NothingIsErasedBeforeItsBundleWasTakenOutAndNamedOrExpresslyNotWanted(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        await desk.WriteAsync(Some.Disclosure(await desk.ClientAsync(), room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        var run = await desk.PrepareAsync();

        using var never = await desk.PostRunAsync(run, new RunErasure { Export = new Digest(new byte[32]) });
        var bundle = await desk.ExportAsync(run);
        using var another = await desk.PostRunAsync(run, new RunErasure { Export = new Digest(new byte[32]) });
        using var neither = await desk.PostRunAsync(run, new RunErasure());
        using var both = await desk.PostRunAsync(run, new RunErasure { Export = new Digest(SHA256.HashData(bundle)), WithoutExport = true });
        using var future = await room.Operator.PostAsJsonAsync("/log/erasures", new PrepareErasure { AsOf = run.AsOf.AddDays(1) }, SisoteJson.Options);

        Assert.Equal(["export-wanted", "export-wanted", "invalid-request", "invalid-request", "invalid-request"], await Task.WhenAll(new[] { never, another, neither, both, future }.Select(Answers.SlugAsync)));
        Assert.Empty(await desk.ErasedAsync());
        Assert.Equal(1, (await desk.RunAsync(run, new RunErasure { Export = new Digest(SHA256.HashData(bundle)) })).Erased);
        Assert.All(await desk.ToldAsync(), static entry => Assert.NotNull(entry.Erasure!.Export));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ANewRunGivesUpTheOneBeforeAndARunThatIsDoneStaysDone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        await desk.WriteAsync(Some.Disclosure(await desk.ClientAsync(), room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        var (first, second) = (await desk.PrepareAsync(), await desk.PrepareAsync());

        using var outdated = await desk.PostRunAsync(first, new RunErasure { WithoutExport = true });
        await desk.RunAsync(second, new RunErasure { WithoutExport = true });
        var again = await desk.RunAsync(second, new RunErasure { WithoutExport = true });
        using var absent = await desk.PostRunAsync(second with { Id = Some.Id() }, new RunErasure { WithoutExport = true });
        using var list = await desk.Officer.GetAsync("/log/erasures");

        Assert.Equal(("wrong-state", "not-found"), (await outdated.SlugAsync(), await absent.SlugAsync()));
        Assert.Equal(("done", 1L, 2), (again.End, again.Erased, (await desk.ToldAsync()).Length));
        Assert.Equal(["done", "given-up"], (await list.ReadAsync<ErasureRuns>()).Runs.Select(static run => run.State));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARemovedRecordIsNotAccountedForByARowThatSomebodyWroteBesideTheLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        await desk.WriteAsync(Some.Disclosure(client, room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        await desk.EraseAsync();
        var stolen = await desk.WriteAsync(2, () => Some.Disclosure(client, room.Clock.GetUtcNow()));
        await room.SqlAsync($"UPDATE log_entry SET record = NULL, salt = NULL WHERE leaf_index = {stolen[0]}");
        await room.SqlAsync($"INSERT INTO log_erased (first_index, last_index, period, erased_at, run) SELECT {stolen[0]}, {stolen[1] + 1000}, period, erased_at, run FROM log_erased LIMIT 1");

        var report = await desk.ReportAsync();

        Assert.Equal((1L, 1L), (report.Erased, report.Unaccounted));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARecordThatWasChangedBehindTheLogsBackIsEvidenceAndStays(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        var changed = await desk.WriteAsync(Some.Disclosure(client, room.Clock.GetUtcNow()));
        var stolen = await desk.WriteAsync(Some.Disclosure(client, room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        await room.SqlAsync($"UPDATE log_entry SET record = (SELECT record FROM log_entry WHERE leaf_index = {stolen}) WHERE leaf_index = {changed}");
        await room.SqlAsync($"UPDATE log_entry SET record = NULL, salt = NULL WHERE leaf_index = {stolen}");

        var report = await desk.ReportAsync();
        await desk.EraseAsync();

        Assert.Equal((0L, 1L, 1L), (report.Due, report.Changed, report.Unaccounted));
        Assert.NotNull((await desk.RowsAsync())[(int)changed].Record);
        Assert.Equal(1, (await desk.ReportAsync()).Unaccounted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AWritersWrongClockShortensNothing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        await desk.WriteAsync(Some.Disclosure(await desk.ClientAsync(), room.Clock.GetUtcNow().AddYears(-30)));

        Assert.Equal(0, (await desk.ReportAsync()).Due);
        desk.Pass(12, days: 1);
        Assert.Equal(2, (await desk.ReportAsync()).Due); // the record, and that somebody asked for a report then
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task InputsThatARecordOfTheSameMomentUsesAgainAreNotErased(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (desk, decisions) = (new KeepingDesk(room), new DecisionDesk(room));
        var before = await decisions.MakeAsync(DecisionDesk.Counselled);
        await room.AppendAsync(before);
        desk.Pass(12, days: 1);
        var again = await decisions.MakeAsync(DecisionDesk.Counselled);
        Assert.Equal(before.Entry.Inputs, again.Entry.Inputs);

        var erasing = desk.EraseAsync(export: false);
        var appended = await room.AppendAsync(again);
        await erasing;

        Assert.Equal(AppendStatus.Committed, appended.Status);
        var result = await decisions.RunAsync();
        Assert.Equal((1L, 1L, 0L), (result.Erased.Count, result.Same.Count, result.InputsMissing.Count));
    }

    [Fact]
    public async Task NobodyButThoseWhoKeepTheLogGetsAnAnswerAndOnlyTheOperatorErases()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new KeepingDesk(room);
        var run = await desk.PrepareAsync();

        foreach (var caller in new[] { room.Client(Some.Aino), room.Gateway, room.Person(PersonKind.Professional, "kuopio"), room.PersonWithout(PersonKind.DataProtectionOfficer) })
        {
            foreach (var path in new[] { "/log/retention", "/log/erasures", "/log/holds" })
            {
                using var refused = await caller.GetAsync(path);
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            }
        }

        foreach (var caller in new[] { desk.Officer, room.Person(PersonKind.ControllerAdmin, "pohjois-savo") })
        {
            using var prepare = await caller.PostAsJsonAsync("/log/erasures", new PrepareErasure(), SisoteJson.Options);
            using var export = await caller.GetAsync($"/log/erasures/{run.Id}/export");
            using var erase = await caller.PostAsJsonAsync($"/log/erasures/{run.Id}/run", new RunErasure { WithoutExport = true }, SisoteJson.Options);
            Assert.All(new[] { prepare, export, erase }, static answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APersonIsToldOnlyOfWhatTheOwnOrganisationIsASideOf(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        await desk.WriteAsync(Some.Disclosure(client, room.Clock.GetUtcNow()));
        await desk.WriteAsync(Some.OutsideHealth(client, room.Clock.GetUtcNow()));
        await desk.WriteAsync(Some.OutsideHealth(client, room.Clock.GetUtcNow()), sides: [Some.County]);
        desk.Pass(12, days: 1);

        Assert.Equal(3, (await desk.ReportAsync()).Due);
        Assert.Equal(2, (await desk.ReportAsync(caller: desk.Officer)).Due);
        Assert.Equal(2, (await desk.ReportAsync(caller: room.Person(PersonKind.ControllerAdmin, "kallan-kulkijat"))).Due);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADayThatIsNamedDecidesAndOneThatIsNotADayIsRefused(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        await desk.WriteAsync(Some.Disclosure(await desk.ClientAsync(), room.Clock.GetUtcNow()));
        var lastDay = Policy.Deciding.FinnishTime.DateOf(room.Clock.GetUtcNow()).AddYears(12);
        desk.Pass(13);

        var counts = new[] { await desk.ReportAsync($"?asOf={lastDay:yyyy-MM-dd}"), await desk.ReportAsync($"?asOf={lastDay.AddDays(1):yyyy-MM-dd}") };
        using var refused = await room.Operator.GetAsync("/log/retention?asOf=yesterday");
        var earlier = await desk.PrepareAsync(lastDay);
        var nothing = await desk.RunAsync(earlier, new RunErasure { WithoutExport = true });

        Assert.Equal([0, 1], counts.Select(static report => report.Due));
        Assert.Equal("invalid-request", await refused.SlugAsync());
        Assert.Equal(("done", 0L), (nothing.End, nothing.Erased));
        Assert.Empty(await desk.ToldAsync());
    }
}
