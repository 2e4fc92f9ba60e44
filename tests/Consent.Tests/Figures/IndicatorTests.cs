// Indicators: definitions, counts and what is published of them.
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Sisote.Doors.Consent;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Figures.NetworkDesk;

namespace Sisote.Tests.Consent.Figures;

public sealed class IndicatorTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AFigureUnderFiveIsNotSaidAndCannotBeReckonedFromTheOthers(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation());
        await desk.DeliverAsync(Municipality, "2025-10", Count(3, "kuopio", "child"), Count(40, "kuopio", "adult"), Count(20, "siilinjarvi", "child"), Count(30, "siilinjarvi", "adult"));
        await desk.DeliverAsync(Club, "2025-10", Count(10, "iisalmi", "child"), Count(11, "siilinjarvi", "adult"));

        var published = await desk.PublishAsync(County, "2025-10");
        var figures = await desk.FiguresAsync("2025-10");

        Assert.Equal((NetworkOutcome.Done, 1L), (published.Outcome, published.Version));
        Assert.Equal("child/kuopio ?, adult/kuopio ?, kuopio 43, child/siilinjarvi ?, adult/siilinjarvi ?, siilinjarvi 61, child/iisalmi 10, adult/iisalmi 0, iisalmi 10, child 33, adult 81, all 114", Say(figures));
        Assert.Contains("under 5", figures.Figures.First(static figure => figure.Persons is null).Shown, StringComparison.Ordinal);
        Assert.Equal((5, Some.County, "persons"), (figures.Smallest, figures.Definition.Owner, figures.Definition.Unit));
        Assert.Equal([Some.Club, Some.Municipality], figures.Sources);
        Assert.Equal(room.Clock.GetUtcNow(), figures.PublishedAt, TimeSpan.FromMinutes(1));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APublishedMonthIsFrozenAndEveryCutOfItIsAPartOfTheSameTable(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = await PublishedAsync(room);
        var whole = await desk.FiguresAsync("2025-10");

        var late = await desk.DeliverAsync(Municipality, "2025-10", Count(4, "kuopio", "child"));
        var again = await desk.PublishAsync(County, "2025-10");
        await room.ReopenAsync();
        var cut = await new NetworkDesk(room).FiguresAsync("2025-10", "municipality");

        Assert.Equal((NetworkOutcome.Ended, NetworkOutcome.Ended), (late.Outcome, again.Outcome));
        Assert.Equal(Say(whole), Say(await new NetworkDesk(room).FiguresAsync("2025-10")));
        var lines = whole.Figures.ToDictionary(static figure => string.Join('/', figure.Cell.Select(static pair => $"{pair.Key}={pair.Value}")), static figure => figure.Persons);
        Assert.Equal(4, cut.Figures.Length);
        Assert.All(cut.Figures, figure => Assert.Equal(lines[string.Join('/', figure.Cell.Select(static pair => $"{pair.Key}={pair.Value}"))], figure.Persons));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheYearHidesWhatWouldTellAHiddenMonth(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation() with { Dimensions = [Dimension("municipality", "kuopio", "siilinjarvi")], Sources = [Some.Municipality] });
        for (var month = 1; month <= 12; month++)
        {
            await desk.DeliverAsync(Municipality, $"2025-{month:00}", Count(month == 3 ? 2 : 20, "kuopio"), Count(30, "siilinjarvi"));
            Assert.Equal(NetworkOutcome.Malformed, (await desk.PublishAsync(County, "2025")).Outcome);
            Assert.Equal(NetworkOutcome.Done, (await desk.PublishAsync(County, $"2025-{month:00}")).Outcome);
        }

        Assert.Equal(NetworkOutcome.Done, (await desk.PublishAsync(County, "2025")).Outcome);

        Assert.Equal("kuopio ?, siilinjarvi ?, all 582", Say(await desk.FiguresAsync("2025")));
        Assert.Equal(("person-months", "persons"), ((await desk.FiguresAsync("2025")).Definition.Unit, (await desk.FiguresAsync("2025-03")).Definition.Unit));
        Assert.Equal("kuopio ?, siilinjarvi ?, all 32", Say(await desk.FiguresAsync("2025-03")));
        Assert.Equal("kuopio 20, siilinjarvi 30, all 50", Say(await desk.FiguresAsync("2025-04")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FourClientsOfEachMonthAreNotFortyEightInTheYear(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation() with { Dimensions = [Dimension("municipality", "kuopio", "siilinjarvi")], Sources = [Some.Municipality] });
        for (var month = 1; month <= 12; month++)
        {
            await desk.DeliverAsync(Municipality, $"2025-{month:00}", Count(4, "kuopio"), Count(30, "siilinjarvi"));
            Assert.Equal(NetworkOutcome.Done, (await desk.PublishAsync(County, $"2025-{month:00}")).Outcome);
        }

        Assert.Equal(NetworkOutcome.Done, (await desk.PublishAsync(County, "2025")).Outcome);

        Assert.Null((await desk.FiguresAsync("2025")).Figures.Single(static figure => figure.Cell.ContainsValue("kuopio")).Persons);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ASourceThatTakesItsOwnCountsFromTheSumDoesNotFindWhatIsSmallOfAnother(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation() with { Dimensions = [Dimension("municipality", "kuopio", "siilinjarvi")] });
        await desk.DeliverAsync(Municipality, "2025-10", Count(10, "kuopio"), Count(20, "siilinjarvi"));
        await desk.DeliverAsync(Club, "2025-10", Count(2, "kuopio"), Count(3, "siilinjarvi"));

        await desk.PublishAsync(County, "2025-10");

        Assert.Equal("kuopio ?, siilinjarvi ?, all ?", Say(await desk.FiguresAsync("2025-10")));
    }

    [Fact]
    public async Task ASmallFigureIsHiddenWithOneThatNoSourceKnows()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation() with { Dimensions = [Dimension("municipality", "kuopio", "siilinjarvi", "iisalmi")] });
        await desk.DeliverAsync(Municipality, "2025-10", Count(37, "kuopio"), Count(12, "iisalmi"));
        await desk.DeliverAsync(Club, "2025-10", Count(3, "siilinjarvi"), Count(15, "iisalmi"));

        await desk.PublishAsync(County, "2025-10");

        Assert.EndsWith("siilinjarvi ?, iisalmi ?, all 67", Say(await desk.FiguresAsync("2025-10")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereOnlyOneFigureCanHideASmallOneThatOneIsHidden()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation() with { Dimensions = [Dimension("age", "under-18", "age-18-64", "age-65-and-over")], Sources = [Some.Municipality] });
        await desk.DeliverAsync(Municipality, "2025-09", Count(4, "under-18"), Count(64, "age-18-64"));

        await desk.PublishAsync(County, "2025-09");

        Assert.Equal("under-18 ?, age-18-64 ?, age-65-and-over 0, all 68", Say(await desk.FiguresAsync("2025-09")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatWasDeliveredUnderAnEarlierVersionIsNotCountedByTheNext(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation());
        await desk.DeliverAsync(Municipality, "2025-10", Count(40, "kuopio", "adult"));
        await desk.DeliverAsync(Club, "2025-10", Count(30, "kuopio", "adult"));
        await desk.DefineAsync(County, Participation("2020-02") with { Meaning = Text("Jotakin muuta"), Sources = [Some.Club] });

        var before = await desk.PublishAsync(County, "2025-10");
        var noSourceAnyMore = await desk.DeliverAsync(Municipality, "2025-10", Count(40, "kuopio", "adult"));
        await desk.DeliverAsync(Club, "2025-10", Count(31, "kuopio", "adult"));
        var after = await desk.PublishAsync(County, "2025-10");

        Assert.Equal((NetworkOutcome.Malformed, NetworkOutcome.Absent, NetworkOutcome.Done), (before.Outcome, noSourceAnyMore.Outcome, after.Outcome));
        Assert.Equal([Some.Club], (await desk.FiguresAsync("2025-10")).Sources);
        Assert.EndsWith("all 31", Say(await desk.FiguresAsync("2025-10")), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADefinitionChangesOnlyAsANewVersionFromALaterMonthOn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = await PublishedAsync(room);
        var finer = Participation("2025-11") with { Dimensions = [Dimension("municipality", "kuopio")] };

        var same = await desk.DefineAsync(County, Participation() with { Sources = [Some.Municipality] });
        var backdated = await desk.DefineAsync(County, finer with { ValidFrom = "2025-10" });
        var second = await desk.DefineAsync(County, finer);
        var stranger = await desk.DefineAsync(Municipality, finer);
        var shown = (await desk.AskAsync<IndicatorList>("/network/indicators?id=culture-participation")).Indicators.Single();

        Assert.Equal((NetworkOutcome.Done, 1L), (same.Outcome, same.Version));
        Assert.Equal((NetworkOutcome.Malformed, "validFrom"), (backdated.Outcome, backdated.Field));
        Assert.Equal((NetworkOutcome.Done, 2L), (second.Outcome, second.Version));
        Assert.Equal(NetworkOutcome.Taken, stranger.Outcome);
        Assert.Equal([2, 1], shown.Versions.Select(static version => version.Version));
        Assert.Equal(["2025-10"], shown.Published);
        Assert.Equal(1, (await desk.FiguresAsync("2025-10")).Definition.Version);
    }

    [Fact]
    public async Task OnlyTheOwnerPublishesAndOnlySourcesDeliver()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation());

        var notASource = await desk.DeliverAsync(County, "2025-10", Count(9, "kuopio", "child"));
        var incomplete = await desk.PublishAsync(County, "2025-10");
        await desk.DeliverAsync(Municipality, "2025-10", Count(9, "kuopio", "child"));
        await desk.DeliverAsync(Club, "2025-10");
        var notTheOwner = await desk.PublishAsync(Municipality, "2025-10");
        var tooEarly = await desk.PublishAsync(County, room.Clock.GetUtcNow().ToString("yyyy-MM"));

        Assert.Equal((NetworkOutcome.Absent, NetworkOutcome.Malformed, NetworkOutcome.Absent, NetworkOutcome.Malformed), (notASource.Outcome, incomplete.Outcome, notTheOwner.Outcome, tooEarly.Outcome));
    }

    [Fact]
    public async Task ADeliveryHasNoPlaceForAPersonOrForACellThatIsNotDefined()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation());

        var elsewhere = await desk.DeliverAsync(Municipality, "2025-10", Count(9, "vieremä", "child"));
        var negative = await desk.DeliverAsync(Municipality, "2025-10", Count(-1, "kuopio", "child"));
        const string WithPerson = """{"by":{"system":"kuopio-liikunta","professional":"x","role":"y","correlationId":"z"},"id":"culture-participation","said":{"month":"2025-10","counts":[{"codes":["kuopio","child"],"persons":9,"names":["Aino"]}]}}""";
        using var named = await room.Gateway.PostAsync("/network/indicators/deliver", new StringContent(WithPerson, Encoding.UTF8, "application/json"));

        Assert.Equal(("counts", "counts"), (elsewhere.Field, negative.Field));
        Assert.Equal(HttpStatusCode.BadRequest, named.StatusCode);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FiguresFromTheLogCountEachClientOnceAndOnlyTheOwnersTraffic(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        var now = room.Clock.GetUtcNow();
        var month = FinnishTime.DateOf(now).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        for (var person = 0; person < 6; person++)
        {
            var state = (await room.StateAsync(Some.Person(person).Reveal())).State;
            for (var time = 0; time < 2; time++)
            {
                var appended = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, now), Expect = Some.Expect(state) });
                Assert.Equal(AppendStatus.Committed, appended.Status);
            }
        }

        var defined = await desk.DefineAsync(County, FromLog("limits-read", "recipients", "kuopio", "kallan-kulkijat"));
        await desk.DefineAsync(Municipality, FromLog("limits-read-by-others", "recipients", "kuopio", "kallan-kulkijat"));
        room.Clock.SetUtcNow(now.AddDays(32));
        await desk.PublishAsync(County, month, "limits-read");
        await desk.PublishAsync(Municipality, month, "limits-read-by-others");

        Assert.Equal(NetworkOutcome.Done, defined.Outcome);
        Assert.Equal("kuopio 6, kallan-kulkijat 0, all 6", Say(await desk.FiguresAsync(month, id: "limits-read")));
        Assert.Equal("kuopio 0, kallan-kulkijat 0, all 0", Say(await desk.FiguresAsync(month, id: "limits-read-by-others")));
    }

    [Fact]
    public async Task AnOrganisationThatKnowsItsOwnTrafficDoesNotFindWhatIsSmallOfAnotherInTheSum()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        var now = room.Clock.GetUtcNow();
        for (var person = 0; person < 9; person++)
        {
            var state = (await room.StateAsync(Some.Person(person).Reveal())).State;
            var entry = Some.Disclosure(state.Client, now);
            entry = person < 6 ? entry : entry with { To = entry.To! with { Organisation = Some.Club, System = SystemId.Parse(Club), Sector = SectorId.Parse("third-sector") } };
            Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(new AppendItem { Entry = entry, Expect = Some.Expect(state) })).Status);
        }

        await desk.DefineAsync(County, FromLog("limits-read", "recipients", "kuopio", "kallan-kulkijat"));
        room.Clock.SetUtcNow(now.AddDays(32));
        var month = FinnishTime.DateOf(now).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await desk.PublishAsync(County, month, "limits-read");

        Assert.Equal("kuopio 6, kallan-kulkijat ?, all ?", Say(await desk.FiguresAsync(month, id: "limits-read")));
    }

    [Fact]
    public async Task NoTwoIndicatorsCountTheSameEventsOfTheLogUnderWhateverRules()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        var first = FromLog("first", "recipients", "kuopio", "kallan-kulkijat");

        var defined = await desk.DefineAsync(County, first);
        var again = await desk.DefineAsync(County, FromLog("again", "recipients", "kuopio"));
        var underAnotherRule = FromLog("another-rule", "recipients", "kuopio");
        var otherRule = await desk.DefineAsync(County, underAnotherRule with { FromLog = underAnotherRule.FromLog! with { Rules = [RuleId.Parse("EX-03")] } });
        var sent = await desk.DefineAsync(County, underAnotherRule with { FromLog = underAnotherRule.FromLog! with { Events = "entries" } });
        var fromTheOtherEnd = await desk.DefineAsync(Municipality, FromLog("other-end", "givers", "pohjois-savo"));
        var elsewhere = await desk.DefineAsync(Municipality, FromLog("elsewhere", "givers", "kallan-kulkijat"));
        var ownNextVersion = await desk.DefineAsync(County, first with { ValidFrom = "2025-02" });

        Assert.Equal((NetworkOutcome.Done, "fromLog", "fromLog"), (defined.Outcome, again.Field, fromTheOtherEnd.Field));
        Assert.Equal(("fromLog", NetworkOutcome.Done), (otherRule.Field, sent.Outcome));
        Assert.Equal((NetworkOutcome.Done, 2L), (elsewhere.Outcome, ownNextVersion.Version));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryChangeOfAnIndicatorStandsInTheLogAndSaysNoFigure(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await PublishedAsync(room);

        var page = await (await room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-1").GetAsync("/log?kind=agreement-change")).ReadAsync<LogPage>();

        Assert.Equal(3, page.Rows.Count(static row => row.Concerns == "culture-participation"));
    }

    [Fact]
    public async Task WhatWasChangedInTheDatabaseIsNotSaid()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await PublishedAsync(room);
        await room.SqlAsync("UPDATE indicator_publication SET pattern = REPLACE(pattern, 'x', '.')");

        using var answer = await room.Gateway.GetAsync("/network/indicators/culture-participation/figures?period=2025-10");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task OnlyTheGatewayReachesTheseDoors()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        foreach (var caller in new[] { room.Operator, room.SystemCaller("kuopio-liikunta", Scopes.Exchange), room.Person(PersonKind.Professional, "kuopio"), room.Caller(null) })
        {
            using var list = await caller.GetAsync("/network/indicators");
            using var define = await caller.PostAsJsonAsync("/network/indicators/define", new { });
            Assert.True(list.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
            Assert.True(define.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
        }
    }

    private static DefineIndicator FromLog(string id, string of, params ImmutableArray<string> organisations) => Participation() with
    {
        Id = id, Dimensions = [Dimension("organisation", organisations)], Sources = [], FromLog = new IndicatorFromLog { Events = "disclosures", Rules = [Some.Reading], Of = of },
    };

    private static async Task<NetworkDesk> PublishedAsync(OpenRoom room)
    {
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation() with { Sources = [Some.Municipality] });
        await desk.DeliverAsync(Municipality, "2025-10", Count(3, "kuopio", "child"), Count(40, "kuopio", "adult"), Count(20, "siilinjarvi", "child"), Count(30, "siilinjarvi", "adult"));
        await desk.PublishAsync(County, "2025-10");
        return desk;
    }
}
