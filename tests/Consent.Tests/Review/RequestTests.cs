// A client asks who has used the data, and gets it: in time, whole, or with a reason.
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class RequestTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ThePackageTellsInPlainWordsWhoGotWhatAndOnWhichGroundAndHandingItOverIsOnRecord(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await desk.DiscloseAsync(2);
        await desk.DiscloseAsync(1, Some.Onni);
        var address = "/review/requests/" + (await EnterAsync(room, desk)).Case.Id;

        var prepared = await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, address + "/package", new { });
        var file = await desk.Officer.GetByteArrayAsync(address + "/package?format=json");
        var package = JsonSerializer.Deserialize<LogPackage>(file, SisoteJson.Options)!;
        var table = Encoding.UTF8.GetString(await desk.Officer.GetByteArrayAsync(address + "/package?format=csv&language=sv"));
        var handed = await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, address + "/hand-over", new HandOver { How = "letter", File = new Digest(SHA256.HashData(file)) });
        using var gone = await desk.Officer.GetAsync(address + "/package");

        Assert.Equal((2, 0), (prepared.Case.Package!.Entries, prepared.Case.Package.LeftOut));
        Assert.Equal(2, package.Entries.Length);
        Assert.Equal(("ohjaaja-salmi", "kuopio", "703/2023"), (package.Entries[0].To!.Professional!.Value.Value, package.Entries[0].To!.Organisation!.Fi, package.Entries[0].Basis.Single().Statute));
        Assert.Contains("luovutettiin: exercise-restriction", package.Entries[0].What.Fi, StringComparison.Ordinal);
        Assert.Contains("\"Tid\",\"Vad som hände\"", table, StringComparison.Ordinal);
        Assert.Contains("lämnades ut: exercise-restriction", table, StringComparison.Ordinal);
        Assert.DoesNotContain((await desk.ClientAsync()).Reveal(), Encoding.UTF8.GetString(file) + table, StringComparison.Ordinal);
        Assert.Equal(("handed-over", "unchanged", HttpStatusCode.NotFound), (handed.Case.State, handed.Proof.Outcome, gone.StatusCode));
        var told = await desk.ToldAsync(LogEntryKind.Review);
        Assert.Equal(["received", "prepared", "handed-over"], told.Select(static entry => entry.Outcome));
        Assert.Equal(new Digest(SHA256.HashData(file)), told[2].Review!.File);
        var client = await desk.ClientAsync();
        Assert.All(told, entry => Assert.Equal(client, entry.Client));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsHiddenFromTheClientGoesOutOnlyByADecisionWithAReasonAndWhatIsLeftOutIsSaid(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var client = await desk.ClientAsync();
        var open = await desk.DiscloseAsync(1);
        var hidden = await desk.WriteAsync(Enumerable.Range(0, 2).Select(_ => Some.Disclosure(client, room.Clock.GetUtcNow()) with { Visibility = new LogVisibility { Client = false } }));
        var address = "/review/requests/" + (await EnterAsync(room, desk)).Case.Id;

        using var early = await ReviewDesk.SendAsync(desk.Officer, address + "/package", new { });
        var undecided = (await ReviewDesk.GetAsync<RequestEntries>(desk.Officer, address + "/entries")).Undecided;
        using var unreasoned = await ReviewDesk.SendAsync(desk.Officer, address + "/decisions", new DecideEntries { Indices = [hidden[0]], Include = false, Reason = "Dangerous." });
        await DecideAsync(desk, address, new DecideEntries { Indices = [hidden[0]], Include = false, Ground = "rights-of-others", Reason = "A child-protection notice names the one who made it." });
        await DecideAsync(desk, address, new DecideEntries { Indices = [hidden[1]], Include = true, Reason = "Nothing speaks against it any more." });
        var prepared = await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, address + "/package", new { });
        var package = JsonSerializer.Deserialize<LogPackage>(await desk.Officer.GetByteArrayAsync(address + "/package"), SisoteJson.Options)!;
        var entries = (await ReviewDesk.GetAsync<RequestEntries>(desk.Officer, address + "/entries")).Entries;

        Assert.Equal((HttpStatusCode.Conflict, 2, HttpStatusCode.BadRequest), (early.StatusCode, undecided, unreasoned.StatusCode));
        Assert.Equal((2, 1), (prepared.Case.Package!.Entries, prepared.Case.Package.LeftOut));
        Assert.NotNull(package.LeftOut);
        Assert.Equal([(open[0], false, true), (hidden[0], true, false), (hidden[1], true, true)], entries.Select(static entry => (entry.Row.Index, entry.Hidden, entry.Included!.Value)));
        Assert.Equal(ProfessionalId.Parse("dpo-1"), prepared.Case.Decisions[0].By);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARequestIsDueInTwoMonthsGoesTwoYearsBackAndShowsWhenItIsLate(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var now = room.Clock.GetUtcNow();
        var today = FinnishTime.DateOf(now);
        await desk.WriteAsync(Some.Disclosure(await desk.ClientAsync(), now.AddYears(-3)), Some.Disclosure(await desk.ClientAsync(), now.AddYears(-1)));

        using var tooFar = await ReviewDesk.SendAsync(desk.Officer, "/review/requests", new EnterRequest { ClientIdentifier = Some.Aino, ReceivedOn = today, Since = today.AddYears(-4) });
        var ordinary = await EnterAsync(room, desk);
        var special = await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, "/review/requests", new EnterRequest { ClientIdentifier = Some.Aino, ReceivedOn = today, Since = today.AddYears(-4), SpecialReason = "A case in court." });
        var counts = (await EntriesAsync(desk, ordinary), await EntriesAsync(desk, special));
        room.Clock.Advance(now.AddMonths(2).AddDays(8) - now);
        var register = (await ReviewDesk.GetAsync<RequestList>(desk.Officer, "/review/requests")).Requests;
        var late = (await ReviewDesk.GetAsync<OverdueCases>(room.Operator, "/review/overdue")).Cases;

        Assert.Equal(HttpStatusCode.BadRequest, tooFar.StatusCode);
        Assert.Equal((today.AddMonths(2), 0, 1), (ordinary.Case.Due!.Value, ordinary.Case.EarlierWithinAYear, special.Case.EarlierWithinAYear));
        Assert.Equal((1, 2), counts);
        Assert.All(register, static request => Assert.InRange(request.DaysOverdue!.Value, 7, 9));
        Assert.Equal([true, true], late.Select(static overdue => overdue.Escalated));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheClientAsksWhenSignedInSeesOnlyTheOwnRequestAndTheAccountStaysOutOfTheLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await desk.DiscloseAsync(1);

        var asked = await ReviewDesk.PostAsync<ListedRequest>(room.Client(Some.Aino), "/me/log-requests", new RequestMyLog { Organisation = Some.Municipality });
        using var twice = await ReviewDesk.SendAsync(room.Client(Some.Aino), "/me/log-requests", new RequestMyLog { Organisation = Some.Municipality });
        using var nowhere = await ReviewDesk.SendAsync(room.Client(Some.Aino), "/me/log-requests", new RequestMyLog { Organisation = OrganisationId.Parse("nowhere") });
        using var other = await desk.OtherOfficer.GetAsync("/review/requests/" + asked.Id);
        var refused = await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, $"/review/requests/{asked.Id}/refuse", new RefuseRequest { Ground = "health-or-care", Reason = "The physician in charge sees a serious danger." });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (twice.StatusCode, nowhere.StatusCode, other.StatusCode));
        Assert.Equal(asked.Id, (await ReviewDesk.GetAsync<RequestList>(room.Client(Some.Aino), "/me/log-requests")).Requests.Single().Id);
        Assert.Empty((await ReviewDesk.GetAsync<RequestList>(room.Client(Some.Onni), "/me/log-requests")).Requests);
        Assert.Equal(("refused", "unchanged"), (refused.Case.State, refused.Proof.Outcome));
        var told = await desk.ToldAsync(LogEntryKind.Review);
        Assert.Equal(["received", "refused"], told.Select(static entry => entry.Outcome));
        Assert.Null(told[0].To!.Professional);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APackageIsVoidOnceSomethingElseIsDecided(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var place = (await desk.DiscloseAsync(1))[0];
        var address = "/review/requests/" + (await EnterAsync(room, desk)).Case.Id;
        await ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, address + "/package", new { });
        var file = await desk.Officer.GetByteArrayAsync(address + "/package");

        await DecideAsync(desk, address, new DecideEntries { Indices = [place], Include = false, Ground = "security", Reason = "A technical reading." });
        using var gone = await desk.Officer.GetAsync(address + "/package");
        using var handed = await ReviewDesk.SendAsync(desk.Officer, address + "/hand-over", new HandOver { How = "in-person", File = new Digest(SHA256.HashData(file)) });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Conflict), (gone.StatusCode, handed.StatusCode));
        foreach (var nobody in desk.Others.SkipLast(1))
        {
            using var answer = await nobody.GetAsync(address);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        }
    }

    private static Task<ShownCase<LogRequest>> EnterAsync(OpenRoom room, ReviewDesk desk) =>
        ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, "/review/requests", new EnterRequest { ClientIdentifier = Some.Aino, ReceivedOn = FinnishTime.DateOf(room.Clock.GetUtcNow()) });

    private static Task<ShownCase<LogRequest>> DecideAsync(ReviewDesk desk, string address, DecideEntries decided) => ReviewDesk.PostAsync<ShownCase<LogRequest>>(desk.Officer, address + "/decisions", decided);

    private static async Task<int> EntriesAsync(ReviewDesk desk, ShownCase<LogRequest> request) => (await ReviewDesk.GetAsync<RequestEntries>(desk.Officer, $"/review/requests/{request.Case.Id}/entries")).Entries.Length;
}
