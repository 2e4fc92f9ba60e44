// How much of the log a guardian's look reads, what of it is shown as given, and what happens while it reads.
using System.Data.Common;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.Consent.Minors;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Minors;

public sealed class GuardianReadingTests(PostgresFixture postgres)
{
    private const string Third = "third-sector";
    private static readonly string Guarded = WholeLaw.Catalogue.Items.Values.Where(static item => item.Sector?.Value == "student-welfare").Select(static item => item.Id.Value).Order(StringComparer.Ordinal).First();

    [Fact]
    public async Task WhereNoContextIsOpenNothingOfTheLogIsRead()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var open = await Family.OfAsync(room, 8);
        var closed = await Family.OfAsync(room, 14);
        await open.GivenAsync();
        await closed.GivenAsync();
        Assert.Single(await ReadAsync(open));
        await room.SqlAsync("ALTER TABLE log_entry RENAME TO log_entry_away");

        Assert.Empty(await ReadAsync(closed));
        await Assert.ThrowsAnyAsync<DbException>(() => ReadAsync(open));
        await room.SqlAsync("ALTER TABLE log_entry_away RENAME TO log_entry");
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task HowMuchABarHidesDoesNotPushOutWhatIsOpenAndWhatIsOpenedHasABound(DatabaseKind database)
    {
        await using var room = await OpenRoom.OpenAsync(database, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        await family.FactsAsync(new ToldFacts { Capacity = [new CapacityDecision { Code = "2", Context = "health" }, new CapacityDecision { Code = "2", Context = "student-welfare" }], GuardianBars = ["student-welfare"] });
        await family.GivenAsync();
        await family.GivenOftenAsync(205, "education", Third, Guarded);

        Assert.Equal(("municipal-sports", 1), await OnlyAsync(family));
        await family.GivenOftenAsync(205, "health", "municipal-sports", "person-identity");
        Assert.Equal(("municipal-sports", 200), await OnlyAsync(family));
    }

    [Fact]
    public async Task AnAnswerLeavesHalfASecondAfterTheCallAtTheSoonest()
    {
        var watch = Stopwatch.StartNew();

        var answer = await GuardianLooks.EvenAsync(static () => Task.FromResult<IResult>(TypedResults.Ok()), CancellationToken.None);

        Assert.NotNull(answer);
        Assert.InRange(watch.ElapsedMilliseconds, 490, long.MaxValue);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task OfWhatWasSentOnlyWhatArrivedOrMayHaveArrivedIsShownAndEachEntryOnce(DatabaseKind database)
    {
        await using var room = await OpenRoom.OpenAsync(database, postgres, WholeLaw.Law);
        foreach (var outcome in new[] { "refused", "waiting", "cancelled", "expired" })
        {
            var nothing = await Family.OfAsync(room, 8);
            await nothing.SentAsync(outcome);
            Assert.Equal((outcome, false), (outcome, await nothing.SeesAsync(nothing.Mother)));
        }

        foreach (var outcome in new[] { "delivered", "unknown", null })
        {
            var sent = await Family.OfAsync(room, 8);
            await sent.SentAsync(outcome);
            Assert.Equal(("municipal-sports", 1), await OnlyAsync(sent));
        }

        var waited = await Family.OfAsync(room, 8);
        var first = await waited.SentAsync("waiting");
        await waited.SentAsync("waiting", first.CorrelationId);
        await waited.SentAsync("delivered", first.CorrelationId);
        Assert.Equal(("municipal-sports", 1), await OnlyAsync(waited));

        var cancelled = await Family.OfAsync(room, 8);
        var waits = await cancelled.SentAsync("waiting");
        await cancelled.SentAsync("cancelled", waits.CorrelationId);
        Assert.False(await cancelled.SeesAsync(cancelled.Mother));
    }

    [Fact]
    public async Task AGuardianshipThatEndsBetweenTheLookAndTheReadingShowsNothing()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        await family.GivenAsync();
        var call = new GuardianCall(room.Services.GetRequiredService<GuardianDoor>().KeyOf(family.Mother), await family.NameForAsync(family.Mother), "a-call");
        var reader = room.Services.GetRequiredService<ChildDisclosuresReader>();
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var ending = room.Services.GetRequiredService<LogWriter>().WriteAsync(async transaction =>
        {
            held.SetResult();
            await release.Task;
            await transaction.Session.ExecuteAsync("UPDATE guardianship SET ends = '2020-01-01T00:00:00.000Z'", CancellationToken.None);
            return true;
        });
        await held.Task;

        // The embedded database answers at once: when the call comes back, the guardian is found and the look waits in the line of writers.
        var look = room.Services.GetRequiredService<ChildDesk>().LookAsync(call, "guardian-disclosures", (session, acting) => reader.ReadAsync(session, acting, CancellationToken.None), CancellationToken.None);
        Assert.False(look.IsCompleted);
        release.SetResult();
        await ending;

        Assert.Empty(await look);
    }

    private static async Task<(string? To, int Count)> OnlyAsync(Family family)
    {
        using var look = await family.LookAsync(family.Mother);
        Assert.Equal(HttpStatusCode.OK, look.StatusCode);
        var row = Assert.Single((await look.ReadAsync<ChildDisclosures>()).Disclosures);
        return (row.To?.Sector?.Value, row.Count);
    }

    private static async Task<IReadOnlyList<ChildDisclosure>> ReadAsync(Family family)
    {
        var services = family.Room.Services;
        var door = services.GetRequiredService<GuardianDoor>();
        await using var session = await services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        var acting = Assert.Single(await door.ChildrenAsync(session, door.KeyOf(family.Mother), family.Room.Clock.GetUtcNow(), CancellationToken.None));
        return [.. await services.GetRequiredService<ChildDisclosuresReader>().ReadAsync(session, acting, CancellationToken.None)];
    }
}
