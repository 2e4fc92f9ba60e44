// Why a decision came out as it did, by the law's words of that day.
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Catalogues;
using Sisote.Tests.Consent.Replaying;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class TraceTests(PostgresFixture postgres)
{
    private static LegalCatalogue Law => Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADecisionIsReadByTheRulesWordsOfItsDayAlsoWhenTheCatalogueHasChangedSince(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var place = (await desk.DiscloseAsync(1))[0];
        var before = await TraceAsync(desk, place);
        room.Catalogue = Law;

        await room.ReopenAsync();
        var after = await TraceAsync(desk, place);

        Assert.Equal("EX-02", before.Items[0].Rule!.Text.Fi);
        Assert.NotEqual("EX-02", Law.Rules[Some.Reading].Title.Fi);
        Assert.Equal("EX-02", after.Items[0].Rule!.Text.Fi);
        Assert.Equal(before.CatalogueKeptSince, after.CatalogueKeptSince);
        Assert.Equal("Tieto annettiin. Sääntö EX-02: EX-02. 703/2023 6 §: -.", after.Items[0].Why.Fi);
        Assert.Equal("The item stayed: no rule permits it.", after.Items[1].Why.En);
        Assert.Equal("diagnosis", after.Items[1].Name!.Sv);
        var received = await TraceAsync(desk, place, desk.Officer);
        Assert.Equal(after.Items[0].Why.Fi, received.Items[0].Why.Fi);
        Assert.Equal("The item stayed.", received.Items[1].Why.En);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARefusalByTheLawInForceIsMadeAgainAndComesOutTheSameWithItsStatuteAndMissingCondition(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        room.Catalogue = Law;
        await room.ReopenAsync();
        var desk = new ReviewDesk(room);
        var place = await new DecisionDesk(room).DecideAsync(static state => state);

        var trace = await TraceAsync(desk, place);
        await room.SqlAsync("UPDATE decision_input SET content = " + (kind == DatabaseKind.Sqlite ? "X'00'" : "'\\x00'"));
        var changed = await TraceAsync(desk, place);

        Assert.Equal(("same", "inputs-changed"), (trace.Replay, changed.Replay));
        Assert.Equal(Law.Version, trace.Catalogue);
        var limits = trace.Items.Single(static item => item.Entry.Item == Some.Limits);
        Assert.Equal(Law.Rules[limits.Entry.Rule!.Value].LegalBasis.Select(static basis => basis.Paraphrase.Sv), limits.Rule!.LegalBasis.Select(static basis => basis.Paraphrase.Sv));
        Assert.StartsWith("Tieto jäi: ", limits.Why.Fi, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TracingIsOnRecordAndForTheOwnOrganisationsOfficersOnly(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var place = (await desk.DiscloseAsync(1))[0];

        using var stranger = await desk.Stranger.GetAsync($"/log/{place}/trace");
        using var nothing = await desk.Officer.GetAsync("/log/4711/trace");
        using var noDecision = await desk.OtherOfficer.GetAsync("/log/0/trace");
        Assert.Empty(await desk.ToldAsync(LogEntryKind.LogRead));
        await TraceAsync(desk, place, desk.Officer);
        var told = (await desk.ToldAsync(LogEntryKind.LogRead)).Single();

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], new[] { stranger.StatusCode, nothing.StatusCode, noDecision.StatusCode });
        Assert.Equal(await stranger.BodyAsync(), await nothing.BodyAsync());
        Assert.StartsWith("trace ", told.Concerns, StringComparison.Ordinal);
        foreach (var other in desk.Others)
        {
            using var answer = await other.GetAsync($"/log/{place}/trace");
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        }
    }

    private static Task<DecisionTrace> TraceAsync(ReviewDesk desk, long place, HttpClient? officer = null) => ReviewDesk.GetAsync<DecisionTrace>(officer ?? desk.OtherOfficer, $"/log/{place}/trace");
}
