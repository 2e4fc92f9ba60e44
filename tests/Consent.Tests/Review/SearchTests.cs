// What an officer finds in the log, and how fast.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class SearchTests(PostgresFixture postgres)
{
    private static readonly int Entries = int.Parse(Environment.GetEnvironmentVariable("SISOTE_REVIEW_ENTRIES") ?? "2000", CultureInfo.InvariantCulture);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheOfficerFindsByClientAndProfessionalAndSeesFacetsAndAHistogram(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await desk.DiscloseAsync(3);
        room.Clock.Advance(TimeSpan.FromDays(10));
        await desk.DiscloseAsync(2, Some.Onni);
        await desk.WriteAsync(Some.Refusal(await desk.ClientAsync(Some.Onni), room.Clock.GetUtcNow()));

        var all = await desk.SearchAsync(new ReviewSearch { Counts = true });
        var aino = await desk.SearchAsync(new ReviewSearch { ClientIdentifier = Some.Aino, Counts = true });
        var person = await desk.SearchAsync(new ReviewSearch { Professional = ProfessionalId.Parse("ohjaaja-salmi") });
        var nobody = await desk.SearchAsync(new ReviewSearch { Professional = ProfessionalId.Parse("ohjaaja-niemi"), Counts = true });
        var late = await desk.SearchAsync(new ReviewSearch { Since = room.Clock.GetUtcNow().AddDays(-1), Kind = LogEntryKind.Disclosure, Rule = Some.Reading });

        Assert.Equal([new FacetCount("disclosure", 5), new FacetCount("agreement-change", 1), new FacetCount("refusal", 1)], all.Counts!.Kinds);
        Assert.Equal((7L, true, "day"), (all.Counts.Entries, all.Counts.Complete, all.Counts.Step));
        Assert.Equal([(4L, 0L), (3L, 1L)], all.Counts.Histogram.Select(static bar => (bar.Entries, bar.Refusals)));
        Assert.Contains(new FacetCount("kuopio-liikunta", 6), all.Counts.Systems);
        Assert.Contains(new FacetCount("pohjois-savo", 7), all.Counts.Organisations);
        Assert.Contains(new FacetCount("exercise-restriction", 6), all.Counts.Items);
        Assert.Equal([new FacetCount("EX-02", 5)], all.Counts.Rules);
        Assert.Equal((3, 3L, "hour"), (aino.Rows.Length, aino.Counts!.Entries, aino.Counts.Step));
        Assert.Equal((6, 0, 0L), (person.Rows.Length, nobody.Rows.Length, nobody.Counts!.Entries));
        Assert.Equal(2, late.Rows.Length);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APageBeginsWhereTheOneBeforeEndedWhateverIsAppendedMeanwhile(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var places = await desk.DiscloseAsync(7);

        var first = await desk.SearchAsync(new ReviewSearch { Limit = 3, Kind = LogEntryKind.Disclosure });
        await desk.DiscloseAsync(4);
        var second = await desk.SearchAsync(new ReviewSearch { Limit = 3, Kind = LogEntryKind.Disclosure, Cursor = first.Next });
        var third = await desk.SearchAsync(new ReviewSearch { Limit = 3, Kind = LogEntryKind.Disclosure, Cursor = second.Next });

        Assert.Equal(places.Reverse(), first.Rows.Concat(second.Rows).Concat(third.Rows).Select(static row => row.Index));
        Assert.Null(third.Next);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SearchingIsOnRecordAndNeverNamesTheClient(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);

        await desk.SearchAsync(new ReviewSearch { ClientIdentifier = Some.Aino, Outcome = "released" });
        var told = (await desk.ToldAsync(LogEntryKind.LogRead)).Single();

        Assert.Equal("search?outcome=released client=*", told.Concerns);
        Assert.Equal((await desk.ClientAsync(), ProfessionalId.Parse("dpo-1")), (told.Client, told.To?.Professional));
    }

    [Fact]
    public async Task OnlyOfficersSearchAndOnlyTheirOwnOrganisationsEntries()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new ReviewDesk(room);
        await desk.DiscloseAsync(2);

        foreach (var other in desk.Others)
        {
            using var answer = await ReviewDesk.SendAsync(other, "/review/search", new ReviewSearch());
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        }

        using var malformed = await ReviewDesk.SendAsync(desk.Officer, "/review/search", new ReviewSearch { ClientIdentifier = "010190-9999" });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (malformed.StatusCode, await malformed.SlugAsync()));
        Assert.Empty((await desk.SearchAsync(new ReviewSearch(), desk.Stranger)).Rows);
        Assert.Equal(2, (await desk.SearchAsync(new ReviewSearch { Kind = LogEntryKind.Disclosure }, desk.OtherOfficer)).Rows.Length);
    }

    /// <summary>With <c>SISOTE_REVIEW_ENTRIES=100000</c> it says what docs/reviewing.md states.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ALongLogIsSearchedWithoutAnybodyWaiting(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        foreach (var number in Enumerable.Range(0, 50))
        {
            room.Clock.Advance(TimeSpan.FromHours(13));
            await desk.DiscloseAsync(Entries / 50, Some.Person(number).Reveal());
        }

        foreach (var (name, ask) in new (string, Func<Task>)[]
        {
            ("page", () => desk.SearchAsync(new ReviewSearch())),
            ("page far behind", () => desk.SearchAsync(new ReviewSearch { Cursor = (Entries / 10).ToString(CultureInfo.InvariantCulture) })),
            ("facets and histogram", () => desk.SearchAsync(new ReviewSearch { Counts = true })),
            ("a professional's, with facets", () => desk.SearchAsync(new ReviewSearch { Professional = ProfessionalId.Parse("ohjaaja-salmi"), Counts = true })),
            ("nobody's", () => desk.SearchAsync(new ReviewSearch { Professional = ProfessionalId.Parse("ohjaaja-niemi") })),
            ("hints over the newest", () => ReviewDesk.GetAsync<ReviewHints>(desk.Officer, "/review/hints")),
            ("a round drawn", () => ReviewDesk.PostAsync<ShownCase<ReviewRound>>(desk.Officer, "/review/rounds", new OpenRound { Since = DateTimeOffset.UnixEpoch, Until = room.Clock.GetUtcNow().AddDays(1), Sample = Entries / 200 })),
        })
        {
            var (begun, work) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await ask();
            var took = Stopwatch.GetElapsedTime(begun);
            TestContext.Current.TestOutputHelper!.WriteLine($"{kind} {name}: {took.TotalMilliseconds:F0} ms, {(Environment.CpuUsage.TotalTime - work).TotalMilliseconds:F0} ms of this process's processor time");
            Assert.True(took < TimeSpan.FromSeconds(30), $"{name} took {took}.");
        }
    }
}
