// Two identities of one person become one, and what was said under either holds.
using System.Net.Http.Json;
using Sisote.Consent.Retention;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Outbox;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Clients.Merging;

/// <summary>Aino and Onni differ in the century sign of their identifiers alone.</summary>
public sealed class MergeTests(PostgresFixture postgres)
{
    private static readonly string Third = Some.Person(7).Reveal();

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoAsksUnderTheOldIdentifierReachesTheSurvivingClientWithWhatWasSaidUnderBoth(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (ofAino, ofOnni) = (Some.Consent(), Some.Consent() with { RecipientOrganisation = Some.Municipality, Items = [Some.Goals], Purpose = PurposeId.Parse("exercise-counselling") });
        await room.GiveAsync(Some.Aino, ofAino with { Items = [Some.Limits] });
        await room.GiveAsync(Some.Onni, ofOnni);
        var (prior, surviving) = (await room.StateAsync(Some.Aino), await room.StateAsync(Some.Onni));
        await room.AppendAsync(Some.Referral(prior.State, room.Clock.GetUtcNow(), "referral-1"));

        var merged = await MergeAsync(room, Some.Aino, Some.Onni);

        var (old, now) = (await room.StateAsync(Some.Aino), await room.StateAsync(Some.Onni));
        Assert.NotEqual(prior.State.Client, surviving.State.Client);
        Assert.Equal((surviving.State.Client, Some.Onni, prior.State.Client), (old.State.Client, old.Identifier, old.AskedAs));
        Assert.Equal(now.State with { Consents = [], Relationships = [], Agreements = [], Facts = new() }, old.State with { Consents = [], Relationships = [], Agreements = [], Facts = new() });
        Assert.Equal(new[] { ofAino.Id, ofOnni.Id }.Order(), now.State.Consents.Where(static one => one.Status == ConsentStatus.Active).Select(static one => one.Id).Order());
        Assert.Equal(["referral-1"], now.State.Relationships.Select(static one => one.Id));
        Assert.Equal(merged.Revision, now.State.Revision);
        using var mine = await room.Client(Some.Aino).GetAsync("/me/consents");
        Assert.Equal(2, (await mine.ReadAsync<MyConsents>()).Consents.Length);
        using var byKey = await room.Gateway.PostAsJsonAsync("/states", new ClientStateQuery { Clients = [prior.State.Client] }, SisoteJson.Options);
        Assert.Equal((surviving.State.Client, prior.State.Client), (await byKey.ReadAsync<ClientStateAnswer>()).States.Select(static row => (row.State.Client, row.AskedAs!.Value)).Single());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NothingThatWasDecidedOnEitherOldRecordIsCommittedAndTheLogStaysWhole(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await room.GiveAsync(Some.Aino, Some.Consent());
        await room.GiveAsync(Some.Onni, Some.Consent());
        var (prior, surviving) = ((await room.StateAsync(Some.Aino)).State, (await room.StateAsync(Some.Onni)).State);
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(Decided(room, prior))).Status);

        await MergeAsync(room, Some.Aino, Some.Onni);
        var now = (await room.StateAsync(Some.Aino)).State;

        Assert.Equal(AppendStatus.Stale, (await room.AppendAsync(Decided(room, prior))).Status);
        Assert.Equal(AppendStatus.Stale, (await room.AppendAsync(Decided(room, surviving))).Status);
        for (var guess = 0; guess < 8; guess++)
        {
            Assert.Equal(AppendStatus.Stale, (await room.AppendAsync(Decided(room, prior with { Revision = guess }))).Status); // no revision of the old key is current any more
        }

        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(Decided(room, now))).Status);
        using var refreshed = await room.Gateway.PostAsJsonAsync("/states/refresh", new ClientStateRefresh { Client = prior.Client, Revision = prior.Revision + 1, AgreementsRevision = prior.AgreementsRevision, KnowsIdentifier = true }, SisoteJson.Options);
        Assert.Equal(now.Client, (await refreshed.ReadAsync<ClientStateRefreshed>()).Changed!.State.Client);
        Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AMergeRacingDisclosuresLetsNoneThroughThatRestedOnTheOldRecords(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await room.GiveAsync(Some.Aino, Some.Consent());
        var prior = (await room.StateAsync(Some.Aino)).State;

        var appends = Enumerable.Range(0, 40).Select(_ => Task.Run(() => room.AppendAsync(Decided(room, prior)))).ToList();
        var merged = Task.Run(() => MergeAsync(room, Some.Aino, Some.Onni));
        var results = await Task.WhenAll(appends);
        await merged;

        var told = await IndexOfAsync(room, "identity-merged");
        Assert.All(results, result => Assert.True(result.Status == AppendStatus.Stale || (result.Status == AppendStatus.Committed && result.Index < told), $"{result.Status} {result.Index} {told}"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatProtectsEitherProtectsThePersonAndNothingToldOfTheOldIdentityEasesIt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await TellAsync(room, Some.Aino, new ToldFacts { SafetyProhibition = true, GuardianBar = true, SchoolForm = "basic" });
        await TellAsync(room, Some.Onni, new ToldFacts { SafetyProhibition = false, GuardianSafetyProhibition = true });
        await TellAsync(room, Third, new ToldFacts { SchoolForm = "vocational" });

        await MergeAsync(room, Some.Aino, Some.Onni);
        var facts = (await room.StateAsync(Some.Aino)).State.Facts;
        await MergeAsync(room, Some.Person(8).Reveal(), Third);
        var unknown = (await room.StateAsync(Third)).State.Facts;

        Assert.Equal((true, true, true, "basic"), (facts.SafetyProhibition, facts.GuardianBar, facts.GuardianSafetyProhibition, facts.SchoolForm));
        Assert.Equal(Hetu.Parse(Some.Onni).BirthDate, facts.BirthDate);
        Assert.Null(unknown.SafetyProhibition); // not known, which decisions treat as set
        await TellAsync(room, Some.Aino, new ToldFacts { SafetyProhibition = false }); // a later telling under the old identifier is of the person
        Assert.False((await room.StateAsync(Some.Onni)).State.Facts.SafetyProhibition);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OfTwoPermissionsOfOneScopeTheNarrowerStaysAndAWithdrawalUnderEitherIdentifierHolds(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (wide, narrow) = (Some.Consent(), Some.Consent() with { Items = [Some.Goals] });
        await room.GiveAsync(Some.Aino, wide);
        await room.GiveAsync(Some.Onni, narrow);
        await MergeAsync(room, Some.Aino, Some.Onni);
        var consents = (await room.StateAsync(Some.Onni)).State.Consents.ToDictionary(static one => one.Id);
        Assert.Equal((ConsentStatus.Expired, ConsentStatus.Active), (consents[wide.Id].Status, consents[narrow.Id].Status));

        var (early, taken) = (Some.Consent(), Some.Consent());
        await room.GiveAsync(Third, early);
        await room.GiveAsync(Some.Person(9).Reveal(), taken);
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        using var withdrawn = await room.Client(Some.Person(9).Reveal()).PostAsync($"/me/consents/{taken.Id}/withdraw", null);
        await MergeAsync(room, Some.Person(9).Reveal(), Third);
        using var mine = await room.Client(Third).GetAsync("/me/consents");
        Assert.All((await mine.ReadAsync<MyConsents>()).Consents, static one => Assert.Equal((ConsentStatus.Withdrawn, "withdrawn"), (one.Consent.Status, one.History[^1].What)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ProhibitionsThatARegisterTellsUnderTwoIdentifiersStandBesideEachOther(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, one, other) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Some.Person(1), Some.Person(2));
        var prohibition = new MirroredConsent { Id = "kielto", Form = ConsentFormId.Parse("KIELTO"), Items = [flow.Items[0]], From = room.Clock.GetUtcNow().AddDays(-2) };
        await room.MirrorAsync(one, prohibition);
        await room.MirrorAsync(other, prohibition with { Items = [flow.Items[^1]] });

        await MergeAsync(room, one.Reveal(), other.Reveal());
        Assert.Equal(2, await ProhibitionsAsync(room, other));
        await room.MirrorAsync(other, prohibition with { Items = [flow.Items[^1]] }); // what is told of one identity ends nothing of the other
        Assert.Equal(2, await ProhibitionsAsync(room, one));
        await room.MirrorAsync(one);
        Assert.Equal(1, await ProhibitionsAsync(room, one));
        await room.MirrorAsync(one, prohibition);
        Assert.Equal(2, await ProhibitionsAsync(room, other));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheClientAndTheOfficerSeeTheEntriesOfBothAndTheLogsOwnAreAsTheyWere(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var ids = new List<string>();
        foreach (var who in new[] { Some.Aino, Some.Onni })
        {
            var item = Decided(room, (await room.StateAsync(who)).State);
            ids.Add(item.Entry.Id);
            await room.AppendAsync(item with { Entry = item.Entry with { Purpose = PurposeId.Parse("purpose-" + ids.Count) } });
        }

        var before = await RecordsAsync(room);
        await MergeAsync(room, Some.Aino, Some.Onni);
        Assert.Equal(before, (await RecordsAsync(room)).Take(before.Count));

        foreach (var who in new[] { Some.Aino, Some.Onni })
        {
            using var mine = await room.Client(who).GetAsync("/me/disclosures");
            Assert.Equal(2, (await mine.ReadAsync<MyDisclosures>()).Disclosures.Length);
            using var usages = await room.Client(who).GetAsync("/me/findUsage");
            Assert.Equal(2, (await usages.ReadAsync<Usages>()).TotalUsages);
            using var search = await Officer(room).PostAsJsonAsync("/review/search", new ReviewSearch { ClientIdentifier = who, Kind = LogEntryKind.Disclosure }, SisoteJson.Options);
            Assert.Equal(ids.AsEnumerable().Reverse(), (await search.ReadAsync<ReviewPage>()).Rows.Select(static row => row.Id));
            using var form = new FormUrlEncodedContent([new("patient.identifier", $"{Hetu.System}|{who}"), new("type", "110106"), new("date", "ge2020")]);
            using var audit = await Officer(room).PostAsync("/fhir/AuditEvent/_search", form);
            var text = await audit.Content.ReadAsStringAsync();
            Assert.All(ids, id => Assert.Contains(id, text, StringComparison.Ordinal));
            using var lines = await room.Operator.PostAsJsonAsync("/log/query", new LogQuestion { Client = who, Kind = LogEntryKind.Disclosure }, SisoteJson.Options);
            var told = await lines.Content.ReadAsStringAsync();
            Assert.All(ids, id => Assert.Contains(id, told, StringComparison.Ordinal));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AHoldOnThePersonHoldsTheEntriesOfEveryIdentityAlsoWhenTheMergeIsUndone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (aino, onni) = ((await room.StateAsync(Some.Aino)).State.Client, (await room.StateAsync(Some.Onni)).State.Client);
        var order = new HoldOrder { Organisation = Some.County, Professional = ProfessionalId.Parse("dpo-1") };
        using var placed = await room.Operator.PostAsJsonAsync("/log/holds", new PlaceHold { ClientIdentifier = Some.Onni, Reason = "litigation", OrderedBy = order }, SisoteJson.Options);
        placed.EnsureSuccessStatusCode();
        Assert.False(await IsHeldAsync(room, aino));

        await MergeAsync(room, Some.Aino, Some.Onni);
        Assert.True(await IsHeldAsync(room, aino));
        await UnmergeAsync(room, Some.Aino);
        Assert.Equal((true, true), (await IsHeldAsync(room, aino), await IsHeldAsync(room, onni)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatWaitsForEitherKeepsItsOrder(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (aino, onni) = ((await room.StateAsync(Some.Aino)).State.Client, (await room.StateAsync(Some.Onni)).State.Client);
        await HoldAsync(room, "first", aino);
        room.Clock.Advance(TimeSpan.FromSeconds(1));

        await MergeAsync(room, Some.Aino, Some.Onni);
        await HoldAsync(room, "second", onni);
        await HoldAsync(room, "third", aino);

        using var leased = await room.Gateway.PostAsJsonAsync("/outbox/lease", new LeaseQuestion { Most = 10, Seconds = 60 }, SisoteJson.Options);
        Assert.Equal(["first"], (await leased.ReadAsync<LeaseAnswer>()).Entries.Select(static one => one.Id));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task MergingTwiceInACircleOrWithOneselfIsRefused(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await MergeAsync(room, Some.Aino, Some.Onni);
        await MergeAsync(room, Some.Onni, Third);

        foreach (var (prior, surviving, slug) in new[]
        {
            (Some.Aino, Some.Aino, "merge-with-itself"), (Some.Aino, Some.Onni, "merged-already"), (Some.Aino, Third, "merged-already"),
            (Some.Aino, Some.Person(8).Reveal(), "merged-elsewhere"), (Some.Onni, Some.Person(8).Reveal(), "merged-elsewhere"),
            (Third, Some.Aino, "merge-in-circle"), (Third, Some.Onni, "merge-in-circle"), ("010190-999X", Some.Onni, "invalid-request"),
        })
        {
            using var answer = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = prior, Surviving = surviving }, SisoteJson.Options);
            Assert.Equal(slug, await answer.SlugAsync());
        }

        using var nothing = await room.Operator.PostAsJsonAsync("/clients/unmerge", new UnmergeClients { Prior = Third }, SisoteJson.Options);
        Assert.Equal("not-merged", await nothing.SlugAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARegisterMergesOnlyPeopleWithWhomItsOrganisationHasToDo(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        foreach (var who in new[] { Some.Aino, Some.Onni, Third })
        {
            var state = (await room.StateAsync(who)).State;
            await room.AppendAsync(who == Third ? new AppendItem { Entry = Some.OutsideHealth(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) } : Decided(room, state));
        }

        foreach (var (prior, surviving, source) in new[]
        {
            (Some.Aino, Some.Onni, "kallan-kulkijat-yhteys"), (Some.Aino, Third, "pohjois-savo-record"), (Third, Some.Aino, "pohjois-savo-record"),
            (Some.Person(8).Reveal(), Some.Aino, "pohjois-savo-record"), (Some.Aino, Some.Onni, null),
        })
        {
            using var refused = await PostMergeAsync(room, prior, surviving, source);
            Assert.Equal(("merge-of-strangers", System.Net.HttpStatusCode.Forbidden), (await refused.SlugAsync(), refused.StatusCode));
        }

        Assert.Null((await room.StateAsync(Some.Aino)).AskedAs);
        using var merged = await PostMergeAsync(room, Some.Aino, Some.Onni, "pohjois-savo-record");
        using var again = await PostMergeAsync(room, Some.Aino, Some.Onni, "pohjois-savo-record");
        using var stranger = await PostMergeAsync(room, Some.Aino, Third, "kallan-kulkijat-yhteys"); // hears nothing of who is one with whom
        using var byOperator = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = Third, Surviving = Some.Onni, Source = SystemId.Parse("pohjois-savo-record") }, SisoteJson.Options);
        Assert.Equal(("merged-already", "merge-of-strangers"), (await again.SlugAsync(), await stranger.SlugAsync()));
        Assert.Equal((System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.OK), (merged.StatusCode, byOperator.StatusCode));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AMergeThatWasWrongIsUndoneAndEachHasAgainWhatCameUnderTheOwnIdentifier(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (ofAino, ofOnni, ofThird, later) = (Goals(), Goals(), Goals(), Goals());
        await room.GiveAsync(Some.Aino, ofAino with { Purpose = Some.Counselling, Items = [Some.Limits] });
        await room.GiveAsync(Some.Onni, ofOnni);
        await TellAsync(room, Third, new ToldFacts { SafetyProhibition = true });
        await MergeAsync(room, Some.Aino, Some.Onni);
        await MergeAsync(room, Some.Onni, Third);
        await room.GiveAsync(Third, ofThird with { TextVersion = "exercise-2" });
        await room.GiveAsync(Some.Aino, later with { Items = [Some.Limits], TextVersion = "exercise-2" });
        var whole = (await room.StateAsync(Third)).State;
        Assert.Equal(4, whole.Consents.Length);

        await UnmergeAsync(room, Some.Onni);

        var (onni, third) = (await room.StateAsync(Some.Onni), await room.StateAsync(Third));
        Assert.Equal(onni.State.Client, (await room.StateAsync(Some.Aino)).State.Client); // Aino was merged into Onni, and goes with him
        Assert.Equal(new[] { ofAino.Id, ofOnni.Id, later.Id }.Order(), onni.State.Consents.Select(static one => one.Id).Order());
        Assert.Equal([ofThird.Id], third.State.Consents.Select(static one => one.Id));
        Assert.Equal((true, true), (onni.State.Facts.SafetyProhibition, third.State.Facts.SafetyProhibition));
        Assert.Equal(AppendStatus.Stale, (await room.AppendAsync(Decided(room, whole))).Status);
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(Decided(room, onni.State))).Status);
        await MergeAsync(room, Some.Onni, Third); // and may turn out to have been right
        Assert.Equal(4, (await room.StateAsync(Some.Aino)).State.Consents.Length);
        Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    private static GiveConsent Goals() => Some.Consent() with { Items = [Some.Goals] };

    private static HttpClient Officer(OpenRoom room) => room.Person(PersonKind.DataProtectionOfficer, "kuopio", "dpo-1");

    private static AppendItem Decided(OpenRoom room, ConsentState state) => new() { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) };

    private static Task<HttpResponseMessage> PostMergeAsync(OpenRoom room, string prior, string surviving, string? source) =>
        room.SystemCaller("sisote-adapters").PostAsJsonAsync("/clients/merge", new MergeClients { Prior = prior, Surviving = surviving, Source = source is null ? null : SystemId.Parse(source) }, SisoteJson.Options);

    private static async Task<ClientsMerged> MergeAsync(OpenRoom room, string prior, string surviving)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = prior, Surviving = surviving }, SisoteJson.Options);
        return await answer.ReadAsync<ClientsMerged>();
    }

    private static async Task UnmergeAsync(OpenRoom room, string prior)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/unmerge", new UnmergeClients { Prior = prior }, SisoteJson.Options);
        await answer.ReadAsync<ClientsMerged>();
    }

    private static async Task TellAsync(OpenRoom room, string hetu, ToldFacts facts)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = hetu, Facts = facts }, SisoteJson.Options);
        await answer.ReadAsync<FactsRecorded>();
    }

    private static async Task HoldAsync(OpenRoom room, string id, ClientId client)
    {
        var entry = new HeldEntry { Id = id, Client = client, Sender = SystemId.Parse("kuopio-portal"), Target = SystemId.Parse("pohjois-savo-record"), Content = [1], IsUnclear = false, IsTried = true, DueAt = room.Clock.GetUtcNow() };
        using var answer = await room.Gateway.PostAsJsonAsync("/outbox/hold", entry, SisoteJson.Options);
        Assert.True((await answer.ReadAsync<HoldAnswer>()).IsHeld);
    }

    private static async Task<int> ProhibitionsAsync(OpenRoom room, Hetu who) =>
        (await room.StateAsync(who.Reveal())).State.Consents.Count(static one => one is { Type: ConsentType.Prohibition, Status: ConsentStatus.Active });

    private static async Task<bool> IsHeldAsync(OpenRoom room, ClientId client)
    {
        await using var database = global::Sisote.Consent.Storage.Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return (await HoldStore.AllAsync(session, CancellationToken.None)).Single().Covers(0, Some.Disclosure(client, room.Clock.GetUtcNow()), []);
    }

    private static async Task<long> IndexOfAsync(OpenRoom room, string outcome) =>
        (await ReadAsync(room, $"SELECT leaf_index FROM log_entry WHERE outcome = '{outcome}'", static row => row.GetInt64(0))).Single();

    private static Task<List<string>> RecordsAsync(OpenRoom room) => ReadAsync(
        room, "SELECT client, record FROM log_entry WHERE kind <> 'log-read' ORDER BY leaf_index", static row => $"{(row.IsDBNull(0) ? "-" : row.GetString(0))} {Convert.ToHexString(row.GetFieldValue<byte[]>(1))}");

    private static async Task<List<T>> ReadAsync<T>(OpenRoom room, string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        await using var database = global::Sisote.Consent.Storage.Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return await session.QueryAsync(sql, read, CancellationToken.None);
    }
}
