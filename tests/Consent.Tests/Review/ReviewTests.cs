// What a client and a data-protection officer see of the log.
using System.Net;
using System.Net.Http.Json;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class ReviewTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheClientSeesWhoGotWhatWhyAndWhoAskedAndGotNothingButNoPersonOfTheOtherSide(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var consent = await DiscloseAsync(room, times: 3);
        var client = (await room.StateAsync(Some.Aino)).State.Client;
        await room.AppendAsync(new AppendItem { Entry = Some.Refusal(client, room.Clock.GetUtcNow()) });

        using var answer = await room.Client(Some.Aino).GetAsync("/me/disclosures");
        var body = await answer.Content.ReadAsStringAsync();
        var rows = (await answer.ReadAsync<MyDisclosures>()).Disclosures;

        Assert.Equal([LogEntryKind.Refusal, LogEntryKind.Disclosure], rows.Select(static row => row.Kind));
        Assert.Equal((0, 1, (OrganisationId?)Some.Municipality), (rows[0].Released.Length, rows[0].Count, rows[0].To?.Organisation));
        Assert.Equal((3, (OrganisationId?)Some.County, Some.Reading), (rows[1].Count, rows[1].From?.Organisation, rows[1].Grounds.Single().Rule));
        Assert.Equal([Some.Limits], rows[1].Released);
        Assert.Equal([Some.Diagnosis], rows[1].Withheld);
        Assert.Equal(consent.Id, rows[1].Grounds.Single().Consents.Single().Id);
        Assert.DoesNotContain("ohjaaja-salmi", body, StringComparison.Ordinal);
        Assert.DoesNotContain(client.Reveal(), body, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheClientDoesNotSeeWhatIsHiddenFromHerOrNotYetToBeSeen(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow());
        await room.AppendAsync(new AppendItem { Entry = entry with { Visibility = new LogVisibility { Client = false } }, Expect = Some.Expect(state) });
        await room.AppendAsync(new AppendItem { Entry = entry with { Id = Some.Id(), Visibility = new LogVisibility { From = room.Clock.GetUtcNow().AddDays(7) } }, Expect = Some.Expect(state) });

        var now = await MineAsync(room, Some.Aino);
        room.Clock.Advance(TimeSpan.FromDays(8));
        var later = await MineAsync(room, Some.Aino);

        Assert.Equal((0, 1), (now.Disclosures.Length, later.Disclosures.Length));
        Assert.Empty((await MineAsync(room, Some.Onni)).Disclosures);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ASentEntryShowsWhatBecameOfIt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var intent = Some.Referral(state, room.Clock.GetUtcNow());
        await room.AppendAsync(intent);
        var before = await MineAsync(room, Some.Aino);
        await room.AppendAsync(new AppendItem { Entry = intent.Entry with { Id = Some.Id(), Kind = LogEntryKind.WriteOutcome, Relates = intent.Entry.Id, Outcome = "delivered", Items = [] } });

        Assert.Equal("unknown", before.Disclosures.Single().Outcome);
        Assert.Equal("delivered", (await MineAsync(room, Some.Aino)).Disclosures.Single().Outcome);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ManyDisclosuresComeInPages(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 250);

        var first = await MineAsync(room, Some.Aino);
        var second = await MineAsync(room, Some.Aino, "?cursor=" + first.Next);

        Assert.Equal(250, first.Disclosures.Concat(second.Disclosures).Sum(static row => row.Count));
        Assert.Null(second.Next);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheOfficerFiltersTheLogAndSeesCounts(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 5);
        await room.AppendAsync(new AppendItem { Entry = Some.Refusal((await room.StateAsync(Some.Onni)).State.Client, room.Clock.GetUtcNow()) });
        var officer = Officer(room);

        var all = await PageAsync(officer, string.Empty);
        var withheld = await PageAsync(officer, new LogFilter { Item = Some.Diagnosis, Limit = 2 }.ToQuery());
        var next = await PageAsync(officer, new LogFilter { Item = Some.Diagnosis, Limit = 2, Cursor = withheld.Next }.ToQuery());
        var refused = await PageAsync(officer, new LogFilter { Kind = LogEntryKind.Refusal, System = SystemId.Parse("kuopio-liikunta"), Since = room.Clock.GetUtcNow().AddHours(-1), Until = room.Clock.GetUtcNow().AddHours(1) }.ToQuery());
        var none = await PageAsync(officer, new LogFilter { Rule = Some.Entering }.ToQuery());

        Assert.Equal(7, all.Total);
        Assert.Equal([("disclosure", 5L), ("agreement-change", 1L), ("refusal", 1L)], all.Facets.Kinds.Select(static facet => (facet.Value, facet.Count)));
        Assert.Contains(new FacetCount("kuopio-liikunta", 6), all.Facets.Systems);
        Assert.Contains(new FacetCount("diagnosis", 5), all.Facets.Items);
        Assert.Contains(new FacetCount("EX-02", 5), all.Facets.Rules);
        Assert.Equal((5L, 2, 2), (withheld.Total, withheld.Rows.Length, next.Rows.Length));
        Assert.Empty(withheld.Rows.Select(static row => row.Index).Intersect(next.Rows.Select(static row => row.Index)));
        Assert.Equal((1L, "refused"), (refused.Total, refused.Rows.Single().Outcome));
        Assert.Equal((0L, 0), (none.Total, none.Rows.Length));
        Assert.Single(withheld.Rows.Select(static row => row.ClientMark).Distinct());
        Assert.NotEqual(withheld.Rows[0].ClientMark, refused.Rows[0].ClientMark);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheOfficerOpensADisclosureAndItsProofLeadsToTheSignedCheckpoint(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 300);
        var officer = Officer(room);
        var row = (await PageAsync(officer, "?kind=disclosure&limit=150")).Rows[^1];

        var detail = await (await officer.GetAsync($"/log/{row.Index}")).ReadAsync<LogDetail>();

        Assert.True(Checkpoint.TryOpen(detail.Checkpoint, room.LogKey, out var checkpoint));
        var proof = new InclusionProof { Index = detail.Index, Size = detail.TreeSize, Path = [.. detail.Proof.Select(Digest.Parse)] };
        Assert.True(proof.Verify(Digest.Parse(detail.LeafHash), checkpoint.Root));
        Assert.True(DisclosureLog.Receipts.Receipt.TryParse(detail.Receipt, out var receipt) && receipt.IsIncluded(proof, checkpoint));
        Assert.Equal(row.Id, CanonicalForm.Read(Convert.FromBase64String(detail.Record!)).Id);
        var leaf = new LeafEntry { Seq = detail.Index, Time = receipt.Time, Commitment = Commitment.Of(Convert.FromBase64String(detail.Salt!), Convert.FromBase64String(detail.Record!)) };
        Assert.Equal(detail.LeafHash, leaf.Hash().ToString());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnOfficerOfAnotherOrganisationSeesNothing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 2);
        var index = (await PageAsync(Officer(room), "?kind=disclosure")).Rows[0].Index;
        var stranger = room.Person(PersonKind.DataProtectionOfficer, "kallan-kulkijat", "dpo-1");

        using var foreign = await stranger.GetAsync($"/log/{index}");
        using var absent = await stranger.GetAsync("/log/100000");

        Assert.Equal((HttpStatusCode.NotFound, await absent.BodyAsync()), (foreign.StatusCode, await foreign.BodyAsync()));
        Assert.Equal(0, (await PageAsync(stranger, string.Empty)).Total);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheCountsAreOfRecordsThatTheSameOfficerOpensOneByOne(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 3);
        var client = (await room.StateAsync(Some.Onni)).State.Client;
        var refusal = Some.Refusal(client, room.Clock.GetUtcNow());
        var others = new LogParty { Organisation = OrganisationId.Parse("kuopion-koulut"), System = SystemId.Parse("kuopio-koulu") };
        await room.AppendAsync(new AppendItem { Entry = refusal });
        await room.AppendAsync(new AppendItem { Entry = refusal with { Id = Some.Id(), From = others, To = others, Outcome = "withheld" } });
        var officer = Officer(room);

        var page = await PageAsync(officer, string.Empty);

        Assert.Equal(page.Total, page.Rows.Length);
        Assert.Equal(page.Rows.GroupBy(static row => row.Outcome).OrderBy(static group => group.Key).Select(static group => (group.Key, group.LongCount())), page.Facets.Outcomes.OrderBy(static facet => facet.Value).Select(static facet => (facet.Value, facet.Count)));
        Assert.DoesNotContain("withheld", page.Rows.Select(static row => row.Outcome));
        foreach (var row in page.Rows)
        {
            using var opened = await officer.GetAsync($"/log/{row.Index}");
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task LookingIsItselfInTheLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 1);
        var officer = Officer(room);

        var row = (await PageAsync(officer, "?item=diagnosis")).Rows.Single();
        using var opened = await officer.GetAsync($"/log/{row.Index}");
        using var exported = await officer.GetAsync("/log/export");

        var looks = await PageAsync(officer, "?kind=log-read");
        Assert.Equal(["?kind=log-read", "export", row.Id, "?item=diagnosis"], looks.Rows.Select(static look => look.Concerns));
        Assert.All(looks.Rows, static look => Assert.Equal(ProfessionalId.Parse("dpo-koski"), look.To?.Professional));
    }

    [Fact]
    public async Task AnUnknownOrRepeatedFilterIsRefused()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        foreach (var query in new[] { "?hetu=010190-999W", "?item=a&item=b", "?kind=everything", "?since=yesterday", "?limit=100000", "?cursor=x", "?outcome=010190-999W", "?system=010190-999W", "?item=010190-999W", "?rule=010190-999W", "?outcome=Released%20now" })
        {
            using var answer = await Officer(room).GetAsync("/log" + query);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.StatusCode, await answer.SlugAsync()));
        }
    }

    [Fact]
    public void AFilterSurvivesItsWayThroughAnAddress()
    {
        var filter = new LogFilter
        {
            Since = new DateTimeOffset(2026, 11, 22, 12, 30, 0, TimeSpan.Zero),
            Until = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.FromHours(2)),
            System = SystemId.Parse("kuopio-liikunta"),
            Item = Some.Limits,
            Rule = Some.Reading,
            Outcome = "released",
            Kind = LogEntryKind.WriteIntent,
            Cursor = "17",
            Limit = 10,
        };

        Assert.True(LogFilter.TryRead(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.ToQuery()), out var read));
        Assert.Equal(filter, read);
        Assert.Equal(string.Empty, new LogFilter().ToQuery());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheExportVerifiesAndAnOfficersLeavesOutTheRecordsOfOthers(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 20);

        var whole = Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
        var partial = Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Person(PersonKind.DataProtectionOfficer, "kallan-kulkijat", "dpo-1")));
        var text = await (await room.Person(PersonKind.DataProtectionOfficer, "kallan-kulkijat", "dpo-1").GetAsync("/log/export")).Content.ReadAsStringAsync();

        Assert.Equal((0L, whole.Size + 1), (whole.Erased, partial.Size));
        Assert.True(partial.Erased >= 20);
        Assert.DoesNotContain("exercise-restriction", text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AChangedRecordInTheDatabaseIsFoundByTheVerifier(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 20);

        await room.SqlAsync("UPDATE log_entry SET salt = (SELECT salt FROM log_entry WHERE leaf_index = 8) WHERE leaf_index = 7");

        Assert.Equal(7, Assert.IsType<BundleOutcome.Broken>(await room.VerifyExportAsync(room.Operator)).Index);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARecordThatSomebodyChangedInTheDatabaseIsShownToNobodyAndHidesNoOther(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 5);
        var officer = Officer(room);
        var places = (await PageAsync(officer, "?kind=disclosure")).Rows.Select(static row => row.Index).Order().ToArray();
        await room.SqlAsync($"UPDATE log_entry SET record = (SELECT record FROM log_entry WHERE leaf_index = {places[4]}) WHERE leaf_index = {places[1]}");
        await room.SqlAsync($"UPDATE log_entry SET record = salt WHERE leaf_index = {places[2]}"); // bytes that are no record at all

        var page = await PageAsync(officer, "?kind=disclosure");
        var mine = await MineAsync(room, Some.Aino);
        var usages = await (await room.Client(Some.Aino).GetAsync("/me/findUsage")).ReadAsync<Usages>();
        using var events = await officer.GetAsync("/fhir/AuditEvent?date=ge2020-01-01&type=110106&_count=100");
        using var lines = await room.Operator.PostAsJsonAsync("/log/query", new LogQuestion { Kind = LogEntryKind.Disclosure }, Sisote.Doors.Json.SisoteJson.Options);
        using var opened = await officer.GetAsync($"/log/{places[1]}");
        using var garbled = await officer.GetAsync($"/log/{places[2]}");

        Assert.Equal([places[4], places[3], places[0]], page.Rows.Select(static row => row.Index));
        Assert.Equal((3, 3), (mine.Disclosures.Single().Count, usages.TotalUsages));
        Assert.Equal(3, System.Text.Json.Nodes.JsonNode.Parse(await events.Content.ReadAsStringAsync())!["entry"]!.AsArray().Count);
        Assert.EndsWith("\"end\":{\"entries\":3,\"more\":false,\"changed\":2}}\n", await lines.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("record-changed", "record-changed"), (await opened.SlugAsync(), await garbled.SlugAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryThatIsGoneFromTheDatabaseIsNamedByTheVerifier(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await DiscloseAsync(room, times: 20);

        await room.SqlAsync("DELETE FROM log_item WHERE leaf_index = 7");
        await room.SqlAsync("DELETE FROM log_side WHERE leaf_index = 7");
        await room.SqlAsync("DELETE FROM log_entry WHERE leaf_index = 7");

        var broken = Assert.IsType<BundleOutcome.Broken>(await room.VerifyExportAsync(room.Operator));
        Assert.Equal((7L, BundleFault.Truncated), (broken.Index, broken.Fault));
    }

    private static HttpClient Officer(OpenRoom room) => room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski");

    private static async Task<LogPage> PageAsync(HttpClient officer, string query) => await (await officer.GetAsync("/log" + query)).ReadAsync<LogPage>();

    private static async Task<MyDisclosures> MineAsync(OpenRoom room, string who, string query = "") =>
        await (await room.Client(who).GetAsync("/me/disclosures" + query)).ReadAsync<MyDisclosures>();

    /// <summary>Aino consents; her limits are disclosed so many times; the consent.</summary>
    private static async Task<ConsentReference> DiscloseAsync(OpenRoom room, int times)
    {
        var given = (await room.GiveAsync(Some.Aino, Some.Consent())).Consent.Consent;
        var reference = new ConsentReference { Id = given.Id, Version = given.Version, Form = given.Form };
        var state = (await room.StateAsync(Some.Aino)).State;
        var items = Enumerable.Range(0, times).Select(_ => new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow(), reference), Expect = Some.Expect(state) });
        Assert.All(await room.AppendAsync([.. items]), static result => Assert.Equal(AppendStatus.Committed, result.Status));
        return reference;
    }
}
