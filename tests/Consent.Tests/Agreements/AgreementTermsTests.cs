// What parties agreed: versions, days, what hangs on it, and figures that name nobody.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Agreements;

public sealed class AgreementTermsTests(PostgresFixture postgres)
{
    private static readonly OrganisationId Sports = WholeLaw.OrganisationOf(SectorId.Parse("municipal-sports"));
    private static readonly OrganisationId Health = WholeLaw.OrganisationOf(SectorId.Parse("health"));
    private static readonly OrganisationId Clubs = WholeLaw.OrganisationOf(SectorId.Parse("third-sector"));
    private static readonly RuleId OnBehalf = RuleId.Parse("EX-03");

    private static RecordAgreement Alliance { get; } = new()
    {
        Id = "tesoma",
        Kind = "on-behalf",
        Parties = [Health, Sports, Clubs],
        Flows = [OnBehalf, RuleId.Parse("EX-02")],
        FirstDay = new DateOnly(2027, 1, 1),
        LastDay = new DateOnly(2027, 6, 30),
        Roles = [new AgreementRole(Health, "controller"), new AgreementRole(Sports, "processor")],
        Signatures = [new AgreementSignature(Health, "hyvinvointijohtaja", new DateOnly(2026, 11, 20))],
        Figures = ["disclosures", "answered-in-time"],
        AnswerDays = 14,
    };

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnAgreementIsSwitchedOnAndOffAtMidnightInFinlandByTheClockAlone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        using var recorded = await RecordAsync(room, Alliance);
        var revision = (await room.StateAsync(Some.Aino)).State.AgreementsRevision;

        foreach (var (at, state) in new[]
        {
            ("2026-12-31T21:59:59.999Z", "not-yet"), ("2026-12-31T22:00:00.000Z", "in-force"), ("2027-06-30T20:59:59.999Z", "in-force"), ("2027-06-30T21:00:00.000Z", "ended"),
        })
        {
            room.Clock.SetUtcNow(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(state, (await ShowAsync(room.Operator)).State);
            Assert.Equal(state == "in-force", IsShown((await room.StateAsync(Some.Aino)).State, room.Clock.GetUtcNow()));
        }

        Assert.Equal((HttpStatusCode.OK, revision), (recorded.StatusCode, (await room.StateAsync(Some.Aino)).State.AgreementsRevision));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ANewVersionReplacesTheTermsAndTheOldOneStaysReadable(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        using var recorded = await RecordAsync(room, Alliance);

        using var changed = await room.Operator.PostAsJsonAsync("/agreements/tesoma/change", Alliance with { Flows = [OnBehalf], LastDay = new DateOnly(2028, 12, 31), Roles = [] }, SisoteJson.Options);
        using var others = await room.Operator.PostAsJsonAsync("/agreements/tesoma/change", Alliance with { Parties = [Health, Sports], Roles = [] }, SisoteJson.Options);
        using var unknown = await room.Operator.PostAsJsonAsync("/agreements/none/change", Alliance with { Id = "none" }, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NotFound), (changed.StatusCode, others.StatusCode, unknown.StatusCode));
        var shown = await ShowAsync(room.Operator);
        Assert.Equal([2, 1], shown.Versions.Select(static version => version.Version));
        Assert.Equal((OnBehalf, 2), (shown.Agreement.Flows.Single(), shown.Versions[1].Agreement.Flows.Length));
        Assert.Equal("controller", shown.Versions[1].Roles[0].Role);
        Assert.Equal(2, (await (await room.Operator.GetAsync("/agreements")).ReadAsync<AgreementList>()).Terms.Single().Version);
    }

    [Fact]
    public async Task WhatWouldStopIsSaidBeforeAnythingEnds()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        using var recorded = await RecordAsync(room, Alliance);
        using var second = await RecordAsync(room, Alliance with { Id = "kahden-kesken", Parties = [Health, Sports], Flows = [OnBehalf], Roles = [], Signatures = [], Figures = [], AnswerDays = null });
        room.Clock.SetUtcNow(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.Zero));

        var flows = (await ShowAsync(room.Operator)).Flows;

        Assert.Equal([(OnBehalf, true, 2, "kahden-kesken"), (RuleId.Parse("EX-02"), false, 0, string.Empty)], flows.Select(static flow => (flow.Rule, flow.Asks, flow.Stops.Length, string.Join(' ', flow.Others))));
        Assert.DoesNotContain(flows[0].Stops, static pair => new[] { pair.One, pair.Other }.ToHashSet().SetEquals([Health, Sports]));
        Assert.Equal("in-force", (await ShowAsync(room.Operator)).State);
    }

    [Fact]
    public async Task OnlyPartiesSeeAnAgreementAndItsFigures()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        using var recorded = await RecordAsync(room, Alliance with { FirstDay = new DateOnly(2026, 1, 1) });
        var party = room.Person(PersonKind.ControllerAdmin, Sports.Value, "hallinto-1");
        var stranger = room.Person(PersonKind.ControllerAdmin, WholeLaw.OrganisationOf(SectorId.Parse("kela")).Value, "hallinto-2");

        Assert.Equal("tesoma", (await ShowAsync(party)).Agreement.Id);
        foreach (var path in new[] { "/agreements/tesoma", "/agreements/tesoma/figures?month=2026-10" })
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await party.GetAsync(path)).StatusCode, (await stranger.GetAsync(path)).StatusCode));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FiguresAreTheSameForAllPartiesAndSilentAboutFewClients(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var month = room.Clock.GetUtcNow();
        using var recorded = await RecordAsync(room, Alliance with { FirstDay = new DateOnly(2020, 1, 1), Flows = [RuleId.Parse("EX-02")], Figures = ["disclosures"], AnswerDays = null, LastDay = null });
        for (var person = 0; person < 6; person++)
        {
            await DiscloseAsync(room, Some.Person(person).Reveal(), Sports);
        }

        for (var time = 0; time < 7; time++)
        {
            await DiscloseAsync(room, Some.Aino, Clubs);
        }

        var path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/agreements/tesoma/figures?month={Sisote.Policy.Deciding.FinnishTime.DateOf(month):yyyy-MM}");
        using var early = await room.Operator.GetAsync(path);
        room.Clock.Advance(TimeSpan.FromDays(32));
        var health = await (await room.Person(PersonKind.ControllerAdmin, Health.Value, "hallinto-1").GetAsync(path)).Content.ReadAsStringAsync();
        var sports = await (await room.Person(PersonKind.ControllerAdmin, Sports.Value, "hallinto-2").GetAsync(path)).Content.ReadAsStringAsync();
        var figures = (await (await room.Operator.GetAsync(path)).ReadAsync<AgreementFigures>()).Figures;

        Assert.Equal(HttpStatusCode.BadRequest, early.StatusCode);
        Assert.Equal(health, sports);
        Assert.Equal([(Sports, (long?)6), (Clubs, null)], figures.Select(static figure => (figure.To, figure.Count)).OrderBy(static figure => figure.To.Value, StringComparer.Ordinal));
    }

    [Fact]
    public async Task OnlyMonthsThatAreOverAndInWhichTheAgreementWasInForceAreCounted()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        using var recorded = await RecordAsync(room, Alliance with { FirstDay = new DateOnly(2020, 3, 15), LastDay = new DateOnly(2020, 5, 1) });

        foreach (var (month, status) in new[]
        {
            ("2020-02", HttpStatusCode.BadRequest), ("2020-03", HttpStatusCode.OK), ("2020-04", HttpStatusCode.OK), ("2020-05", HttpStatusCode.OK), ("2020-06", HttpStatusCode.BadRequest),
            ("0001-01", HttpStatusCode.BadRequest), ("9999-12", HttpStatusCode.BadRequest), ("9999-11", HttpStatusCode.BadRequest), ("2020-13", HttpStatusCode.BadRequest),
        })
        {
            using var answer = await room.Operator.GetAsync("/agreements/tesoma/figures?month=" + month);
            Assert.Equal((month, status), (month, answer.StatusCode));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APersonOfTwoIdentitiesIsCountedOnce(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var month = room.Clock.GetUtcNow();
        using var recorded = await RecordAsync(room, Alliance with { FirstDay = new DateOnly(2020, 1, 1), Flows = [RuleId.Parse("EX-02")], Figures = ["disclosures"], AnswerDays = null, LastDay = null });
        for (var person = 0; person < 5; person++)
        {
            await DiscloseAsync(room, Some.Person(person).Reveal(), Sports);
        }

        var path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/agreements/tesoma/figures?month={Sisote.Policy.Deciding.FinnishTime.DateOf(month):yyyy-MM}");
        room.Clock.Advance(TimeSpan.FromDays(32));
        var before = (await (await room.Operator.GetAsync(path)).ReadAsync<AgreementFigures>()).Figures.Single();
        using var merged = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = Some.Person(0).Reveal(), Surviving = Some.Person(1).Reveal() }, SisoteJson.Options);
        merged.EnsureSuccessStatusCode();
        var after = (await (await room.Operator.GetAsync(path)).ReadAsync<AgreementFigures>()).Figures.Single();

        Assert.Equal(((long?)5, null), (before.Count, after.Count));
    }

    [Fact]
    public async Task WhatDoesNotFitIsNamed()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        foreach (var (faulty, field) in new[]
        {
            (Alliance with { FirstDay = null }, "firstDay"),
            (Alliance with { To = Alliance.FirstDay!.Value.ToDateTime(TimeOnly.MaxValue).AddYears(1) }, "lastDay"),
            (Alliance with { Roles = [new AgreementRole(WholeLaw.OrganisationOf(SectorId.Parse("kela")), "controller")] }, "roles"),
            (Alliance with { Roles = [new AgreementRole(Health, "boss")] }, "roles"),
            (Alliance with { Figures = ["names"] }, "figures"),
            (Alliance with { AnswerDays = null }, "answerDays"),
            (Alliance with { Signatures = [new AgreementSignature(Health, "Matti Meikäläinen", new DateOnly(2026, 1, 1))] }, "signatures"),
        })
        {
            using var answer = await RecordAsync(room, faulty);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && (await answer.Content.ReadAsStringAsync()).Contains($"\"{field}\"", StringComparison.Ordinal), field);
        }
    }

    private static Task<HttpResponseMessage> RecordAsync(OpenRoom room, RecordAgreement agreement) => room.Operator.PostAsJsonAsync("/agreements", agreement, SisoteJson.Options);

    private static async Task<AgreementShown> ShowAsync(HttpClient who) => await (await who.GetAsync("/agreements/tesoma")).ReadAsync<AgreementShown>();

    private static bool IsShown(ConsentState state, DateTimeOffset now) => state.Agreements.Any(agreement => agreement.Id == "tesoma" && agreement.From <= now && !(agreement.To < now));

    private static async Task DiscloseAsync(OpenRoom room, string hetu, OrganisationId to)
    {
        var state = (await room.StateAsync(hetu)).State;
        var entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow());
        var result = await room.AppendAsync(new AppendItem
        {
            Entry = entry with { From = entry.From! with { Organisation = Health }, To = entry.To! with { Organisation = to }, Catalogue = WholeLaw.Catalogue.Version },
            Expect = new AppendExpectation { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = WholeLaw.Catalogue.Version },
        });
        Assert.Equal(AppendStatus.Committed, result.Status);
    }
}
