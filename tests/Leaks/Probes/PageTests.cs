// Pages: what their number, their length and their links tell.
using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

public sealed class PageTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    [Fact]
    [Channel(8, 9, EveryProfile = true)]
    public Task APageIsFilledAfterFilteringSoThatNoGapAndNoLinkTellsOfWhatStayed() => house.ForEveryAsync(async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        if (type == "Patient")
        {
            return;
        }

        HoldSome(visit, type);
        var all = Count(await visit.SearchAsync(type));
        foreach (var most in new[] { 1, 2, 7, 50, all, all - 1 }.Where(static most => most > 0).Distinct())
        {
            visit.House.World.Source.Seen.Clear();
            var page = await visit.SearchAsync(type, $"&_count={most}");
            Assert.Equal(Math.Min(most, all), Count(page));
            Assert.Equal(most < all, NextOf(page) is not null);
            Assert.DoesNotContain("_count", string.Concat(visit.House.World.Source.Seen.Select(static seen => seen.Body + seen.Target)), StringComparison.Ordinal);
        }
    });

    [Fact]
    [Channel(10, EveryProfile = true)]
    public async Task ACursorTellsNothingAndIsGoodForNobodyElseNotForLongAndNotChanged()
    {
        var (clock, paged) = (new LateClock(), 0);
        await using var late = await LeakHouse.OpenAsync(clock);
        await ProfileHouse.ForEveryAsync(late, async (visit, profile) =>
        {
            var type = ProfileHouse.TypeOf(profile);
            HoldSome(visit, type);
            if (type == "Patient" || NextOf(await visit.SearchAsync(type, "&_count=1")) is not { } next)
            {
                return;
            }

            var cursor = next[(next.IndexOf('=', StringComparison.Ordinal) + 1)..];
            TellsNothing(visit, cursor, NextOf(await visit.SearchAsync(type, "&_count=1"))!);
            visit.House.World.Source.Seen.Clear();
            var refused = new List<RawReply>(await ByOthersAsync(visit, profile, next));
            foreach (var place in new[] { 0, 15, 16, cursor.Length / 2, cursor.Length - 1 })
            {
                refused.Add(await visit.GetAsync($"{type}?_page={cursor[..place]}{(cursor[place] == 'A' ? 'Q' : 'A')}{cursor[(place + 1)..]}"));
            }

            refused.Add(await visit.GetAsync($"{type}?_page={cursor[..^4]}"));
            refused.Add(await visit.GetAsync($"{(type == "Goal" ? "Flag" : "Goal")}?_page={cursor}"));
            refused.Add(await visit.GetAsync($"/fhir/{Profiling.Find(profile.Source, "stranger").Id}/{type}?_page={cursor}"));
            clock.Late = TimeSpan.FromMinutes(15);
            refused.Add(await visit.GetAsync(next));
            clock.Late = TimeSpan.Zero;

            Assert.All(refused, answer => Assert.Equal(refused[0].Comparable, answer.Comparable));
            Assert.Equal(410, refused[0].Status);
            Assert.Empty(visit.House.World.Source.Seen);
            var unknown = await visit.GetAsync($"{type}?patient={visit.Handle}&no-such-parameter=a");
            Assert.Equal(unknown.Comparable, (await visit.GetAsync($"{next}&patient={visit.Handle}")).Comparable);
            Assert.Equal(unknown.Comparable, (await visit.GetAsync($"{next}&_count=2")).Comparable);
            Assert.Equal(200, (await visit.GetAsync(next)).Status);
            paged++;
        });

        Assert.True(paged > 50, $"Only {paged} profiles had a second page.");
    }

    [Fact]
    [Channel(10, 25, EveryProfile = true)]
    public async Task APageAfterAWithdrawalLooksAsIfNothingMoreWereThere()
    {
        var compared = 0;
        await house.ForEveryAsync(async (visit, profile) =>
        {
            var type = ProfileHouse.TypeOf(profile);
            HoldSome(visit, type);
            if (type == "Patient" || NextOf(await visit.SearchAsync(type, "&_count=1")) is not { } next)
            {
                return;
            }

            TwoSources.Serve(visit, TwoSources.Searchset(visit));
            var absent = await visit.GetAsync(next);
            HoldSome(visit, type);
            foreach (var (why, change) in Worlds.All.Where(world => Worlds.Denials(visit.Scene, type, world.Change).Length > 0).Take(3))
            {
                visit.House.World.Consent.Set(visit.Hetu, state => change(visit.Scene.OnRecord(state)));
                Assert.True(absent.Comparable == (await visit.GetAsync(next)).Comparable, $"{type}, {why}");
                compared++;
            }
        });

        Assert.True(compared > 100, $"{compared} withdrawals");
    }

    [Fact]
    [Channel(10, EveryProfile = true)]
    public async Task WhatIsPermittedAfterASearchBeganIsNotOnItsLaterPages()
    {
        var compared = 0;
        await house.ForEveryAsync(async (visit, profile) =>
        {
            foreach (var (type, narrowed) in from type in ProfileHouse.TypesOf(profile) where type != "Patient" from narrowed in Worlds.Narrow(visit.Scene, type).Take(4) select (type, narrowed))
            {
                TwoSources.Serve(visit, TwoSources.Searchset(visit, TwoSources.Few(visit, type, most: 60)));
                visit.House.World.Consent.Set(visit.Hetu, narrowed);
                var begun = Resources(await visit.SearchAsync(type));
                var next = NextOf(await visit.SearchAsync(type, "&_count=1"));
                visit.House.World.Consent.Set(visit.Hetu, visit.Scene.OnRecord);
                for (var pages = 0; next is not null && pages < 10; pages++)
                {
                    var page = await visit.GetAsync(next);
                    Assert.Empty(Resources(page).Except(begun));
                    next = NextOf(page);
                    compared++;
                }
            }
        });

        Assert.True(compared > 3, $"{compared} pages");
    }

    /// <summary>The source holds five resources that leave, and one that stays.</summary>
    private static void HoldSome(Visit visit, string type) => TwoSources.Serve(visit, TwoSources.Searchset(visit, TwoSources.Few(visit, type, most: 5)));

    /// <summary>The cursor in the hands of another system, professional or purpose.</summary>
    private static async Task<RawReply[]> ByOthersAsync(Visit visit, Profile profile, string next)
    {
        var system = visit.Scene.Recipient;
        string[] tokens =
        [
            visit.TokenFor(Profiling.Find(profile.Recipient, "stranger")),
            visit.TokenFor(Profiling.Find(profile.Recipient, system.Organisation.Value == "holder" ? "asker" : "holder")),
            visit.TokenFor(system, professional: "person-2"),
            .. system.Purposes.Where(purpose => purpose != visit.Scene.Purpose).Take(1).Select(purpose => visit.TokenFor(system, purpose: purpose)),
        ];
        return await Task.WhenAll(tokens.Select(token => visit.SendAsAsync(token, "GET", next, string.Empty, ReadOnlyMemory<byte>.Empty)));
    }

    private static void TellsNothing(Visit visit, string cursor, string again)
    {
        var words = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(cursor)) + cursor;

        Assert.DoesNotContain(visit.Handle, words, StringComparison.Ordinal);
        Assert.DoesNotContain(visit.Hetu, words, StringComparison.Ordinal);
        Assert.DoesNotContain("patient", words, StringComparison.Ordinal);
        Assert.Equal(cursor.Length, again.Length - again.IndexOf('=', StringComparison.Ordinal) - 1);
        Assert.DoesNotContain(cursor, again, StringComparison.Ordinal);
    }

    private static string? NextOf(RawReply page) =>
        (string?)JsonNode.Parse(page.Body)!["link"]?.AsArray().FirstOrDefault(static link => (string?)link!["relation"] == "next")?["url"] is { } address ? new Uri(address).PathAndQuery : null;

    private static int Count(RawReply page) => JsonNode.Parse(page.Body)!["entry"]?.AsArray().Count ?? 0;

    private static string[] Resources(RawReply page) => [.. (JsonNode.Parse(page.Body)!["entry"]?.AsArray() ?? []).Select(static entry => entry!["resource"]!.ToJsonString())];

    private sealed class LateClock : TimeProvider
    {
        internal TimeSpan Late { get; set; }

        public override DateTimeOffset GetUtcNow() => Profiling.Now + Late;
    }
}
