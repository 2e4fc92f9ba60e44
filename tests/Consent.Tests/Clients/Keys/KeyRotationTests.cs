// Keys change while everything else goes on, and nothing is lost.
using System.Net.Http.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Clients.Keys;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Clients.Keys;

public sealed class KeyRotationTests(PostgresFixture postgres)
{
    private const int People = 60;

    /// <summary>Columns of bytes in which nothing is that this room seals: hashes, salts and canonical records of the log, signed edges, texts of the law, and what the gateway seals with its own key.</summary>
    private static readonly string[] NotSealedHere =
    [
        "deployment_narrowing.content", "law_text.content", "log_edge.edge", "log_entry.commitment", "log_entry.leaf_hash", "log_entry.record", "log_entry.salt", "log_node.hash",
        "outbox_entry.answer", "outbox_entry.content", "outbox_entry.digest", "subscription.content", "subscription.seen", "watched_edge.edge", "watched_leaves.hashes", "watched_log.root",
    ];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ANewKeyTakesOverAllValuesWhileTheDoorsAreOpenAndThenTheOldOneIsRetired(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await FillAsync(room);
        var before = await ReadAllAsync(room);
        var first = (await ListAsync(room)).Keys.Single();

        var rotated = await PostAsync(room, "/keys/rotate");
        using var early = await room.Operator.PostAsync("/keys/1/retire", null);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => TellAsync(room, number, $"form-{number}")));
        await RunAsync(room, int.MaxValue);

        Assert.True(first is { Number: 1, Seals: true } && first.Values > 2 * People);
        Assert.Equal([(1, false), (2, true)], rotated.Keys.Select(static key => (key.Number, key.Seals)));
        Assert.Equal("key-in-use", await early.SlugAsync());
        var after = await ListAsync(room);
        Assert.Equal((0L, first.Values, 0L), (after.Keys[0].Values, after.Keys[1].Values, after.Lost));
        Assert.Equal(before.Skip(20), (await ReadAllAsync(room)).Skip(20));
        Assert.Equal("form-7", (await room.StateAsync(Some.Person(7).Reveal())).State.Facts.SchoolForm);

        room.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal([2], (await PostAsync(room, "/keys/1/retire")).Keys.Select(static key => key.Number));
        using var newest = await room.Operator.PostAsync("/keys/2/retire", null);
        using var unknown = await room.Operator.PostAsync("/keys/9/retire", null);
        Assert.Equal(("key-in-use", "not-found"), (await newest.SlugAsync(), await unknown.SlugAsync()));
        await room.ReopenAsync();
        Assert.Equal(before.Skip(20), (await ReadAllAsync(room)).Skip(20));
        Assert.Single((await ReadRequestsAsync(room)).Requests);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARunThatIsKilledGoesOnWhereItStopped(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await FillAsync(room, 100);
        var keys = room.Services.GetRequiredService<EnvelopeKeys>();
        keys.Add(); // without calling the background run
        var all = (await ListAsync(room)).Keys[0].Values;

        Assert.False(await RunAsync(room, 2)); // all identifiers, in one full transaction and one that finds nothing further
        var part = (await ListAsync(room)).Keys;
        await room.ReopenAsync(); // the background run begins with the room
        await RunAsync(room, int.MaxValue);

        Assert.Equal((all - 100, 100L), (part[0].Values, part[1].Values));
        Assert.Equal([0L, all], (await ListAsync(room)).Keys.Select(static key => key.Values));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherReplicaOpensWhatIsUnderAKeyThatItHasNotSeenYet(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await using var twin = await room.TwinAsync();
        await PostAsync(room, "/keys/rotate");
        await TellAsync(room, 1, "basic");

        using var answer = await room.CallerOf(twin).PostAsJsonAsync("/states", new ClientStateQuery { Identifiers = [Some.Person(1).Reveal()] }, SisoteJson.Options);

        Assert.Equal("basic", (await answer.ReadAsync<ClientStateAnswer>()).States[0].State.Facts.SchoolForm);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhateverIsRotatedStoppedToldAndRetiredInAnyOrderEveryFactIsReadAndCountedOnce(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var told = new Dictionary<int, string>();
        var number = 0;

        await Gen.Select(Gen.Int[0, 4], Gen.Int[0, 9]).Array[1, 10].SampleAsync(async steps =>
        {
            foreach (var (step, who) in steps)
            {
                switch (step)
                {
                    case 0:
                        room.Services.GetRequiredService<EnvelopeKeys>().Add();
                        break;
                    case 1:
                        await RunAsync(room, who);
                        break;
                    case 2:
                        using (await room.Operator.PostAsync($"/keys/{(await ListAsync(room)).Keys[0].Number}/retire", null))
                        {
                            break;
                        }

                    default:
                        await TellAsync(room, who, told[who] = $"form-{number++}");
                        break;
                }

                var list = await ListAsync(room);
                Assert.Equal((2L * told.Count, 0L), (list.Keys.Sum(static key => key.Values), list.Lost));
            }

            foreach (var (who, form) in told)
            {
                Assert.Equal(form, (await room.StateAsync(Some.Person(who).Reveal())).State.Facts.SchoolForm);
            }
        }, iter: kind == DatabaseKind.Sqlite ? 20 : 8, threads: 1);
    }

    [Fact]
    public async Task EveryColumnInWhichThisRoomSealsIsAmongThoseThatRotate()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);

        var columns = await session.QueryAsync(
            "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND lower(c.type) = 'blob' ORDER BY 1", static row => row.GetString(0), CancellationToken.None);

        Assert.Equal(columns, SealedColumn.All.Select(static one => $"{one.Table}.{one.Name}").Concat(NotSealedHere).Order(StringComparer.Ordinal));
    }

    private static async Task FillAsync(OpenRoom room, int people = People)
    {
        await Task.WhenAll(Enumerable.Range(0, people).Select(number => TellAsync(room, number, "basic")));
        var entered = new EnterRequest { ClientIdentifier = Some.Person(0).Reveal(), ReceivedOn = FinnishTime.DateOf(room.Clock.GetUtcNow()) };
        using var answer = await Officer(room).PostAsJsonAsync("/review/requests", entered, SisoteJson.Options);
        answer.EnsureSuccessStatusCode();
    }

    private static HttpClient Officer(OpenRoom room) => room.Person(PersonKind.DataProtectionOfficer, "kuopio", "dpo-1");

    private static async Task<RequestList> ReadRequestsAsync(OpenRoom room)
    {
        using var answer = await Officer(room).GetAsync("/review/requests");
        return await answer.ReadAsync<RequestList>();
    }

    private static Task<bool> RunAsync(OpenRoom room, int transactions) => room.Services.GetRequiredService<Resealing>().RunAsync(transactions, CancellationToken.None);

    private static async Task TellAsync(OpenRoom room, int number, string form)
    {
        var told = new RecordFacts { Identifier = Some.Person(number).Reveal(), Facts = new ToldFacts { SchoolForm = form } };
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", told, SisoteJson.Options);
        await answer.ReadAsync<FactsRecorded>();
    }

    private static async Task<List<string>> ReadAllAsync(OpenRoom room)
    {
        using var answer = await room.Gateway.PostAsJsonAsync(
            "/states", new ClientStateQuery { Identifiers = [.. Enumerable.Range(0, People).Select(static number => Some.Person(number).Reveal())] }, SisoteJson.Options);
        return [.. (await answer.ReadAsync<ClientStateAnswer>()).States.Select(static row => $"{row.Identifier} {row.State.Facts.SchoolForm} {row.State.Facts.BirthDate}")];
    }

    private static async Task<EnvelopeKeyList> ListAsync(OpenRoom room)
    {
        using var answer = await room.Operator.GetAsync("/keys");
        return await answer.ReadAsync<EnvelopeKeyList>();
    }

    private static async Task<EnvelopeKeyList> PostAsync(OpenRoom room, string path)
    {
        using var answer = await room.Operator.PostAsync(path, null);
        return await answer.ReadAsync<EnvelopeKeyList>();
    }
}
