// What is kept of persons beside the log goes when its time has ended: records of minors, guardianships, decisions and work items.
using System.Net.Http.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Consent.Minors;
using Sisote.Tests.Consent.Releases;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Retention;

public sealed class BesideTests(PostgresFixture postgres)
{
    private const string Rows = """
        SELECT (SELECT COUNT(*) FROM minor_record) * 10000 + (SELECT COUNT(*) FROM guardianship) * 1000 + (SELECT COUNT(*) FROM relationship WHERE scope_items IS NOT NULL) * 100
          + (SELECT COUNT(*) FROM waiting_release) * 10 + (SELECT COUNT(DISTINCT release) FROM waiting_item)
        """;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatCountsNoMoreGoesTwelveYearsAfterItCeasedAndNotADayEarlierAndWhatCountsStays(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var desk = new KeepingDesk(room);
        await FamilyAsync(room);
        var waiting = await ReleasedAsync(room);
        await room.WaitAsync(Some.Onni); // stays open until it lapses
        Assert.Equal(23122, await desk.CountAsync(Rows));

        desk.Pass(12);
        Assert.Empty((await desk.ReportAsync()).Beside);
        desk.Pass(0, days: 1);
        Assert.Equal([("guardianship", 1L), ("minor-record", 1L), ("work-item", 1L)], Due(await desk.ReportAsync()));
        desk.Pass(0, days: 15); // the decision ended when it lapsed unused
        Assert.Equal([("decision", 1L), ("guardianship", 1L), ("minor-record", 1L), ("work-item", 1L)], Due(await desk.ReportAsync()));
        Assert.Equal(23122, await desk.CountAsync(Rows)); // looking erases nothing

        var before = (await desk.RowsAsync()).Count;
        var due = (await desk.ReportAsync()).Due;
        Assert.Equal(due + 4, await desk.EraseAsync(export: false));

        Assert.Equal(12011, await desk.CountAsync(Rows)); // the newest decision on who decides, what was told last of either parent of a child who came of age later, the open wish
        var told = (await desk.ToldAsync()).Where(static entry => entry.Outcome.EndsWith("-erased", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            [("decision-erased", 1L, KeepingDesk.Statutory), ("guardianship-erased", 1L, KeepingDesk.Statutory), ("minor-record-erased", 1L, "consents-social-or-health"), ("work-item-erased", 1L, KeepingDesk.Statutory)],
            told.Select(static entry => (entry.Outcome, entry.Erasure!.Count, entry.Erasure.Period)));
        Assert.All(told, static entry => Assert.Null(entry.Client));
        Assert.Equal(due + 4, (await desk.ToldAsync()).Last().Erasure!.Count);
        Assert.True((await desk.RowsAsync()).Count > before);
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
        if (kind == DatabaseKind.Sqlite)
        {
            Assert.False(desk.StandsInFiles(waiting.Id));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AHoldOnTheChildTheGuardianTheOrganisationOrTheTimeKeepsAndItsLiftingFrees(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (desk, family) = (new KeepingDesk(room), await FamilyAsync(room));
        await ReleasedAsync(room);
        desk.Pass(12, days: 30);

        await HoldsAsync(room, desk, new PlaceHold { ClientIdentifier = family.Child.Reveal(), Reason = "litigation" }, "org-health", ["guardianship", "minor-record"]);
        await HoldsAsync(room, desk, new PlaceHold { ClientIdentifier = family.Father.Reveal(), Reason = "litigation" }, "org-health", ["guardianship"]);
        await HoldsAsync(room, desk, new PlaceHold { ClientIdentifier = Some.Aino, Reason = "litigation" }, "org-health", ["decision", "work-item"]);
        await HoldsAsync(room, desk, new PlaceHold { Organisation = OrganisationId.Parse("org-employment"), Reason = "litigation" }, "org-employment", ["decision", "work-item"]);
        await HoldsAsync(room, desk, new PlaceHold { Organisation = OrganisationId.Parse("org-health"), Reason = "litigation" }, "org-health", ["decision", "minor-record", "work-item"]);
        await HoldsAsync(room, desk, new PlaceHold { Range = new LogRange { First = 0, Last = (await desk.RowsAsync()).Count - 1 }, Reason = "data-breach" }, "org-health", ["decision", "guardianship", "minor-record", "work-item"]);

        // One that is placed when the run was prepared holds too, and frees nothing for that run when it is lifted.
        var run = await desk.PrepareAsync();
        var held = await PlaceAsync(room, desk, new PlaceHold { ClientIdentifier = family.Child.Reveal(), Reason = "litigation" }, "org-health");
        await LiftAsync(room, held, "org-health");
        Assert.Equal("done", (await desk.RunAsync(run, new RunErasure { WithoutExport = true })).End);
        Assert.Equal(23000, await desk.CountAsync(Rows));
        await desk.EraseAsync(export: false);
        Assert.Equal(12000, await desk.CountAsync(Rows));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnOrganisationCountsItsOwnAndADecisionOnAMinorIsCorrectedAfterItsEarlierVersionsWent(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (desk, family) = (new KeepingDesk(room), await Family.OfAsync(room, 2));
        var capacity = await RecordTwiceAsync(family);
        desk.Pass(12, days: 1);

        Assert.Equal([("minor-record", 1L)], Due(await desk.ReportAsync(caller: Officer(room, "org-health"))));
        Assert.Empty((await desk.ReportAsync(caller: Officer(room, "org-education"))).Beside);
        await desk.EraseAsync(export: false);
        await CorrectAsync(family, capacity with { Code = "2", To = room.Clock.GetUtcNow().AddDays(30) }, 201);
        await CorrectAsync(family, capacity with { Code = "2", To = room.Clock.GetUtcNow().AddDays(30) }, 200);

        Assert.Equal("2", Assert.Single((await room.StateAsync(family.Child.Reveal())).State.Facts.Capacity).Code);
        Assert.Equal(3, await desk.CountAsync("SELECT MAX(version) FROM minor_record"));
        Assert.Equal(2, await desk.CountAsync("SELECT COUNT(*) FROM guardianship")); // a child of fourteen has both still
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NoErasingMakesAFormerGuardianOneAgain(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (desk, family) = (new KeepingDesk(room), await Family.OfAsync(room, 2));
        await PlaceAsync(room, desk, new PlaceHold { Range = new LogRange { First = 0, Last = (await desk.RowsAsync()).Count - 1 }, Reason = "data-breach" }, "org-health");
        room.Clock.Advance(TimeSpan.FromDays(2));
        using var told = await family.TellAsync(family.Mother);
        told.EnsureSuccessStatusCode();

        desk.Pass(12, days: 30);
        await desk.EraseAsync(export: false);

        Assert.Equal(3, await desk.CountAsync("SELECT COUNT(*) FROM guardianship"));
        using var children = await room.Client(family.Father.Reveal()).GetAsync("/me/children");
        Assert.Empty((await children.ReadAsync<MyChildren>()).Children);
        Assert.NotEmpty(await family.NameForAsync(family.Mother));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AGuardianshipWithoutAnEndGoesTwelveYearsAfterTheChildCameOfAge(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (desk, family) = (new KeepingDesk(room), await Family.OfAsync(room, 14));
        var eighteenth = family.Child.BirthDate.AddYears(18);
        var lastDay = eighteenth.AddDays(-1).AddYears(12);
        room.Clock.Advance(new DateTimeOffset(lastDay, new TimeOnly(12, 0), TimeSpan.Zero) - room.Clock.GetUtcNow());

        Assert.Empty((await desk.ReportAsync()).Beside);
        desk.Pass(0, days: 1);
        Assert.Equal([("guardianship", 2L)], Due(await desk.ReportAsync()));
        await desk.EraseAsync(export: false);
        Assert.Equal(0, await desk.CountAsync("SELECT (SELECT COUNT(*) FROM guardianship) + (SELECT COUNT(*) FROM guardianship_told)"));
    }

    /// <summary>A fourteen-year-old with a decision in two versions, and a father who is a guardian no more.</summary>
    private static async Task<Family> FamilyAsync(OpenRoom room)
    {
        var family = await Family.OfAsync(room, 14);
        await RecordTwiceAsync(family);
        using var told = await family.TellAsync(family.Mother);
        told.EnsureSuccessStatusCode();
        return family;
    }

    private static async Task<RecordCapacity> RecordTwiceAsync(Family family)
    {
        var capacity = family.Capacity("2");
        using var recorded = await family.Assessor().PostAsJsonAsync("/minors/capacity", capacity, SisoteJson.Options);
        Assert.Equal(201, (int)recorded.StatusCode);
        await CorrectAsync(family, capacity with { Code = "1" }, 201);
        return capacity;
    }

    private static async Task CorrectAsync(Family family, RecordCapacity capacity, int status)
    {
        using var corrected = await family.Assessor().PostAsJsonAsync("/minors/capacity", capacity with { Corrects = true }, SisoteJson.Options);
        Assert.Equal(status, (int)corrected.StatusCode);
    }

    private static async Task<WaitingRelease> ReleasedAsync(OpenRoom room)
    {
        var waiting = await room.WaitAsync(Some.Aino);
        using var released = await room.Doctor().ReleaseAsync(waiting.Id, once: true);
        released.EnsureSuccessStatusCode();
        return waiting;
    }

    private static HttpClient Officer(OpenRoom room, string organisation) => room.Person(PersonKind.DataProtectionOfficer, organisation, "dpo-1");

    private static Task<HoldView> PlaceAsync(OpenRoom room, KeepingDesk desk, PlaceHold hold, string organisation) => desk.HoldAsync(hold, Officer(room, organisation));

    private static async Task LiftAsync(OpenRoom room, HoldView hold, string organisation)
    {
        using var lifted = await Officer(room, organisation).PostAsJsonAsync($"/log/holds/{hold.Id}/lift", new LiftHold(), SisoteJson.Options);
        lifted.EnsureSuccessStatusCode();
    }

    /// <summary>Under the hold just these kinds are held, and without it none.</summary>
    private static async Task HoldsAsync(OpenRoom room, KeepingDesk desk, PlaceHold hold, string organisation, string[] kinds)
    {
        var placed = await PlaceAsync(room, desk, hold, organisation);
        Assert.Equal(kinds, (await desk.ReportAsync()).Beside.Where(static count => count.Held > 0).Select(static count => count.Value));
        await LiftAsync(room, placed, organisation);
        Assert.All((await desk.ReportAsync()).Beside, static count => Assert.Equal(0, count.Held));
    }

    private static IEnumerable<(string, long)> Due(RetentionReport report) => report.Beside.Select(static count => (count.Value, count.Due));
}
