// Rounds of review: the sample is nobody's choice, and a closed round stays as it is.
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Clients;
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Review.Rounds;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class RoundTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheSeedIsInTheLogBeforeTheSampleIsDrawnAndAnybodyDrawsTheSameAgain(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var places = await desk.DiscloseAsync(40);

        var round = await OpenAsync(room, desk, 10);
        await desk.DiscloseAsync(40);
        var check = await ReviewDesk.GetAsync<RoundCheck>(desk.Officer, $"/review/rounds/{round.Case.Id}/check");
        var told = await desk.ToldAsync(LogEntryKind.Review);

        Assert.Equal(("drawn", "unchanged", 10), (round.Case.State, round.Proof.Outcome, round.Case.Items.Length));
        Assert.All(round.Case.Items, item => Assert.Contains(item.Index, places));
        Assert.Equal(["opened", "drawn"], told.Select(static entry => entry.Outcome));
        Assert.Equal((round.Case.Seed, round.Case.Frame), (told[0].Review!.Seed!.Value, told[0].Review!.Frame!));
        Assert.Equal((true, true, 0), (check.SeedInLogBeforeTheDraw, check.SampleReproduced, check.Erased));
        using var again = await ReviewDesk.SendAsync(desk.Officer, $"/review/rounds/{round.Case.Id}/draw", new { });
        Assert.Equal((HttpStatusCode.Conflict, "wrong-state"), (again.StatusCode, await again.SlugAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatRulesPickStandsBesideTheSampleAndSaysWhy(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await desk.DiscloseAsync(20);
        var refusals = await desk.WriteAsync(Enumerable.Range(0, 3).Select(_ => Some.Refusal(ClientId.Parse(new string('1', 32)), room.Clock.GetUtcNow())));

        var round = await OpenAsync(room, desk, 2, new RoundPick { Outcome = "refused", Most = 200 }, new RoundPick { Rule = Some.Reading, Professional = ProfessionalId.Parse("ohjaaja-salmi"), Most = 5 });

        Assert.Equal(refusals, round.Case.Items.Where(static item => item.Why.Contains("pick-1")).Select(static item => item.Index));
        Assert.Equal((2, 5), (round.Case.Items.Count(static item => item.Why.Contains("random")), round.Case.Items.Count(static item => item.Why.Contains("pick-2"))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARoundIsClosedOnlyWhenEveryEntryIsReviewedAndThenNothingOfItChanges(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var places = await desk.DiscloseAsync(2);
        var address = "/review/rounds/" + (await OpenAsync(room, desk, 5)).Case.Id;

        await FindAsync(desk, address, places[0], "in-order");
        await FindAsync(desk, address, places[1], "to-be-asked");
        using var early = await ReviewDesk.SendAsync(desk.Officer, address + "/close", new CloseCase { Conclusion = "All in order." });
        var found = await FindAsync(desk, address, places[1], "breach-suspected", "No relation is on record.");
        var closed = await ReviewDesk.PostAsync<ShownCase<ReviewRound>>(desk.Officer, address + "/close", new CloseCase { Conclusion = "One goes on as a breach." });
        using var late = await ReviewDesk.SendAsync(desk.Officer, $"{address}/items/{places[0]}", new RecordFinding { Finding = "breach-suspected" });
        var summary = (await ReviewDesk.GetAsync<RoundList>(desk.Officer, "/review/rounds")).Rounds.Single();

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal((ProfessionalId.Parse("dpo-1"), "No relation is on record."), (found.Case.Items[1].By, found.Case.Items[1].Note));
        Assert.Equal(("closed", "unchanged"), (closed.Case.State, closed.Proof.Outcome));
        Assert.Equal((HttpStatusCode.Conflict, "wrong-state"), (late.StatusCode, await late.SlugAsync()));
        Assert.Equal(("closed", 2, 0, 2), (summary.State, summary.Items, summary.Unreviewed, summary.Findings.Length));
        Assert.Equal(["opened", "drawn", "in-order", "to-be-asked", "breach-suspected", "closed"], (await desk.ToldAsync(LogEntryKind.Review)).Select(static entry => entry.Outcome));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoeverChangesAClosedRoundBehindTheLogsBackIsFoundOut(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var place = (await desk.DiscloseAsync(1))[0];
        var id = (await OpenAsync(room, desk, 5)).Case.Id;
        await FindAsync(desk, "/review/rounds/" + id, place, "breach-suspected", "Ask the police.");
        await ReviewDesk.PostAsync<ShownCase<ReviewRound>>(desk.Officer, $"/review/rounds/{id}/close", new CloseCase { Conclusion = "A breach." });

        await ForgeAsync(room, id);
        var shown = await ReviewDesk.GetAsync<ShownCase<ReviewRound>>(desk.Officer, "/review/rounds/" + id);

        Assert.Equal(("in-order", "changed"), (shown.Case.Items.Single().Finding, shown.Proof.Outcome));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARoundThatWasCutOffBeforeItsDrawIsDrawnByTheSeedThatIsInTheLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await desk.DiscloseAsync(20);
        var dpo = ProfessionalId.Parse("dpo-1");
        var opened = await room.Services.GetRequiredService<RoundLife>().OpenAsync(Round(room, 5), Some.Municipality, dpo, new CaseActor(new LogParty { Organisation = Some.Municipality, Professional = dpo }, Some.Id()));

        await room.ReopenAsync();
        var before = await ReviewDesk.GetAsync<ShownCase<ReviewRound>>(desk.Officer, "/review/rounds/" + opened!.Case.Id);
        var drawn = await ReviewDesk.PostAsync<ShownCase<ReviewRound>>(desk.Officer, $"/review/rounds/{opened.Case.Id}/draw", new { });

        Assert.Equal(("opened", "unchanged", 0), (before.Case.State, before.Proof.Outcome, before.Case.Items.Length));
        Assert.Equal(("drawn", 5, opened.Case.Seed), (drawn.Case.State, drawn.Case.Items.Length, drawn.Case.Seed));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARoundWhoseEntriesWereErasedPartlyStillAgreesWithTheLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (desk, keeping) = (new ReviewDesk(room), new Retention.KeepingDesk(room));
        await desk.DiscloseAsync(10);
        keeping.Pass(0, 20);
        await desk.DiscloseAsync(10);
        var round = await OpenAsync(room, desk, 20);
        keeping.Pass(12, -10);

        await keeping.EraseAsync();
        var check = await ReviewDesk.GetAsync<RoundCheck>(desk.Officer, $"/review/rounds/{round.Case.Id}/check");

        Assert.Equal((20, 10), (round.Case.Items.Length, check.Erased));
        Assert.Equal((true, true, "unchanged"), (check.SampleReproduced, check.SeedInLogBeforeTheDraw, check.Proof.Outcome));
    }

    [Fact]
    public async Task OnlyTheOwnOrganisationsOfficersSeeAndTouchARound()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new ReviewDesk(room);
        var place = (await desk.DiscloseAsync(1))[0];
        var address = "/review/rounds/" + (await OpenAsync(room, desk, 5)).Case.Id;

        using var other = await desk.OtherOfficer.GetAsync(address);
        using var touched = await ReviewDesk.SendAsync(desk.OtherOfficer, $"{address}/items/{place}", new RecordFinding { Finding = "in-order" });
        using var named = await ReviewDesk.SendAsync(desk.Officer, $"{address}/items/{place}", new RecordFinding { Finding = "in-order", Note = $"It was {Some.Aino}." });

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.BadRequest], new[] { other.StatusCode, touched.StatusCode, named.StatusCode });
        Assert.Empty((await ReviewDesk.GetAsync<RoundList>(desk.OtherOfficer, "/review/rounds")).Rounds);
        Assert.Single((await ReviewDesk.GetAsync<RoundList>(room.Operator, "/review/rounds")).Rounds);
        foreach (var nobody in desk.Others)
        {
            using var answer = await nobody.GetAsync(address);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        }
    }

    [Theory]
    [InlineData(0, 0, "sample")]
    [InlineData(501, 0, "sample")]
    [InlineData(5, 201, "picks.most")]
    public async Task AnUnboundedRoundIsRefused(int sample, int most, string field)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new ReviewDesk(room);

        using var answer = await ReviewDesk.SendAsync(desk.Officer, "/review/rounds", Round(room, sample, most == 0 ? [] : [new RoundPick { Rule = Some.Reading, Most = most }]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"field\":\"{field}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static OpenRound Round(OpenRoom room, int sample, params RoundPick[] picks) =>
        new() { Title = "Autumn", Since = room.Clock.GetUtcNow().AddDays(-30), Until = room.Clock.GetUtcNow().AddDays(1), Sample = sample, Picks = [.. picks] };

    private static Task<ShownCase<ReviewRound>> OpenAsync(OpenRoom room, ReviewDesk desk, int sample, params RoundPick[] picks) =>
        ReviewDesk.PostAsync<ShownCase<ReviewRound>>(desk.Officer, "/review/rounds", Round(room, sample, picks));

    private static Task<ShownCase<ReviewRound>> FindAsync(ReviewDesk desk, string address, long place, string finding, string? note = null) =>
        ReviewDesk.PostAsync<ShownCase<ReviewRound>>(desk.Officer, $"{address}/items/{place}", new RecordFinding { Finding = finding, Note = note });

    /// <summary>Does what somebody with the database and the keys can do, and the log cannot be made to say.</summary>
    private static async Task ForgeAsync(OpenRoom room, string id)
    {
        var keys = ClientKeys.Read(Path.Combine(room.Folder, "keys"), make: false);
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.WriteAsync(CancellationToken.None);
        var kept = (await session.QueryAsync("SELECT content FROM review_case WHERE id = @id", static row => row.GetFieldValue<byte[]>(0), CancellationToken.None, ("id", id))).Single();
        var text = global::System.Text.Encoding.UTF8.GetString(keys.OpenCase(id, kept)).Replace("breach-suspected", "in-order", StringComparison.Ordinal);
        await session.ExecuteAsync("UPDATE review_case SET content = @content WHERE id = @id", CancellationToken.None, ("content", keys.SealCase(id, global::System.Text.Encoding.UTF8.GetBytes(text))), ("id", id));
        await session.CommitAsync(CancellationToken.None);
    }
}
