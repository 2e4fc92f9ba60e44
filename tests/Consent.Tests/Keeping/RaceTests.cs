// Withdrawals and disclosures at once: no disclosure is committed on a state that a withdrawal has ended.
using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.States;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Keeping;

public sealed class RaceTests(PostgresFixture postgres)
{
    private const int People = 8;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1)]
    [InlineData(DatabaseKind.Postgres, 1)]
    [InlineData(DatabaseKind.Postgres, 2)]
    public async Task NoDisclosureIsCommittedAfterAWithdrawalOnTheStateBeforeIt(DatabaseKind kind, int replicas)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await using var twin = replicas == 2 ? await room.TwinAsync() : null;
        var rooms = twin is null ? new[] { room.Services } : [room.Services, twin.Services];
        var story = new Story();

        await Task.WhenAll(Enumerable.Range(0, People * 3).Select(i => Task.Run(() => story.PlayAsync(rooms[i / 3 % rooms.Length], rooms[i % rooms.Length], Some.Person(i / 3), reads: i % 3 > 0))));

        Assert.Equal(People * Rounds, story.Withdrawals.Count);
        Assert.True(story.Committed.Count >= People * Rounds && story.Stale >= People * Rounds, $"{story.Committed.Count} committed, {story.Stale} stale");
        Assert.All(story.Committed, one => Assert.True(
            !story.Withdrawals.TryGetValue(one.Consent, out var withdrawnAt) || one.Index < withdrawnAt, $"Entry {one.Index} rests on a consent withdrawn at {withdrawnAt}."));
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    private const int Rounds = 30;

    /// <summary>What happened: the log's own indexes are the order of events.</summary>
    private sealed class Story
    {
        private readonly ConcurrentDictionary<Hetu, bool> finished = new();
        private int stale;

        public ConcurrentBag<(string Consent, long Index)> Committed { get; } = [];

        public ConcurrentDictionary<string, long> Withdrawals { get; } = new();

        public int Stale => stale;

        public async Task PlayAsync(IServiceProvider own, IServiceProvider other, Hetu who, bool reads)
        {
            ConsentState? cached = null;
            for (var i = 0; reads ? i < 3 * Rounds && !finished.ContainsKey(who) : i < Rounds; i++)
            {
                if (reads)
                {
                    cached = await ReadAsync(other, who, cached);
                }
                else
                {
                    await GiveAndWithdrawAsync(own, who);
                }
            }

            if (!reads)
            {
                finished.TryAdd(who, true);
            }
        }

        private async Task GiveAndWithdrawAsync(IServiceProvider room, Hetu who)
        {
            var (life, client, consent) = (room.GetRequiredService<ConsentLife>(), room.GetRequiredService<ClientKeys>().KeyOf(who), Some.Consent());
            Assert.IsType<ConsentOutcome.Stands>(await life.GiveAsync(new ConsentGiving { Whose = client, Identifier = who, Terms = consent, Way = ConsentWay.SignedIn, CorrelationId = "race" }));
            var before = await StateAsync(room, who);
            Assert.NotNull(await ReadAsync(room, who, before));
            var withdrawn = Assert.IsType<ConsentOutcome.Stands>(await life.WithdrawAsync(new ConsentStep(consent.Id, ConsentWay.SignedIn, "race") { Whose = client }));
            Withdrawals[consent.Id] = withdrawn.Logged.Index;
            Assert.Null(await ReadAsync(room, who, before));
        }

        /// <summary>Discloses on a cached state as long as that goes, like a gateway; the state to go on with.</summary>
        private async Task<ConsentState?> ReadAsync(IServiceProvider room, Hetu who, ConsentState? cached)
        {
            var state = cached ?? await StateAsync(room, who);
            if (state.Consents.FirstOrDefault(static consent => consent.Status == ConsentStatus.Active) is not { } consent)
            {
                return null;
            }

            var reference = new ConsentReference { Id = consent.Id, Version = consent.Version, Form = consent.Form };
            var item = new AppendItem { Entry = Some.Disclosure(state.Client, room.GetRequiredService<TimeProvider>().GetUtcNow(), reference), Expect = Some.Expect(state) };
            var (append, fault) = CheckedAppend.Check(item, room.GetRequiredService<ClientKeys>());
            Assert.Null(fault);
            if ((await room.GetRequiredService<Appending>().AppendAsync([append!])).Single().Logged is { } logged)
            {
                Committed.Add((consent.Id, logged.Index));
                return state;
            }

            Interlocked.Increment(ref stale);
            return null;
        }

        private static async Task<ConsentState> StateAsync(IServiceProvider room, Hetu who) =>
            (await room.GetRequiredService<StateReader>().ReadAsync([who], [], CancellationToken.None)).States.Single().State;
    }
}
