// A client gives, changes and withdraws consents at the real door.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Consents;

public sealed class ConsentTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AGivenConsentStandsInTheStateTheListAndTheLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var command = Some.Consent() with { To = room.Clock.GetUtcNow().AddDays(30) };

        var given = await room.GiveAsync(Some.Aino, command);

        var state = (await room.StateAsync(Some.Aino)).State;
        var kept = state.Consents.Single();
        Assert.Equal((1L, command.Id, 1, ConsentStatus.Active, "client"), (state.Revision, kept.Id, kept.Version, kept.Status, kept.GivenBy));
        Assert.Equal([Some.Goals, Some.Limits], kept.Items);
        var listed = (await ListAsync(room)).Consents.Single();
        Assert.Equal(("fi", "exercise-1", "signed-in"), (listed.TextLanguage, listed.TextVersion, listed.How));
        Assert.Equal((given.Index, "given"), (listed.History.Single().Index, listed.History.Single().What));
        Assert.True(DisclosureLog.Receipts.Receipt.TryParse(given.Receipt, out var receipt) && receipt.IsSignedBy(room.LogKey) && receipt.Index == given.Index);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NeitherTheRecipientNorAnOrganisationThatHasNothingToDoWithTheClientReadsThatTheClientConsented(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (aino, onni) = ((await room.StateAsync(Some.Aino)).State, (await room.StateAsync(Some.Onni)).State);
        await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(aino.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(aino) });
        await room.AppendAsync(new AppendItem { Entry = Some.Refusal(onni.Client, room.Clock.GetUtcNow()) });
        var county = room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("date", "ge2020-01-01"), KeyValuePair.Create("patient.identifier", "urn:oid:1.2.246.21|" + Some.Onni)]);
        using var searched = await county.PostAsync("/fhir/AuditEvent/_search", form); // looking for a client makes nobody a side

        await room.GiveAsync(Some.Aino, Some.Consent("a" + Some.Id()[1..]));
        await room.GiveAsync(Some.Onni, Some.Consent("b" + Some.Id()[1..]));

        var held = await (await county.GetAsync("/log?kind=consent-change")).ReadAsync<LogPage>();
        var received = await (await room.Person(PersonKind.DataProtectionOfficer, "kuopio", "dpo-1").GetAsync("/log?kind=consent-change")).ReadAsync<LogPage>();
        Assert.Equal(HttpStatusCode.OK, searched.StatusCode);
        Assert.Equal("a", held.Rows.Single().Concerns![..1]);
        Assert.Empty(received.Rows);
        Assert.Equal(0, received.Total);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AReferralMakesTheReferringOrganisationASideOfTheClientsLaterConsents(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        await room.AppendAsync(Some.Referral(state, room.Clock.GetUtcNow()));

        await room.GiveAsync(Some.Aino, Some.Consent());

        var held = await (await room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski").GetAsync("/log?kind=consent-change")).ReadAsync<LogPage>();
        Assert.Equal("given", held.Rows.Single().Outcome);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARepeatedClickGivesOneConsentWithTheSameReceipt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var command = Some.Consent();

        using var first = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", command, SisoteJson.Options);
        using var second = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", command, SisoteJson.Options);
        using var other = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", command with { Items = [Some.Limits] }, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode, other.StatusCode));
        Assert.Equal((await first.ReadAsync<ConsentGiven>()).Receipt, (await second.ReadAsync<ConsentGiven>()).Receipt);
        Assert.Equal(1, (await room.StateAsync(Some.Aino)).State.Revision);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AChangeMakesANewVersionAndKeepsTheOldOneInTheHistory(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var command = Some.Consent();
        await room.GiveAsync(Some.Aino, command);

        await room.GiveAsync(Some.Aino, command with { Changes = true, Items = [Some.Limits] });

        var listed = (await ListAsync(room)).Consents.Single();
        Assert.Equal([("given", 2), ("changed", 1)], listed.History.Select(static step => (step.What, step.Items.Length)));
        Assert.Equal((2, 1), ((await room.StateAsync(Some.Aino)).State.Consents.Single().Version, listed.Consent.Items.Length));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AWithdrawalTellsWhoHoldsWhatWhatStopsAndWhatGoesOn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var consent = (await room.GiveAsync(Some.Aino, Some.Consent())).Consent.Consent;
        var other = (await room.GiveAsync(Some.Aino, Some.Consent() with { Items = [Some.Goals] })).Consent.Consent;
        var state = (await room.StateAsync(Some.Aino)).State;
        var reference = new ConsentReference { Id = consent.Id, Version = 1, Form = consent.Form };
        await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow(), reference), Expect = Some.Expect(state) });
        await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        var withdrawal = await WithdrawAsync(room, Some.Aino, consent.Id);
        var repeated = await WithdrawAsync(room, Some.Aino, consent.Id);

        Assert.Equal((ConsentStatus.Withdrawn, 2), (withdrawal.Consent.Consent.Status, withdrawal.Consent.Consent.Version));
        var holder = withdrawal.Holders.Single();
        Assert.Equal((Some.Municipality, 1), (holder.Recipient.Organisation, holder.Count));
        Assert.Equal([Some.Limits], holder.Items);
        Assert.Equal([(Some.Reading, "exercise-restriction")], withdrawal.Stops.Select(static flow => (flow.Rule, string.Join(',', flow.Items))));
        Assert.Equal(
            [("EX-02", "exercise-goal", other.Id), ("TEST-STATUTE", "exercise-goal", null)],
            withdrawal.Continues.Select(static flow => (flow.Rule.Value, string.Join(',', flow.Items), flow.Consent?.Id)));
        Assert.Equal((withdrawal.Receipt, withdrawal.Index), (repeated.Receipt, repeated.Index));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NobodyWithdrawsOrSeesTheConsentOfAnother(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var consent = await room.GiveAsync(Some.Aino, Some.Consent());

        using var foreign = await room.Client(Some.Onni).PostAsync($"/me/consents/{consent.Consent.Consent.Id}/withdraw", null);
        using var absent = await room.Client(Some.Onni).PostAsync($"/me/consents/{Some.Id()}/withdraw", null);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, absent.StatusCode));
        Assert.Equal(await absent.BodyAsync(), await foreign.BodyAsync());
        Assert.Empty((await (await room.Client(Some.Onni).GetAsync("/me/consents")).ReadAsync<MyConsents>()).Consents);
        Assert.Equal(ConsentStatus.Active, (await room.StateAsync(Some.Aino)).State.Consents.Single().Status);
    }

    [Fact]
    public async Task AConsentPastItsEndReadsExpired()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await room.GiveAsync(Some.Aino, Some.Consent() with { To = room.Clock.GetUtcNow().AddHours(1) });

        room.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(ConsentStatus.Expired, (await ListAsync(room)).Consents.Single().Consent.Status);
    }

    [Fact]
    public async Task WhatTheLawDoesNotKnowCannotBeConsentedTo()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var good = Some.Consent();
        (GiveConsent Command, string Slug)[] commands =
        [
            (good with { Items = [Some.Limits, Some.Diagnosis] }, "consent-not-in-law"),
            (good with { RecipientOrganisation = Some.Club }, "consent-not-in-law"),
            (good with { RecipientRole = RoleId.Parse("teacher") }, "consent-not-in-law"),
            (good with { Purpose = PurposeId.Parse("benefit-decision") }, "consent-not-in-law"),
            (good with { Form = ConsentFormId.Parse("LUPA") }, "consent-form-elsewhere"),
            (good with { Form = ConsentFormId.Parse("GDPR") }, "consent-not-in-law"),
            (good with { Items = [] }, "invalid-request"),
            (good with { Id = "mine" }, "invalid-request"),
            (good with { TextLanguage = "de" }, "invalid-request"),
            (good with { TextVersion = "a b" }, "invalid-request"),
            (good with { To = room.Clock.GetUtcNow().AddMinutes(-1) }, "invalid-request"),
            (good with { Changes = true }, "not-found"),
        ];

        foreach (var (command, slug) in commands)
        {
            using var answer = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", command, SisoteJson.Options);
            Assert.Equal(slug, await answer.SlugAsync());
        }

        Assert.Equal(0, (await room.StateAsync(Some.Aino)).State.Revision);
    }

    private static async Task<MyConsents> ListAsync(OpenRoom room) => await (await room.Client(Some.Aino).GetAsync("/me/consents")).ReadAsync<MyConsents>();

    private static async Task<WithdrawalAnswer> WithdrawAsync(OpenRoom room, string who, string id) =>
        await (await room.Client(who).PostAsync($"/me/consents/{id}/withdraw", null)).ReadAsync<WithdrawalAnswer>();
}
