// A held record is never erased.
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Retention;

public sealed class HoldTests(PostgresFixture postgres)
{
    private const string Reason = "litigation";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RecordsOfAHeldClientOrganisationOrPlaceStayUntilTheHoldIsLifted(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var (aino, onni) = (await desk.ClientAsync(), await desk.ClientAsync(Some.Onni));
        var now = room.Clock.GetUtcNow();
        var ofAino = await desk.WriteAsync(Some.OutsideHealth(aino, now));
        var ofCounty = await desk.WriteAsync(Some.Disclosure(onni, now));
        var besideCounty = await desk.WriteAsync(Some.OutsideHealth(onni, now), sides: [Some.County]);
        var atPlace = await desk.WriteAsync(Some.OutsideHealth(onni, now));
        var free = await desk.WriteAsync(Some.OutsideHealth(onni, now));
        desk.Pass(12, days: 1);
        var holds = new[]
        {
            await desk.HoldAsync(new PlaceHold { ClientIdentifier = Some.Aino, Reason = Reason, Reference = "PSHVA/2026/17" }),
            await desk.HoldAsync(new PlaceHold { Organisation = Some.County, Reason = Reason }),
            await desk.HoldAsync(new PlaceHold { Range = new LogRange { First = atPlace, Last = atPlace }, Reason = Reason }),
        };

        var report = await desk.ReportAsync();
        await desk.EraseAsync();
        Assert.Equal((1L, 4L), (report.Due, report.Held));
        Assert.Equal([free], await desk.ErasedAsync());

        foreach (var hold in holds)
        {
            using var lifted = await desk.PostLiftAsync(hold);
            Assert.False((await lifted.ReadAsync<HoldView>()).InForce);
        }

        await desk.EraseAsync();
        Assert.Equal([ofAino, ofCounty, besideCounty, atPlace, free], (await desk.ErasedAsync()).Intersect([ofAino, ofCounty, besideCounty, atPlace, free]));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AHoldEndsAfterItsLastDay(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        await desk.WriteAsync(Some.Disclosure(await desk.ClientAsync(), room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        var today = FinnishTime.DateOf(room.Clock.GetUtcNow());
        await desk.HoldAsync(new PlaceHold { Organisation = Some.County, Reason = Reason, Until = today.AddDays(2) });

        Assert.Equal(0, await desk.EraseAsync());
        room.Clock.Advance(FinnishTime.EndOf(today.AddDays(2)) - room.Clock.GetUtcNow());
        Assert.Equal(0, await desk.EraseAsync());
        room.Clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal(1, await desk.EraseAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AHoldPlacedAfterTheBundleWasTakenOutStillHoldsAndOneLiftedAfterItFreesNothingForThatRun(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        var indices = await desk.WriteAsync(3, () => Some.OutsideHealth(client, room.Clock.GetUtcNow()));
        desk.Pass(12, days: 1);
        var early = await desk.HoldAsync(new PlaceHold { Range = new LogRange { First = indices[0], Last = indices[0] }, Reason = Reason });
        var run = await desk.PrepareAsync();
        var bundle = await desk.ExportAsync(run);

        await desk.HoldAsync(new PlaceHold { Range = new LogRange { First = indices[1], Last = indices[1] }, Reason = Reason });
        using var lifted = await desk.PostLiftAsync(early);
        await desk.RunAsync(run, new RunErasure { Export = new Digest(SHA256.HashData(bundle)) });

        Assert.Equal([indices[2]], await desk.ErasedAsync());
        await desk.EraseAsync();
        Assert.Equal([indices[0], indices[2]], await desk.ErasedAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheLogTellsOfAHoldWhoAndWhyAndNeverWhose(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var client = await desk.ClientAsync();
        var hold = await desk.HoldAsync(new PlaceHold { ClientIdentifier = Some.Aino, Reason = Reason, Reference = "case 4711" });
        using var lifted = await desk.PostLiftAsync(hold);
        using var again = await desk.PostLiftAsync(hold);

        var told = await desk.ToldAsync(LogEntryKind.HoldChange);
        Assert.Equal(["placed", "lifted"], told.Select(static entry => entry.Outcome));
        Assert.All(told, entry => Assert.Equal(
            (hold.Id, "client", Reason, "dpo-koski", "pohjois-savo", (ClientId?)null),
            (entry.Concerns, entry.Hold!.Scope, entry.Hold.Reason, entry.To!.Professional!.Value.Value, entry.To.Organisation!.Value.Value, entry.Client)));
        var export = await room.Operator.GetStringAsync("/log/export");
        Assert.DoesNotContain("4711", export, StringComparison.Ordinal);
        Assert.DoesNotContain(client.Reveal(), export, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OnceAHoldHasEndedNobodyCanTellWhoseItWas(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var (ended, standing) = (await desk.HoldAsync(new PlaceHold { ClientIdentifier = Some.Aino, Reason = Reason }), await desk.HoldAsync(new PlaceHold { ClientIdentifier = Some.Onni, Reason = Reason }));
        using var lifted = await desk.PostLiftAsync(ended);
        Assert.Equal(2, await desk.CountAsync("SELECT COUNT(client) FROM log_hold"));

        await desk.PrepareAsync();

        Assert.Equal(1, await desk.CountAsync("SELECT COUNT(client) FROM log_hold"));
        Assert.Equal(0, await desk.CountAsync($"SELECT COUNT(client) FROM log_hold WHERE id = '{ended.Id}'"));
        Assert.Equal(1, await desk.CountAsync($"SELECT COUNT(client) FROM log_hold WHERE id = '{standing.Id}'"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachOrganisationSeesAndLiftsItsOwnHoldsAndTheOperatorNamesAtWhoseOrder(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new KeepingDesk(room);
        var municipality = room.Person(PersonKind.ControllerAdmin, "kuopio", "hallinto-1");
        var order = new HoldOrder { Organisation = Some.County, Professional = ProfessionalId.Parse("dpo-koski") };
        var county = await desk.HoldAsync(new PlaceHold { ClientIdentifier = Some.Aino, Reason = Reason });
        var own = await desk.HoldAsync(new PlaceHold { Organisation = Some.Municipality, Reason = Reason }, municipality);
        var entered = await desk.HoldAsync(new PlaceHold { Organisation = Some.County, Reason = Reason, OrderedBy = order }, room.Operator);

        using var foreign = await desk.PostLiftAsync(county, municipality);
        using var nameless = await desk.PostLiftAsync(county, room.Operator);
        using var ordered = await room.Operator.PostAsJsonAsync($"/log/holds/{entered.Id}/lift", new LiftHold { OrderedBy = order }, SisoteJson.Options);
        using var seenByOfficer = await desk.Officer.GetAsync("/log/holds");
        using var seenByMunicipality = await municipality.GetAsync("/log/holds");
        using var seenByOperator = await room.Operator.GetAsync("/log/holds");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.OK), (foreign.StatusCode, nameless.StatusCode, ordered.StatusCode));
        var officers = (await seenByOfficer.ReadAsync<HoldList>()).Holds;
        Assert.Equal([entered.Id, county.Id], officers.Select(static hold => hold.Id));
        Assert.NotNull(officers[1].ClientMark);
        Assert.Equal([own.Id], (await seenByMunicipality.ReadAsync<HoldList>()).Holds.Select(static hold => hold.Id));
        Assert.Equal(3, (await seenByOperator.ReadAsync<HoldList>()).Holds.Length);
        Assert.Equal(("sisote-operator", "dpo-koski"), ((await desk.ToldAsync(LogEntryKind.HoldChange))[2].To!.System!.Value.Value, (await desk.ToldAsync(LogEntryKind.HoldChange))[2].To!.Professional!.Value.Value));
    }

    [Fact]
    public async Task AHoldThatIsNotClearIsRefused()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new KeepingDesk(room);
        var good = new PlaceHold { Organisation = Some.County, Reason = Reason };
        var order = new HoldOrder { Organisation = Some.County, Professional = ProfessionalId.Parse("dpo-koski") };

        foreach (var (hold, field) in new[]
        {
            (good with { ClientIdentifier = Some.Aino }, "scope"),
            (good with { Organisation = null }, "scope"),
            (good with { Organisation = null, ClientIdentifier = "nobody" }, "clientIdentifier"),
            (good with { Organisation = Some.Municipality }, "organisation"),
            (good with { Organisation = null, Range = new LogRange { First = 5, Last = 4 } }, "range"),
            (good with { Organisation = null, Range = new LogRange { First = 0, Last = 1_000_000 } }, "range"),
            (good with { Organisation = null, Range = new LogRange { First = 0, Last = long.MaxValue } }, "range"),
            (good with { Reason = "because" }, "reason"),
            (good with { Reference = "about " + Some.Aino }, "reference"),
            (good with { Reference = new string('x', 65) }, "reference"),
            (good with { Until = new DateOnly(2001, 1, 1) }, "until"),
            (good with { OrderedBy = order }, "orderedBy"),
        })
        {
            using var answer = await desk.Officer.PostAsJsonAsync("/log/holds", hold, SisoteJson.Options);
            Assert.Contains($"\"field\":\"{field}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var nameless = await room.Operator.PostAsJsonAsync("/log/holds", good, SisoteJson.Options);
        using var stranger = await room.Operator.PostAsJsonAsync("/log/holds", good with { OrderedBy = order with { Organisation = OrganisationId.Parse("nowhere") } }, SisoteJson.Options);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (nameless.StatusCode, stranger.StatusCode));
        Assert.Equal(0, await desk.CountAsync("SELECT COUNT(*) FROM log_hold"));
    }
}
