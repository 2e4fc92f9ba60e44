// No table is forgotten when two identities of a person become one.
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Sisote.Consent.Clients.Merging;
using Sisote.Consent.Retention;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Consent.Minors;
using Sisote.Tests.Consent.Outbox;
using Sisote.Tests.Consent.Releases;
using Sisote.Tests.Consent.Replaying;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Clients.Merging;

public sealed partial class EveryTableTests(PostgresFixture postgres)
{
    /// <summary>Tables in which nothing is any one person's.</summary>
    private static readonly string[] OfNobody =
    [
        "schema_version", "room_value", "agreement", "agreement_version", "log_item", "log_side", "log_node", "log_edge", "log_erased", "erasure_run", "deployment_narrowing", "catalogue_kept", "law_text",
        "consent_notice", "review_package", "waiting_item", "watched_log", "watched_look", "watched_edge", "watched_leaves", "watched_alarm", "log_witness", "log_cosignature",
        "network_row", "network_version", "indicator", "indicator_delivery", "indicator_publication", "phenomenon", "phenomenon_report", "phenomenon_step", "statement", "statement_part",
    ];

    /// <summary>Columns with a name like that of a client's, which hold a professional.</summary>
    private static readonly string[] Professionals = ["review_case.person", "consent_place.recipient_person"];

    /// <summary>What a release records.</summary>
    private static readonly string[] Decisions = ["human-release"];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryColumnThatHoldsAPersonsKeyHasALineThatSaysWhatAMergeDoes(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var record = await FullRecord.OfAsync(room);
        await record.MergeAsync();
        var listed = KeyColumns.All.Select(static one => $"{one.Table}.{one.Column}").ToHashSet();
        var schema = await KeptSchema.ReadAsync(room);
        var columns = schema.Select(static one => $"{one.Table}.{one.Name}").ToHashSet();

        var holding = new List<string>();
        foreach (var column in schema.Where(static one => one.IsText))
        {
            if (await KeptSchema.HoldsAsync(room, column, record.Keys.Concat(record.SurvivingKeys)))
            {
                holding.Add($"{column.Table}.{column.Name}");
            }
        }

        Assert.Empty(holding.Except(listed)); // what does hold one
        Assert.Empty(schema.Where(static one => SoundsLikeAPerson().IsMatch(one.Name)).Select(static one => $"{one.Table}.{one.Name}").Except(listed).Except(Professionals)); // what is made to
        Assert.Empty(listed.Except(columns));
        Assert.Equal(listed.Order(StringComparer.Ordinal), holding.Order(StringComparer.Ordinal)); // and none of the lines is empty words
        Assert.Equal(schema.Select(static one => one.Table).Distinct().Order(StringComparer.Ordinal), KeyColumns.All.Select(static one => one.Table).Concat(OfNobody).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(KeyColumns.All.Select(static one => one.Table).Intersect(OfNobody));
        Assert.All(KeyColumns.Movable, static table => Assert.Contains(new KeyColumn(table, "client", OnMerge.Moved), KeyColumns.All));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatEveryTableHeldOfThePriorIdentityIsFoundUnderTheSurvivingOne(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var record = await FullRecord.OfAsync(room);
        var finders = Finders(room, record);
        Assert.Equal(KeyColumns.All.Where(static one => one.Table != "client_merge" && one.OnMerge is not (OnMerge.Origin or OnMerge.History)).Select(static one => one.Table).Distinct().Order(StringComparer.Ordinal), finders.Keys.Order(StringComparer.Ordinal));
        foreach (var column in KeyColumns.All.Where(one => finders.ContainsKey(one.Table) && one.Column != "merged_into" && one.OnMerge != OnMerge.Origin))
        {
            Assert.True(await KeptSchema.CountAsync(room, column.Table, column.Column, record.Keys) > 0, $"Nothing stands in {column.Table}.{column.Column} before the merge.");
        }

        await record.MergeAsync();

        var lost = new List<string>();
        foreach (var (table, isFound) in finders)
        {
            if (!await isFound())
            {
                lost.Add(table);
            }
        }

        Assert.Empty(lost);
        foreach (var column in KeyColumns.All.Where(static one => one.OnMerge == OnMerge.Moved))
        {
            Assert.Equal((column.Table, 0L), (column.Table, await KeptSchema.CountAsync(room, column.Table, column.Column, record.Keys)));
        }

        var replayed = await new DecisionDesk(room).RunAsync();
        Assert.Equal((0, 0), (replayed.InputsMissing.Count, replayed.InputsChanged.Count));
        Assert.Equal(1, replayed.Same.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADecisionOnWhoDecidesIsCorrectedUnderTheSurvivingIdentifierAndGoesBackWhenTheMergeIsUndone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var surviving = family with { Child = Family.Minor(room, 14) };
        var capacity = family.Capacity("2");
        using var recorded = await family.Assessor().PostAsJsonAsync("/minors/capacity", capacity, SisoteJson.Options);
        using var merged = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = family.Child.Reveal(), Surviving = surviving.Child.Reveal() }, SisoteJson.Options);
        await merged.ReadAsync<ClientsMerged>();

        using var repeated = await family.Assessor().PostAsJsonAsync("/minors/capacity", capacity with { Identifier = surviving.Child.Reveal() }, SisoteJson.Options);
        using var corrected = await family.Assessor().PostAsJsonAsync("/minors/capacity", capacity with { Identifier = surviving.Child.Reveal(), Code = "1", Corrects = true }, SisoteJson.Options);
        using var stranger = await family.Assessor().PostAsJsonAsync("/minors/capacity", capacity with { Identifier = Family.Minor(room, 14).Reveal(), Code = "1", Corrects = true }, SisoteJson.Options);

        Assert.Equal((201, 200, 201, 404), ((int)recorded.StatusCode, (int)repeated.StatusCode, (int)corrected.StatusCode, (int)stranger.StatusCode));
        Assert.Equal("1", Assert.Single((await room.StateAsync(surviving.Child.Reveal())).State.Facts.Capacity).Code);
        using var undone = await room.Operator.PostAsJsonAsync("/clients/unmerge", new UnmergeClients { Prior = family.Child.Reveal() }, SisoteJson.Options);
        await undone.ReadAsync<ClientsMerged>();
        Assert.Equal("1", Assert.Single((await room.StateAsync(family.Child.Reveal())).State.Facts.Capacity).Code);
        Assert.Empty((await room.StateAsync(surviving.Child.Reveal())).State.Facts.Capacity);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsSaidUnderThePriorIdentifierAfterTheMergeGoesBackToItWithTheUndoing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await room.StateAsync(Some.Aino);
        var (prior, surviving) = ((await room.StateAsync(Some.Aino)).State.Client, (await room.StateAsync(Some.Onni)).State.Client);
        using var merged = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = Some.Aino, Surviving = Some.Onni }, SisoteJson.Options);
        await merged.ReadAsync<ClientsMerged>();

        Assert.True(await OutboxDesk.HoldAsync(room, OutboxDesk.Held(room, "of-the-prior", prior)));
        Assert.True(await OutboxDesk.HoldAsync(room, OutboxDesk.Held(room, "of-the-surviving", surviving)));
        Assert.Equal(surviving, (await room.StateAsync(Some.Aino)).State.Client);
        await WaitUnderAsync(room, prior);
        using var released = await room.Doctor().ReleaseAsync(Assert.Single(await room.Doctor().WaitingAsync()).Id, once: true);
        released.EnsureSuccessStatusCode();
        Assert.Equal(Decisions, (await room.StateAsync(Some.Onni)).State.Relationships.Select(static one => one.Kind));
        using var undone = await room.Operator.PostAsJsonAsync("/clients/unmerge", new UnmergeClients { Prior = Some.Aino }, SisoteJson.Options);
        await undone.ReadAsync<ClientsMerged>();

        foreach (var table in new[] { "outbox_entry", "waiting_release", "relationship" })
        {
            Assert.Equal((table, 1L), (table, await KeptSchema.CountAsync(room, table, "client", [prior.Reveal()])));
        }

        Assert.Equal(1, await KeptSchema.CountAsync(room, "outbox_entry", "client", [surviving.Reveal()]));
        Assert.Equal(Decisions, (await room.StateAsync(Some.Aino)).State.Relationships.Select(static one => one.Kind));
        Assert.Empty((await room.StateAsync(Some.Onni)).State.Relationships);
    }

    /// <summary>A call that was decided before the merge is told of after it: what was denied is on record under the prior key.</summary>
    private static async Task WaitUnderAsync(OpenRoom room, ClientId prior)
    {
        var decided = await room.DecideAsync(Some.Onni);
        var entry = DecisionRecord.Write(
            new LogEntry { Id = Some.Id(), Time = room.Clock.GetUtcNow(), Kind = LogEntryKind.Refusal, CorrelationId = Some.Id(), Outcome = "denied" },
            decided,
            DeploymentNarrowing.Of(WholeLaw.Deployment).Version(),
            null,
            new HashSet<DataItemId>()) with { Client = prior };
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(new AppendItem { Entry = entry, ClientIdentifier = Some.Aino })).Status);
        await room.FollowAsync();
    }

    /// <summary>For each table a question to the door or reader that uses it, under the surviving identifier.</summary>
    private static Dictionary<string, Func<Task<bool>>> Finders(OpenRoom room, FullRecord record) => new()
    {
        ["client"] = async () => (await room.StateAsync(Some.Onni)).State.Facts.SchoolForm == "basic",
        ["consent"] = async () => (await room.LookAsync(FullRecord.Flow, FullRecord.Onni)).All(look => look.Missing is null && look.Consents.Any(one => one.Id == record.Consent)),
        ["consent_place"] = () => IsWithdrawnAsync(room, record.Consent),
        ["relationship"] = async () => (await room.StateAsync(Some.Onni)).State.Relationships.Any(static one => one.Id.Contains(":case-", StringComparison.Ordinal)),
        ["outbox_entry"] = () => StandsAheadAsync(room),
        ["subscription"] = async () => await IsOfTheSurvivorAsync(room),
        ["waiting_release"] = async () => Assert.Single(await room.Doctor().WaitingAsync(), one => one.Id == record.Waiting.Id) is { Identifier: Some.Onni, State: "open" },
        ["log_entry"] = async () => (await ReadAsync<MyDisclosures>(room, "/me/disclosures")).Disclosures.Length == record.Shown,
        ["log_hold"] = () => IsHeldAsync(room),
        ["review_case"] = async () => (await ReadAsync<RequestList>(room, "/me/log-requests")).Requests.Length == 1,
        ["likeness"] = async () => (await record.HintsAsync()).ToHashSet().IsSupersetOf(["own-data", "same-surname"]),
        ["minor_record"] = async () => (await room.StateAsync(record.Family.Child.Reveal())).State.Facts.Capacity.Any(one => one.Id == record.Capacity),
        ["guardianship"] = async () => (await record.Family.NameForAsync(record.Family.Mother)).Length == 32 && (await record.Family.NameForAsync(record.Family.Father)).Length == 32,
        ["guardianship_told"] = async () => await (await record.TellOldAsync()).SlugAsync() == "mirror-outdated",
        ["consent_mirror"] = () => IsToldByIdentityAsync(room),
    };

    /// <summary>Whoever recorded it finds it by its identifier alone.</summary>
    private static async Task<bool> IsWithdrawnAsync(OpenRoom room, string consent)
    {
        using var answer = await room.Giver(FullRecord.Flow).PostAsJsonAsync($"/consents/{consent}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);
        return answer.IsSuccessStatusCode && (await room.StateAsync(Some.Onni)).State.Consents.Any(one => one.Id == consent && one.Status == ConsentStatus.Withdrawn);
    }

    private static async Task<bool> StandsAheadAsync(OpenRoom room)
    {
        var next = OutboxDesk.Held(room, "second", (await room.StateAsync(Some.Onni)).State.Client);
        using var answer = await room.Gateway.PostAsJsonAsync("/outbox/ahead", new AheadQuestion { Id = next.Id, Client = next.Client, Sender = next.Sender, Target = next.Target }, SisoteJson.Options);
        return (await answer.ReadAsync<AheadAnswer>()).IsBehind;
    }

    /// <summary>The subscription is of the surviving identity.</summary>
    private static async Task<bool> IsOfTheSurvivorAsync(OpenRoom room)
    {
        var survivor = (await room.StateAsync(Some.Onni)).State.Client;
        await using var database = global::Sisote.Consent.Storage.Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return (await session.QueryAsync("SELECT client FROM subscription", static row => row.GetString(0), CancellationToken.None)) is [var client] && client == survivor.Reveal();
    }

    private static async Task<bool> IsHeldAsync(OpenRoom room)
    {
        var entry = Some.Disclosure((await room.StateAsync(Some.Onni)).State.Client, room.Clock.GetUtcNow());
        await using var database = global::Sisote.Consent.Storage.Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return (await HoldStore.AllAsync(session, CancellationToken.None)).Single().Covers(0, entry, []);
    }

    /// <summary>An older telling is refused of the identity that was told of later, and no other.</summary>
    private static async Task<bool> IsToldByIdentityAsync(OpenRoom room)
    {
        var message = new MirrorConsents { Source = "kanta", AsOf = room.Clock.GetUtcNow().AddDays(-1), Identifier = Some.Aino, Consents = [] };
        using var prior = await room.Operator.PostAsJsonAsync("/clients/consents", message, SisoteJson.Options);
        using var surviving = await room.Operator.PostAsJsonAsync("/clients/consents", message with { Identifier = Some.Onni }, SisoteJson.Options);
        return await prior.SlugAsync() == "mirror-outdated" && surviving.IsSuccessStatusCode;
    }

    private static async Task<T> ReadAsync<T>(OpenRoom room, string address)
    {
        using var answer = await room.Client(Some.Onni).GetAsync(address);
        return await answer.ReadAsync<T>();
    }

    [GeneratedRegex("client|identity|guardian|child|prior|surviving|merged|owner|^mark$|subject|patient|person$|whose")]
    private static partial Regex SoundsLikeAPerson();
}
