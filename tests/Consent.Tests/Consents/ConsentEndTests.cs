// How consents end, who is told, and what lasts.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Consents.SomeSending;

namespace Sisote.Tests.Consent.Consents;

public sealed class ConsentEndTests(PostgresFixture postgres)
{
    private static readonly ConsentFlow Flow = FlowOf("SECRECY");

    [Fact]
    public async Task AConsentThatNamesSomebodyElseByNowDoesNotEndWithAProfessionalWhoLeft()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var given = NarrowingTests.SignedIn(Flow.Consent(who));
        await room.GiveAsync(who.Reveal(), given with { RecipientPerson = ProfessionalId.Parse("somebody-else") });
        await room.SqlAsync($"UPDATE consent_place SET recipient_person = '{Flow.To.Professional}'"); // as it was read before the client changed it

        using var left = await room.Person(PersonKind.ControllerAdmin, Flow.To.Organisation!.Value.Value, "admin").PostAsJsonAsync("/staff/left", new StaffLeft { Professional = Flow.To.Professional!.Value }, SisoteJson.Options);

        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal(ConsentStatus.Active, (await room.StateAsync(who.Reveal())).State.Consents.Single().Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsSaidUnderAnOldIdentifierIsJudgedByTheClientsOwn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (grown, pupil) = (Some.Person(1), Minors.Family.Minor(room, 10));
        var (old, own) = (NarrowingTests.SignedIn(Flow.Consent(grown)), NarrowingTests.SignedIn(Flow.Consent(grown)));
        using var merged = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = grown.Reveal(), Surviving = pupil.Reveal() }, SisoteJson.Options);
        merged.EnsureSuccessStatusCode();

        using var underOld = await room.Client(grown.Reveal()).PostAsJsonAsync("/me/consents", old, SisoteJson.Options);
        using var underOwn = await room.Client(pupil.Reveal()).PostAsJsonAsync("/me/consents", own, SisoteJson.Options);

        Assert.Equal(("consent-giver", "consent-giver"), (await underOwn.SlugAsync(), await underOld.SlugAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADraftOpensNothingUntilItIsGivenAndEveryStepStaysInTheHistory(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, who) = (FlowOf("OH-WRITTEN"), Some.Person(1));
        var draft = flow.Consent(who) with { Draft = true, Reference = null };
        using var drafted = await room.RecordAsync(flow, draft);
        drafted.EnsureSuccessStatusCode();

        Assert.All(await room.LookAsync(flow, who), static look => Assert.NotNull(look.Missing));
        Assert.Equal("waits-for-signature", (await GiverTests.RemindersAsync(room, who)).Single().Kind);
        using var spoken = await room.Giver(flow).PostAsJsonAsync($"/consents/{draft.Id}/give", new ConfirmConsent { How = "oral" }, SisoteJson.Options);
        using var signedIn = await room.Client(who.Reveal()).PostAsync($"/me/consents/{draft.Id}/give", null);
        using var signed = await room.Giver(flow).PostAsJsonAsync($"/consents/{draft.Id}/give", new ConfirmConsent { How = "paper", Reference = "kansio 4" }, SisoteJson.Options);

        Assert.Equal(("consent-way", "consent-form-elsewhere"), (await spoken.SlugAsync(), await signedIn.SlugAsync()));
        var given = (await signed.ReadAsync<ConsentGiven>()).Consent;
        Assert.True(given.Consent.Written);
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Null(look.Missing));
        using var changed = await room.RecordAsync(flow, flow.Consent(who) with { Id = draft.Id, Changes = true, Items = [flow.Items[0]] });
        using var withdrawn = await room.Client(who.Reveal()).PostAsync($"/me/consents/{draft.Id}/withdraw", null);

        var history = (await withdrawn.ReadAsync<WithdrawalAnswer>()).Consent.History;
        Assert.Equal(
            [("drafted", ConsentStatus.Draft), ("given", ConsentStatus.Superseded), ("changed", ConsentStatus.Withdrawn), ("withdrawn", ConsentStatus.Withdrawn)],
            history.Select(static step => (step.What, step.Status)));
        Assert.Equal([flow.Items.Length, 1], history[1..3].Select(static step => step.Items.Length));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AConsentToANamedPersonEndsWhenThatPersonLeavesAndOneToARoleOrUnitStays(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (person, role, unit) = (Some.Person(1), Some.Person(2), Some.Person(3));
        await room.PutOnRecordAsync(Flow, person, static consent => consent with { RecipientPerson = Flow.To.Professional });
        await room.PutOnRecordAsync(Flow, role, static consent => consent with { RecipientRole = Flow.To.Role });
        await room.PutOnRecordAsync(Flow, unit, static consent => consent with { RecipientSystem = Flow.To.System });
        Assert.All(await room.LookAsync(Flow, person), static look => Assert.Null(look.Missing));
        Assert.All(await room.LookAsync(Flow, person, static request => request with { To = request.To with { Professional = ProfessionalId.Parse("successor") } }), static look => Assert.Equal(ReasonClass.WrongRecipient, look.Missing));
        Assert.All(await room.LookAsync(Flow, unit, static request => request with { To = request.To with { System = SystemId.Parse("another-unit") } }), static look => Assert.Equal(ReasonClass.WrongRecipient, look.Missing));

        await LeaveAsync(room, "org-somewhere-else");
        Assert.All(await room.LookAsync(Flow, person), static look => Assert.Null(look.Missing));
        await LeaveAsync(room, Flow.To.Organisation!.Value.Value);
        await LeaveAsync(room, Flow.To.Organisation!.Value.Value);

        Assert.All(await room.LookAsync(Flow, person), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
        Assert.All(await room.LookAsync(Flow, role, static request => request with { To = request.To with { Professional = ProfessionalId.Parse("successor") } }), static look => Assert.Null(look.Missing));
        Assert.All(await room.LookAsync(Flow, unit), static look => Assert.Null(look.Missing));
        var reminder = (await GiverTests.RemindersAsync(room, person)).Single();
        Assert.Equal(("ask-again", "recipient-left"), (reminder.Kind, reminder.Cause));
        Assert.Equal(2, (await room.StateAsync(person.Reveal())).State.Revision);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AConsentForACaseEndsWithTheCaseAndAnotherCaseDoesNotReviveIt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, who) = (FlowOf("OH-GROUP"), Some.Person(1));
        using (var without = await room.RecordAsync(flow, flow.Consent(who)))
        {
            Assert.Equal("consent-time", await without.SlugAsync());
        }

        await room.PutOnRecordAsync(flow, who);
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Null(look.Missing));

        (await room.TellCasesAsync(flow, who)).Dispose();
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
        Assert.Equal("case-ended", (await GiverTests.RemindersAsync(room, who)).Single().Cause);

        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await room.CaseAsync(flow, who);
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARegisterThatTellsTheOldBeginningOfACaseThatEndedDoesNotReviveAConsent(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, who) = (FlowOf("OH-GROUP"), Some.Person(1));
        var row = new RegisteredRelationship { Identifier = who.Reveal(), Id = "case-OH-GROUP", Kind = WholeLaw.KindOf(who), FromOrganisation = flow.From.Organisation, From = room.Clock.GetUtcNow().AddDays(-30) };
        (await room.TellCasesAsync(flow, who, row)).Dispose();
        using var recorded = await room.RecordAsync(flow, flow.Consent(who) with { Case = $"{flow.From.System}:case-OH-GROUP" });
        recorded.EnsureSuccessStatusCode();
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Null(look.Missing));
        room.Clock.Advance(TimeSpan.FromMinutes(1));

        (await room.TellCasesAsync(flow, who)).Dispose();
        foreach (var _ in new[] { "again", "and once more" })
        {
            room.Clock.Advance(TimeSpan.FromMinutes(1));
            (await room.TellCasesAsync(flow, who, row)).Dispose();
            Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
        }

        var size = await room.LogSizeAsync();
        (await room.TellCasesAsync(flow, who, row)).Dispose();
        Assert.Equal(size, await room.LogSizeAsync());
    }

    [Fact]
    public async Task ACaseOfOtherOrganisationsCarriesNoConsent()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (flow, who) = (FlowOf("OH-GROUP"), Some.Person(1));
        var elsewhere = WholeLaw.Flows.First(other => other.From.Organisation != flow.From.Organisation && other.From.Organisation != flow.To.Organisation);
        using var told = await room.TellCasesAsync(elsewhere, who, new RegisteredRelationship { Identifier = who.Reveal(), Id = "enrolment", Kind = WholeLaw.KindOf(who), FromOrganisation = elsewhere.From.Organisation });
        told.EnsureSuccessStatusCode();

        using var refused = await room.RecordAsync(flow, flow.Consent(who) with { Case = $"{elsewhere.From.System}:enrolment" });

        Assert.Equal("consent-time", await refused.SlugAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AWithdrawalTellsTheClientWhatIsOnItsWayAndTheRecipientsToStopWithoutAReason(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Flow, who);
        var state = (await room.StateAsync(who.Reveal())).State;
        var (sent, waiting) = (Sending(room, Flow, state), Sending(room, Flow, state));
        await room.AppendAsync(sent);
        await room.AppendAsync(OutcomeOf(sent, "delivered"));
        await room.AppendAsync(waiting);

        using var answer = await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null);
        using var repeated = await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null);

        var withdrawal = await answer.ReadAsync<WithdrawalAnswer>();
        Assert.Equal((1, 2), (withdrawal.Waiting.Length, withdrawal.Holders.Single().Count));
        Assert.Contains(withdrawal.Stops, stop => stop.Rule == Flow.Rule.Id);
        var receiver = room.Person(PersonKind.Professional, Flow.To.Organisation!.Value.Value, "receiver", Flow.To.Role.Value);
        var notice = (await NoticesAsync(receiver)).Single();
        Assert.Equal(("stop-use-and-review", withdrawal.At, Flow.To.System), (notice.What, notice.At, notice.System));
        Assert.Equal(["Patient/handle-1"], notice.Resources);
        Assert.Equal(Flow.Items.OrderBy(static item => item.Value, StringComparer.Ordinal), notice.Items);
        var text = await receiver.GetStringAsync("/notices");
        Assert.DoesNotContain(id, text, StringComparison.Ordinal);
        Assert.DoesNotContain(state.Client.Reveal(), text, StringComparison.Ordinal);

        Assert.Single(await NoticesAsync(room.SystemCaller(Flow.To.System!.Value.Value, Scopes.Exchange)));
        Assert.Empty(await NoticesAsync(room.SystemCaller(Flow.From.System!.Value.Value, Scopes.Exchange)));
        Assert.Empty(await NoticesAsync(room.Giver(Flow)));
        Assert.Empty(await NoticesAsync(receiver, notice.Id));
    }

    [Fact]
    public async Task AnotherOrganisationNeitherSeesNorStepsOnWhatOneRecordedAndSigningInDoesNotTakeItAway()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var id = await room.PutOnRecordAsync(Flow, Some.Person(1), static consent => consent with { How = "oral", Reference = null });
        var receiver = room.Person(PersonKind.Professional, Flow.To.Organisation!.Value.Value, "receiver", Flow.To.Role.Value);
        var step = new RecordWithdrawal { How = "oral", GivenBy = "client" };

        using var foreign = await receiver.PostAsJsonAsync($"/consents/{id}/withdraw", step, SisoteJson.Options);
        using var absent = await receiver.PostAsJsonAsync($"/consents/{Some.Id()}/withdraw", step, SisoteJson.Options);
        using var stolen = await room.RecordAsync(Flow, Flow.Consent(Some.Person(2)) with { Id = id });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, absent.StatusCode));
        Assert.Equal(await absent.BodyAsync(), await foreign.BodyAsync());
        Assert.Equal("id-taken", await stolen.SlugAsync());
        Assert.Empty((await (await receiver.GetAsync("/consents")).ReadAsync<RecordedConsents>()).Consents);
        var own = (await (await room.Giver(Flow).GetAsync("/consents")).ReadAsync<RecordedConsents>()).Consents.Single();
        Assert.Equal((id, "giver", 8), (own.Consent.Consent.Id, own.RecordedBy?.Value, own.ClientMark?.Length));
    }

    [Fact]
    public async Task TheOperatorListsAndChecksConsentsAndTheLogTellsOfIt()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Flow, who, static consent => consent with { Items = [Flow.Items[0]] });
        var size = await room.LogSizeAsync();

        using var list = await room.Operator.PostAsJsonAsync("/consents/query", new ConsentQuestion { Identifier = who.Reveal() }, SisoteJson.Options);
        using var check = await room.Operator.PostAsJsonAsync(
            "/consents/check",
            new CheckConsents { Identifier = who.Reveal(), From = Flow.From, To = Flow.To, Direction = Direction.Notify, Purpose = Flow.Rule.Purpose!.Value, Items = [Flow.Items[0], Flow.Items[1]] },
            SisoteJson.Options);

        Assert.Equal(id, (await list.ReadAsync<RecordedConsents>()).Consents.Single().Consent.Consent.Id);
        var checks = (await check.ReadAsync<ConsentsChecked>()).Checks;
        Assert.Equal([(true, null), (false, ReasonClass.NoConsent)], checks.Select(static one => (one.Stands, one.Missing)));
        Assert.Equal(id, checks[0].Consents.Single().Id);
        Assert.Equal(size + 2, await room.LogSizeAsync());
    }

    private static ConsentFlow FlowOf(string form) => WholeLaw.Flows.Single(flow => flow.Form.Id.Value == form);

    private static async Task LeaveAsync(OpenRoom room, string organisation)
    {
        using var answer = await room.Person(PersonKind.ControllerAdmin, organisation, "admin").PostAsJsonAsync("/staff/left", new StaffLeft { Professional = Flow.To.Professional!.Value }, SisoteJson.Options);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<IReadOnlyList<ConsentNotice>> NoticesAsync(HttpClient caller, string? after = null)
    {
        using var answer = await caller.GetAsync("/notices" + (after is null ? null : "?after=" + after));
        return (await answer.ReadAsync<ConsentNotices>()).Notices;
    }
}
