// Followers hear of every change, in order, and nothing of anybody.
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sisote.Consent.Agreements;
using Sisote.Consent.Changes;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Changes;

public sealed class ChangeFeedTests(PostgresFixture postgres)
{
    private const int Writers = 4;
    private const int EachWrites = 15;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryChangeIsToldInOrderByKeyKindAndRevisionAndByNothingElse(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var begin = (await ReadAsync(room, string.Empty)).Next;
        await TellAsync(room, Some.Aino, "basic");
        await TellAsync(room, Some.Aino, "basic"); // changes nothing, so nothing is told
        var given = await room.GiveAsync(Some.Aino, Some.Consent());
        await room.AppendAsync(Some.Referral((await room.StateAsync(Some.Aino)).State, room.Clock.GetUtcNow()));
        using var withdrawn = await room.Client(Some.Aino).PostAsync($"/me/consents/{given.Consent.Consent.Id}/withdraw", null);
        await room.Services.GetRequiredService<AgreementLife>().RecordAsync(Agreed("another"), null, Some.Id());
        using var merged = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = Some.Aino, Surviving = Some.Onni }, SisoteJson.Options);
        var (aino, onni) = ((await room.StateAsync(Some.Aino)).AskedAs!.Value, (await room.StateAsync(Some.Onni)).State.Client);

        var feed = await ReadAsync(room, $"?after={begin}");

        Assert.Equal(
            [
                (ChangeKind.Facts, aino, 1), (ChangeKind.Consent, aino, 2), (ChangeKind.Relationship, aino, 3), (ChangeKind.Consent, aino, 4),
                (ChangeKind.Agreements, (ClientId?)null, (await room.StateAsync(Some.Onni)).State.AgreementsRevision), (ChangeKind.Identity, aino, 5), (ChangeKind.Identity, onni, 1),
            ],
            feed.Events.Select(static one => (one.Kind, one.Client, one.Revision)));
        Assert.Equal(Enumerable.Range(1, feed.Events.Length).Select(place => begin + place), feed.Events.Select(static one => one.Number));
        Assert.Equal(feed.Events[^1].Number, feed.Next);
        Assert.Equal(feed.Events.Skip(3), (await ReadAsync(room, $"?after={begin + 3}")).Events);
        var text = await room.Gateway.GetStringAsync($"/changes?after={begin}");
        Assert.All(new[] { Some.Aino, Some.Onni, "exercise", "SECRECY", "kuopio", "basic" }, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AFollowerOfSeveralWritersNeverSeesALaterChangeBeforeAnEarlierOne(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await using var twin = await room.TwinAsync();
        var begin = (await ReadAsync(room, string.Empty)).Next;
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < EachWrites; i++)
            {
                var life = writer % 2 == 0 ? room.Services : twin.Services;
                await life.GetRequiredService<AgreementLife>().RecordAsync(Agreed($"agreement-{writer}-{i}"), null, Some.Id());
            }
        })).ToList();

        var seen = new List<long>();
        for (var after = begin; seen.Count < Writers * EachWrites;)
        {
            var feed = await ReadAsync(room, $"?after={after}");
            seen.AddRange(feed.Events.Select(static one => one.Number));
            after = feed.Next;
            Assert.False(writers.Exists(static writer => writer.IsFaulted));
        }

        await Task.WhenAll(writers);
        Assert.Equal(Enumerable.Range(1, Writers * EachWrites).Select(place => begin + place), seen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AQuestionWaitsForTheNextChangeButNotForever(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await using var twin = await room.TwinAsync();
        var begin = (await ReadAsync(room, string.Empty)).Next;

        var waiting = ReadAsync(room, $"?after={begin}&wait=20");
        await room.GiveAsync(Some.Aino, Some.Consent());
        Assert.Equal(ChangeKind.Consent, (await waiting).Events.Single().Kind);

        var elsewhere = ReadAsync(room, $"?after={begin + 1}&wait=20");
        await twin.Services.GetRequiredService<AgreementLife>().RecordAsync(Agreed("elsewhere"), null, Some.Id());
        Assert.Equal(ChangeKind.Agreements, (await PassAsync(room, elsewhere)).Events.Single().Kind); // another replica rings no bell here; it is found by looking

        Assert.Empty((await PassAsync(room, ReadAsync(room, $"?after={begin + 2}&wait=999999"))).Events);
    }

    [Fact]
    public async Task WhoWaitsIsAnsweredAtOnceWhenTheRoomIsStopped()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var begin = (await ReadAsync(room, string.Empty)).Next;

        var waiting = room.Services.GetRequiredService<ChangeReader>().FindAsync(begin, TimeSpan.FromSeconds(20), CancellationToken.None);
        room.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication(); // the room's clock stands still

        Assert.Empty((await waiting)!.Events);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoIsTooFarBehindOrAheadIsToldToBeginAnew(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var begin = (await ReadAsync(room, string.Empty)).Next;
        await TellAsync(room, Some.Aino, "basic");
        room.Clock.Advance(TimeSpan.FromHours(23));
        await TellAsync(room, Some.Aino, "tuva");
        room.Clock.Advance(TimeSpan.FromHours(2));
        await room.Services.GetRequiredService<ChangeTrimming>().TrimAsync(CancellationToken.None);

        Assert.Equal([begin + 2], (await ReadAsync(room, $"?after={begin + 1}")).Events.Select(static one => one.Number));
        foreach (var gone in new[] { begin, begin + 3, 999 })
        {
            using var answer = await room.Gateway.GetAsync($"/changes?after={gone}&wait=5");
            Assert.Equal((HttpStatusCode.Gone, "changes-gone"), (answer.StatusCode, await answer.SlugAsync()));
        }

        room.Clock.Advance(TimeSpan.FromDays(2));
        await room.Services.GetRequiredService<ChangeTrimming>().TrimAsync(CancellationToken.None);
        await TellAsync(room, Some.Aino, "basic"); // numbers go on although no row was left
        Assert.Equal([begin + 3], (await ReadAsync(room, $"?after={begin + 2}")).Events.Select(static one => one.Number));
        foreach (var malformed in new[] { "?after=-1", "?after=x", "?after=1&after=2", "?until=3" })
        {
            using var answer = await room.Gateway.GetAsync("/changes" + malformed);
            Assert.Equal("invalid-request", await answer.SlugAsync());
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AClockThatWentBackLeavesNoGapThatAFollowerWouldTakeForNothing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var begin = (await ReadAsync(room, string.Empty)).Next;
        foreach (var form in new[] { "basic", "tuva", "basic" })
        {
            await TellAsync(room, Some.Aino, form);
        }

        await using (var database = Database.Open(room.Database, room.Folder, commandSeconds: 5))
        await using (var session = await database.WriteAsync(CancellationToken.None))
        {
            await session.ExecuteAsync(
                "UPDATE change_event SET at = @at WHERE number = @number", CancellationToken.None, ("at", room.Clock.GetUtcNow().AddDays(-2).Column()), ("number", begin + 2));
            await session.CommitAsync(CancellationToken.None);
        }

        await room.Services.GetRequiredService<ChangeTrimming>().TrimAsync(CancellationToken.None);

        Assert.Equal([begin + 1, begin + 2, begin + 3], (await ReadAsync(room, $"?after={begin}")).Events.Select(static one => one.Number));
    }

    /// <summary>Lets time go by until the answer is there.</summary>
    private static async Task<ChangeFeed> PassAsync(OpenRoom room, Task<ChangeFeed> waiting)
    {
        while (await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(20))) != waiting)
        {
            room.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return await waiting;
    }

    private static async Task<ChangeFeed> ReadAsync(OpenRoom room, string query)
    {
        using var answer = await room.Gateway.GetAsync("/changes" + query);
        return await answer.ReadAsync<ChangeFeed>();
    }

    private static async Task TellAsync(OpenRoom room, string hetu, string form)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = hetu, Facts = new ToldFacts { SchoolForm = form } }, SisoteJson.Options);
        await answer.ReadAsync<FactsRecorded>();
    }

    private static AgreementTerms Agreed(string id) => new() { Id = id, Version = 1, RecordedAt = Some.Agreement(id).From, Agreement = Some.Agreement(id) };
}
