// What professionals of one organisation may see and do of what another of them recorded.
using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Consents;

public sealed class RecorderTests(PostgresFixture postgres)
{
    private static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");
    private static readonly OrganisationId House = Flow.From.Organisation!.Value;

    /// <summary>One organisation runs every sector, as a municipality or a wellbeing county may.</summary>
    private static (LegalCatalogue, Deployment)? OneHouse => (WholeLaw.Catalogue, WholeLaw.Deployment with { Systems = [.. WholeLaw.Deployment.Systems.Select(static system => system with { Organisation = House })] });

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatOneRegisterOfAnOrganisationRecordedIsNotSeenInAnother(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, OneHouse);
        var draft = Flow.Consent(Some.Person(1)) with { RecipientOrganisation = House, Draft = true, Reference = null };
        using var drafted = await room.RecordAsync(Flow, draft);
        drafted.EnsureSuccessStatusCode();
        var receiver = room.Person(PersonKind.Professional, House.Value, "receiver", Flow.To.Role.Value);
        var cleaner = room.Person(PersonKind.Professional, House.Value, "colleague", "cleaner");
        var absent = Some.Id();

        foreach (var stranger in new[] { receiver, cleaner })
        {
            using var list = await stranger.GetAsync("/consents");
            using var reminders = await stranger.GetAsync("/consents/reminders");
            Assert.Empty((await list.ReadAsync<RecordedConsents>()).Consents);
            Assert.Empty((await reminders.ReadAsync<ConsentReminders>()).Reminders);
            using var given = await stranger.PostAsJsonAsync($"/consents/{draft.Id}/give", new ConfirmConsent { How = "oral" }, SisoteJson.Options);
            using var withdrawn = await stranger.PostAsJsonAsync($"/consents/{draft.Id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);
            using var unknown = await stranger.PostAsJsonAsync($"/consents/{absent}/give", new ConfirmConsent { How = "oral" }, SisoteJson.Options);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (given.StatusCode, withdrawn.StatusCode));
            Assert.Equal(await unknown.BodyAsync(), await given.BodyAsync());
        }

        var colleague = room.Person(PersonKind.Professional, House.Value, "successor", Flow.From.Role.Value);
        Assert.Equal(draft.Id, (await (await colleague.GetAsync("/consents")).ReadAsync<RecordedConsents>()).Consents.Single().Consent.Consent.Id);
        Assert.Equal("waits-for-signature", (await (await colleague.GetAsync("/consents/reminders")).ReadAsync<ConsentReminders>()).Reminders.Single().Kind);
        using var confirmed = await colleague.PostAsJsonAsync($"/consents/{draft.Id}/give", new ConfirmConsent { How = "oral" }, SisoteJson.Options);
        Assert.Equal(ConsentStatus.Active, (await confirmed.ReadAsync<ConsentGiven>()).Consent.Consent.Status);
    }

    [Fact]
    public async Task OfManyRemindersTheMostPressingAreShownAndOnlyTheirClientsStandInTheLog()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law, ("RemindersAtOnce", "2"));
        foreach (var number in new[] { 1, 2, 3 })
        {
            await room.PutOnRecordAsync(Flow, Some.Person(number), consent => consent with { To = room.Clock.GetUtcNow().AddDays(30 - number) });
        }

        var before = await room.LogSizeAsync();
        using var answer = await room.Giver(Flow).GetAsync("/consents/reminders");
        var shown = await answer.ReadAsync<ConsentReminders>();

        Assert.Equal((2, false, before + 2), (shown.Reminders.Length, shown.Complete, await room.LogSizeAsync()));
        Assert.Equal(shown.Reminders.OrderBy(static one => one.At), shown.Reminders);
        Assert.Equal(room.Clock.GetUtcNow().AddDays(27), shown.Reminders[0].At, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task ARuleThatThisInstallationTurnedOffDoesNotTakeTheWithdrawalAwayFromWhoRecorded()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var id = await room.PutOnRecordAsync(Flow, Some.Person(1));
        room.Deployment = room.Deployment with { RulesOff = [.. WholeLaw.Catalogue.Rules.Keys] };
        await room.ReopenAsync();

        using var withdrawn = await room.Giver(Flow).PostAsJsonAsync($"/consents/{id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);

        Assert.Equal(ConsentStatus.Withdrawn, (await withdrawn.ReadAsync<WithdrawalAnswer>()).Consent.Consent.Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADraftThatTheLawNoLongerCarriesIsRefusedAndTheLogGoesOn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var draft = Flow.Consent(Some.Person(1)) with { Draft = true, Reference = null };
        using var drafted = await room.RecordAsync(Flow, draft);
        drafted.EnsureSuccessStatusCode();
        room.Deployment = room.Deployment with { RulesOff = [.. WholeLaw.Catalogue.Rules.Keys] };
        await room.ReopenAsync();

        using var signedIn = await room.Client(Some.Person(1).Reveal()).PostAsync($"/me/consents/{draft.Id}/give", null);
        using var recorded = await room.Giver(Flow).PostAsJsonAsync($"/consents/{draft.Id}/give", new ConfirmConsent { How = "oral" }, SisoteJson.Options);
        using var discarded = await room.Client(Some.Person(1).Reveal()).PostAsync($"/me/consents/{draft.Id}/withdraw", null);

        Assert.Equal(("consent-not-in-law", "consent-not-in-law"), (await signedIn.SlugAsync(), await recorded.SlugAsync()));
        Assert.Equal(HttpStatusCode.OK, discarded.StatusCode);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoRecordsAWithdrawalDoesNotLearnWhatElseTheClientSaidNorWhatOthersGave(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Flow, who);
        var state = (await room.StateAsync(who.Reveal())).State;
        await room.AppendAsync(NarrowingTests.Disclosing(room, Flow, state, Flow.Items));
        await room.AppendAsync(NarrowingTests.Disclosing(room, Flow, state, Flow.Items, "org-somewhere-else"));
        var other = NarrowingTests.SignedIn(Flow.Consent(who));
        await room.GiveAsync(who.Reveal(), other);
        var step = new RecordWithdrawal { How = "oral", GivenBy = "client" };

        using var withdrawn = await room.Giver(Flow).PostAsJsonAsync($"/consents/{id}/withdraw", step, SisoteJson.Options);
        using var repeated = await room.Giver(Flow).PostAsJsonAsync($"/consents/{id}/withdraw", step, SisoteJson.Options);
        using var asked = await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null);

        foreach (var answer in new[] { withdrawn, repeated })
        {
            var told = await answer.ReadAsync<WithdrawalAnswer>();
            Assert.Equal((id, ConsentStatus.Withdrawn), (told.Consent.Consent.Id, told.Consent.Consent.Status));
            Assert.Equal(1, told.Holders.Single().Count);
            Assert.Empty(told.Stops);
            Assert.All(told.Continues, static flow => Assert.Null(flow.Consent));
            Assert.DoesNotContain(other.Id, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var own = await asked.ReadAsync<WithdrawalAnswer>();
        Assert.Equal(2, own.Holders.Single().Count);
        Assert.Contains(own.Continues, flow => flow.Consent?.Id == other.Id);
    }

    [Fact]
    public async Task WhoRecordsAWithdrawalDoesNotLearnWhatTheClientChangedLater()
    {
        var (statute, added) = (RuleId.Parse("TEST-STATUTE"), Flow.Items[^1]);
        var beside = Flow.Rule with { Id = statute, Consents = [], Items = [added], Pairs = [Flow.Pair with { Items = [] }] };
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, (With(WholeLaw.Catalogue, beside), WholeLaw.Deployment));
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Flow, who, static consent => consent with { Items = [.. Flow.Items.SkipLast(1)] });
        await room.GiveAsync(who.Reveal(), NarrowingTests.SignedIn(Flow.Consent(who)) with { Id = id, Changes = true });

        using var recorded = await room.Giver(Flow).PostAsJsonAsync($"/consents/{id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);
        using var asked = await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null);

        Assert.DoesNotContain((await recorded.ReadAsync<WithdrawalAnswer>()).Continues, flow => flow.Rule == statute);
        Assert.Contains((await asked.ReadAsync<WithdrawalAnswer>()).Continues, flow => flow.Rule == statute && flow.Items.Contains(added));
    }

    [Fact]
    public async Task NoticesAreReadByTheRolesThatWorkWithTheSystemThatReceived()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Flow, who);
        await room.AppendAsync(NarrowingTests.Disclosing(room, Flow, (await room.StateAsync(who.Reveal())).State, Flow.Items));
        (await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null)).Dispose();
        var receiving = Flow.To.Organisation!.Value.Value;

        var receiver = await NarrowingTests.NoticesAsync(room.Person(PersonKind.Professional, receiving, "receiver", Flow.To.Role.Value));
        var cleaner = await NarrowingTests.NoticesAsync(room.Person(PersonKind.Professional, receiving, "colleague", "cleaner"));

        Assert.Single(receiver);
        Assert.Empty(cleaner);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatAProfessionalReadsOfRecordedConsentsComesInPagesAndLeavesATraceForEachClient(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        foreach (var number in Enumerable.Range(0, 4))
        {
            foreach (var _ in Enumerable.Range(0, 30))
            {
                await room.PutOnRecordAsync(Flow, Some.Person(number), static consent => consent with { Id = Some.Id() });
            }
        }

        var size = await room.LogSizeAsync();
        var first = await (await room.Giver(Flow).GetAsync("/consents")).ReadAsync<RecordedConsents>();
        var afterFirst = await room.LogSizeAsync();
        var second = await (await room.Giver(Flow).GetAsync("/consents?after=" + first.Next)).ReadAsync<RecordedConsents>();

        Assert.Equal((100, 20, null), (first.Consents.Length, second.Consents.Length, second.Next));
        Assert.Equal(120, first.Consents.Concat(second.Consents).Select(static one => one.Consent.Consent.Id).Distinct().Count());
        Assert.Equal(first.Consents.Select(static one => one.ClientMark).Distinct().Count(), afterFirst - size);
        var traces = await (await room.Person(PersonKind.DataProtectionOfficer, House.Value, "dpo").GetAsync("/log?kind=log-read")).ReadAsync<LogPage>();
        Assert.Contains(traces.Rows, static row => row is { Concerns: "consents", To.Professional.Value: "giver" });
    }

    /// <summary>The law with one more rule.</summary>
    private static LegalCatalogue With(LegalCatalogue law, DisclosureRule rule) => new()
    {
        Version = law.Version,
        Items = law.Items,
        Rules = law.Rules.Append(KeyValuePair.Create(rule.Id, rule)).ToFrozenDictionary(),
        Prohibitions = law.Prohibitions,
        Conditions = law.Conditions,
        Sectors = law.Sectors,
        Roles = law.Roles,
        Purposes = law.Purposes,
        ConsentForms = law.ConsentForms,
        MinorsPolicies = law.MinorsPolicies,
        Obligations = law.Obligations,
        Retention = law.Retention,
        Relationships = law.Relationships,
        Statutes = law.Statutes,
        CheckedThrough = law.CheckedThrough,
        CodeSystems = law.CodeSystems,
        Names = law.Names,
        CodeLists = law.CodeLists,
    };
}
