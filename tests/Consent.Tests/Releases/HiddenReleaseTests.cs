// What officers of the organisation that asked see of what waits at the giver, and of what was decided there: nothing, at any door.
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Bundles;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Consent.Review;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Releases.ReleaseScene;

namespace Sisote.Tests.Consent.Releases;

public sealed class HiddenReleaseTests(PostgresFixture postgres)
{
    private static readonly string[] Outcomes = ["decision-recorded", "decision-used", "decision-withdrawn", "release-declined", "release-released", "release-waits"];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheGiversOfficersAloneFindWhatWaitsAndWhatWasDecidedInTheListAndInItsCounts(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await DecideAllAsync(room);

        foreach (var (officer, sees) in Officers(room))
        {
            var all = await ReviewDesk.GetAsync<LogPage>(officer, "/log");
            var changes = await ReviewDesk.GetAsync<LogPage>(officer, "/log?kind=relationship-change");
            Assert.Equal(sees ? Outcomes : [], changes.Rows.Select(static row => row.Outcome).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(changes.Rows.Length, changes.Total);
            Assert.Equal(sees, all.Facets.Kinds.Any(static facet => facet.Value == "relationship-change"));
            Assert.Equal(sees ? Outcomes : [], all.Facets.Outcomes.Select(static facet => facet.Value).Intersect(Outcomes).Order(StringComparer.Ordinal));
            foreach (var outcome in Outcomes)
            {
                Assert.Equal(sees, (await ReviewDesk.GetAsync<LogPage>(officer, "/log?outcome=" + outcome)).Total > 0);
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NorDoesASearchOrItsCountsTellTheAskingSide(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await DecideAllAsync(room);
        var desk = new ReviewDesk(room);

        foreach (var (officer, sees) in Officers(room))
        {
            var page = await desk.SearchAsync(new ReviewSearch { Counts = true, Limit = 200 }, officer);
            Assert.Equal(sees ? Outcomes : [], page.Rows.Select(static row => row.Outcome).Intersect(Outcomes).Order(StringComparer.Ordinal));
            Assert.Equal(sees ? Outcomes : [], page.Counts!.Outcomes.Select(static facet => facet.Value).Intersect(Outcomes).Order(StringComparer.Ordinal));
            Assert.Equal(sees, page.Counts.Kinds.Any(static facet => facet.Value == "relationship-change"));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryOfADecisionOpenedByItsPlaceIsNotThereForTheAskingSideNorIsItsTraceNorIsItBesideTheDisclosure(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await DecideAllAsync(room);
        var places = (await ReviewDesk.GetAsync<LogPage>(Officers(room)[1].Officer, "/log?kind=relationship-change")).Rows.Select(static row => row.Index).ToList();
        Assert.NotEmpty(places);

        foreach (var (officer, sees) in Officers(room))
        {
            using var absent = await officer.GetAsync("/log/99999999");
            foreach (var place in places)
            {
                using var detail = await officer.GetAsync($"/log/{place}");
                using var trace = await officer.GetAsync($"/log/{place}/trace");
                Assert.Equal(sees ? (HttpStatusCode.OK, HttpStatusCode.OK) : (HttpStatusCode.NotFound, HttpStatusCode.NotFound), (detail.StatusCode, trace.StatusCode));
                Assert.Equal(!sees, await detail.BodyAsync() == await absent.BodyAsync());
            }

            var disclosure = (await ReviewDesk.GetAsync<LogPage>(officer, "/log?kind=disclosure")).Rows.Single();
            var related = (await ReviewDesk.GetAsync<LogDetail>(officer, $"/log/{disclosure.Index}")).Related;
            Assert.Equal(sees, related.Any(static row => row.Outcome == "decision-used"));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NoAuditEventAndNoExportedRecordTellsTheAskingSide(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await DecideAllAsync(room);
        var told = (await room.ToldAsync()).Where(static entry => Outcomes.Contains(entry.Outcome)).Select(static entry => entry.Id).ToList();
        var shown = await Officers(room)[1].Officer.GetStringAsync("/fhir/AuditEvent?date=ge2020-01-01&_count=200");
        var events = Regex.Matches(shown, "\"id\": ?\"([^\"]+)\"").Select(static match => match.Groups[1].Value).Where(id => told.Any(entry => id.StartsWith(entry, StringComparison.Ordinal))).Distinct().ToList();
        Assert.True(events.Count >= told.Count);
        Assert.Equal(Outcomes.Length, (await room.ToldAsync()).Select(static entry => entry.Outcome).Intersect(Outcomes).Count());

        foreach (var (officer, sees) in Officers(room))
        {
            foreach (var path in new[] { "/fhir/AuditEvent?date=ge2020-01-01&_count=200", "/log/export" })
            {
                var words = SightTests.Words(await officer.GetStringAsync(path));
                Assert.All(told, id => Assert.Equal((path, sees), (path, words.Contains(id, StringComparison.Ordinal))));
            }

            foreach (var id in events)
            {
                using var one = await officer.GetAsync("/fhir/AuditEvent/" + id);
                Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, one.StatusCode);
            }

            Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(officer));
        }
    }

    [Fact]
    public async Task WhatARoleDecidesOnIsNotCutOffByTheWorkOfOtherRolesInTheHouse()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);
        await room.SqlAsync(
            """
            INSERT INTO waiting_release (id, client, from_organisation, from_sector, from_role, to_organisation, to_sector, to_role, purpose, direction, state, asked_at, lapses_at)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
            SELECT 'other-' || n.i, w.client, w.from_organisation, 'social', 'social-worker', w.to_organisation, w.to_sector, w.to_role, w.purpose, w.direction, 'open', '2020-01-01T00:00:00.000Z', w.lapses_at
            FROM n, waiting_release w
            """);

        Assert.Equal(waiting.Id, Assert.Single(await room.Doctor().WaitingAsync()).Id);
    }

    /// <summary>What waits is declined; later it is released once and used; another decision is withdrawn.</summary>
    private static async Task DecideAllAsync(OpenRoom room)
    {
        var first = await room.WaitAsync(Some.Aino);
        using var declined = await room.Doctor().PostAsJsonAsync($"/releases/{first.Id}/decline", new DeclineItems { Reason = "not-necessary" }, SisoteJson.Options);
        declined.EnsureSuccessStatusCode();
        room.Clock.Advance(TimeSpan.FromDays(15));
        using var released = await room.Doctor().ReleaseAsync((await room.WaitAsync(Some.Aino)).Id, once: true, items: Limits);
        released.EnsureSuccessStatusCode();
        Assert.Equal(AppendStatus.Committed, (await room.AskAsync(Some.Aino)).Status);
        using var again = await room.Doctor().ReleaseAsync((await room.WaitAsync(Some.Person(3).Reveal())).Id, once: true);
        using var withdrawn = await room.Doctor().PostAsync($"/decisions/{(await again.ReadAsync<DecisionStands>()).Decisions.Single()}/withdraw", null);
        withdrawn.EnsureSuccessStatusCode();
    }

    private static (HttpClient Officer, bool Sees)[] Officers(OpenRoom room) =>
        [(room.Person(PersonKind.DataProtectionOfficer, Recipient.Value, "dpo-1"), false), (room.Person(PersonKind.DataProtectionOfficer, Giver.Value, "dpo-2"), true)];
}
