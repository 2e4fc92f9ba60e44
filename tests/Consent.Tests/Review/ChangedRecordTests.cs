// Whoever changes records or columns in the database deceives no reader of a review.
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class ChangedRecordTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARecordThatWasChangedStopsThePackageInsteadOfFallingOutOfIt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var places = await desk.DiscloseAsync(2);
        var address = await EnterAsync(room, desk);

        await room.SqlAsync($"UPDATE log_entry SET record = salt WHERE leaf_index = {places[0]}");
        using var prepared = await ReviewDesk.SendAsync(desk.Officer, address + "/package", new { });

        Assert.Equal("record-changed", await prepared.SlugAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatBecameOfAnEntryIsReadFromItsRecordAndNotFromAColumn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await SendAsync(room, desk, "delivered");

        await room.SqlAsync("UPDATE log_entry SET outcome = 'refused' WHERE kind = 'write-outcome'");

        Assert.Equal(["delivered"], await DisclosuresAsync(room));
        Assert.Equal(["delivered"], await UsagesAsync(room));
        Assert.DoesNotContain("did not take it", Assert.Single(await PackageAsync(room, desk)), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryThatWasTriedThriceIsOneWithWhatBecameOfItInTheEnd(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await SendAsync(room, desk, "waiting", "waiting", "delivered");

        Assert.Equal(["delivered"], await DisclosuresAsync(room));
        Assert.Equal(["delivered"], await UsagesAsync(room));
        Assert.DoesNotContain("yet", Assert.Single(await PackageAsync(room, desk)), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryThatWasTakenBackAfterItsAttemptsIsOneThatWasTakenBack(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var first = await SendAsync(room, desk, "waiting", "waiting");
        await desk.WriteAsync(Outcome(first, "cancelled"));

        Assert.Equal(["cancelled"], await DisclosuresAsync(room));
        Assert.Equal(["cancelled"], await UsagesAsync(room));
        Assert.Contains("taken back before it was sent", Assert.Single(await PackageAsync(room, desk)), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task HintsAreNotTakenFromChangedRecordsAndAGarbledOneHidesNoOthers(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var night = Some.Disclosure(await desk.ClientAsync(), new DateTimeOffset(2026, 11, 18, 0, 30, 0, TimeSpan.Zero));
        var places = await desk.WriteAsync(Enumerable.Range(0, 3).Select(_ => night with { Id = Some.Id() }));

        await room.SqlAsync($"UPDATE log_entry SET record = salt WHERE leaf_index = {places[0]}");
        await room.SqlAsync($"UPDATE log_entry SET record = (SELECT o.record FROM log_entry o WHERE o.leaf_index = {places[2]}) WHERE leaf_index = {places[1]}");
        var hints = (await ReviewDesk.GetAsync<ReviewHints>(desk.Officer, "/review/hints")).Hints;

        Assert.Equal([places[2]], hints.Select(static hint => hint.Index).Distinct());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARecordThatIsGoneWithoutAnErasureOnRecordIsNamedByTheCheckOfARound(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var places = await desk.DiscloseAsync(3);
        var now = room.Clock.GetUtcNow();
        var round = await ReviewDesk.PostAsync<ShownCase<ReviewRound>>(desk.Officer, "/review/rounds", new OpenRound { Since = now.AddDays(-1), Until = now.AddDays(1), Sample = 3 });

        await room.SqlAsync($"UPDATE log_entry SET record = NULL, salt = NULL WHERE leaf_index = {places[1]}");
        var check = await ReviewDesk.GetAsync<RoundCheck>(desk.Officer, $"/review/rounds/{round.Case.Id}/check");

        Assert.Equal((0, places[1]), (check.Erased, Assert.Single(check.Missing)));
        Assert.False(check.SampleReproduced);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ANationalIdentifierDoesNotGetIntoTheLogByASearchOrARound(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await desk.DiscloseAsync(1);
        var (size, now) = (await room.LogSizeAsync(), room.Clock.GetUtcNow());
        var person = ProfessionalId.Parse(Some.Aino);

        foreach (var search in new[] { new ReviewSearch { Outcome = Some.Aino }, new ReviewSearch { Outcome = "released " + Some.Aino }, new ReviewSearch { Professional = person } })
        {
            using var answer = await ReviewDesk.SendAsync(desk.Officer, "/review/search", search);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        foreach (var pick in new[] { new RoundPick { Outcome = Some.Aino, Most = 1 }, new RoundPick { Professional = person, Most = 1 } })
        {
            using var answer = await ReviewDesk.SendAsync(desk.Officer, "/review/rounds", new OpenRound { Since = now.AddDays(-1), Until = now.AddDays(1), Sample = 1, Picks = [pick] });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(size, await room.LogSizeAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoeverReplacesLikenessesIsOnRecordWithCountsAndNothingOfThePersonIsSaid(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var told = new RecordLikeness { Organisation = Some.Municipality, Professional = ProfessionalId.Parse("ohjaaja-salmi"), Surnames = ["Salmi"], OwnIdentifier = Some.Onni, Family = [Some.Aino] };

        foreach (var likeness in new[] { told, told, told with { OwnIdentifier = null, Family = [] } })
        {
            using var answer = await ReviewDesk.SendAsync(room.Operator, "/review/likenesses", likeness);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var entries = (await desk.ToldAsync(LogEntryKind.ConsentChange)).Where(static entry => entry.Outcome == "likeness-recorded").ToArray();
        Assert.Equal(["before=0 after=3", "before=3 after=1"], entries.Select(static entry => entry.Concerns));
        Assert.All(entries, static entry => Assert.Equal(("sisote-operator", Some.Municipality), (entry.From!.System!.Value.Value, entry.To!.Organisation!.Value)));
        Assert.All(entries, static entry => Assert.Equal("ohjaaja-salmi", entry.To!.Professional!.Value.Value));
        Assert.Equal(2, (await desk.SearchAsync(new ReviewSearch { Outcome = "likeness-recorded" })).Rows.Length);
    }

    private static async Task<string> EnterAsync(OpenRoom room, ReviewDesk desk) => "/review/requests/"
        + (await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, "/review/requests", new EnterRequest { ClientIdentifier = Some.Aino, ReceivedOn = FinnishTime.DateOf(room.Clock.GetUtcNow()) })).Case.Id;

    /// <summary>One entry, sent as often as there are outcomes; its first intent.</summary>
    private static async Task<LogEntry> SendAsync(OpenRoom room, ReviewDesk desk, params string[] outcomes)
    {
        var first = Some.Disclosure(await desk.ClientAsync(), room.Clock.GetUtcNow()) with { Kind = LogEntryKind.WriteIntent, Direction = Policy.Requests.Direction.Write, Outcome = "sending" };
        var intents = outcomes.Select((_, place) => place == 0 ? first : first with { Id = Some.Id() }).ToArray();
        foreach (var (intent, outcome) in intents.Zip(outcomes))
        {
            await desk.WriteAsync(intent, Outcome(intent, outcome));
        }

        return first;
    }

    private static LogEntry Outcome(LogEntry intent, string outcome) => intent with { Id = Some.Id(), Kind = LogEntryKind.WriteOutcome, Relates = intent.Id, Outcome = outcome };

    private static async Task<string[]> DisclosuresAsync(OpenRoom room) => [.. (await ReviewDesk.GetAsync<MyDisclosures>(room.Client(Some.Aino), "/me/disclosures")).Disclosures.Select(static row => $"{row.Outcome}{(row.Count == 1 ? string.Empty : $" x{row.Count}")}")];

    private static async Task<string[]> UsagesAsync(OpenRoom room) => [.. (await ReviewDesk.GetAsync<Usages>(room.Client(Some.Aino), "/me/findUsage")).Rows.Select(static row => row.Outcome)];

    private static async Task<string[]> PackageAsync(OpenRoom room, ReviewDesk desk)
    {
        var address = await EnterAsync(room, desk);
        await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, address + "/package", new { });
        return [.. (await ReviewDesk.GetAsync<LogPackage>(desk.Officer, address + "/package")).Entries.Select(static entry => entry.What.En)];
    }
}
