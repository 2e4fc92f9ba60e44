// A register with more cases than one answer shows.
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Deciding;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class ManyCasesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task ARequestPastItsLastDayIsListedHoweverManyCasesCameLaterAndAListSaysWhetherItIsAll()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new ReviewDesk(room);
        var today = FinnishTime.DateOf(room.Clock.GetUtcNow());
        var officer = desk.Officer;
        var late = await EnterAsync(officer, today.AddMonths(-3));
        var before = await ReviewDesk.GetAsync<RequestList>(officer, "/review/requests");
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) => await EnterAsync(officer, today));

        var overdue = (await ReviewDesk.GetAsync<OverdueCases>(officer, "/review/overdue")).Cases;
        var after = await ReviewDesk.GetAsync<RequestList>(officer, "/review/requests");

        Assert.Equal([late.Case.Id], overdue.Select(static one => one.Id));
        Assert.Equal((true, false, 1000), (before.Complete, after.Complete, after.Requests.Length));
    }

    private static Task<ShownCase<LogRequest>> EnterAsync(HttpClient officer, DateOnly receivedOn) =>
        ReviewDesk.PostAsync<ShownCase<LogRequest>>(officer, "/review/requests", new EnterRequest { ClientIdentifier = Some.Aino, ReceivedOn = receivedOn });
}
