// Answers in pages: together they are the one answer, and a cursor is nobody else's.
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sisote.Gateway;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

public sealed class PagingTests
{
    private const string Record = "fhir/pohjois-savo-record";

    [Theory]
    [InlineData("")]
    [InlineData("&_sort=-date")]
    [InlineData("&_sort=status,-value-quantity&code=82290-8")]
    [InlineData("&_sort=code&date:missing=false")]
    public async Task ThePagesTogetherAreTheOneBigAnswerInItsOrder(string question)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 23);
        var whole = SearchTests.Entries(await world.GetAsync($"{Record}/Observation?patient={handle}{question}")).Select(static entry => entry!.ToJsonString()).ToArray();

        foreach (var size in new[] { 1, 2, 5, 22, 23, 100 })
        {
            var pages = await PagesAsync(world, $"{Record}/Observation?patient={handle}{question}&_count={size}");

            Assert.Equal(whole, pages.SelectMany(SearchTests.Entries).Select(static entry => entry!.ToJsonString()));
            Assert.All(pages.SkipLast(1), page => Assert.Equal(size, SearchTests.Entries(page).Count));
            Assert.Equal((whole.Length + size - 1) / size, pages.Count);
        }
    }

    [Fact]
    public async Task AnyPageSizeAndOrderGivesEveryEntryOnce()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var sorts = new[] { "", "&_sort=date", "&_sort=-date,code", "&_sort=-status", "&_sort=value-quantity", "&_sort=-_id", "&_sort=combo-code,-date" };

        await Gen.Select(Gen.Int[0, 30], Gen.Int[1, 12], Gen.Int[0, sorts.Length - 1]).SampleAsync(
            async (count, size, sort) =>
            {
                SetMany(world, count);
                var whole = SearchTests.Entries(await world.GetAsync($"{Record}/Observation?patient={handle}{sorts[sort]}")).Select(static entry => entry!.ToJsonString()).ToArray();
                var pages = await PagesAsync(world, $"{Record}/Observation?patient={handle}{sorts[sort]}&_count={size}");
                return whole.SequenceEqual(pages.SelectMany(SearchTests.Entries).Select(static entry => entry!.ToJsonString()));
            },
            iter: 40, threads: 1);
    }

    [Fact]
    public async Task EveryPageIsADisclosureOfItsOwnWithItsReceipt()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 5);
        var before = world.Consent.Log.Count;

        var pages = await PagesAsync(world, $"{Record}/Observation?patient={handle}&_count=2");

        Assert.Equal([2, 2, 1], world.Consent.Log.Skip(before).Select(static item => item.Entry.Resources.Length));
        Assert.Equal(5, world.Consent.Log.Skip(before).SelectMany(static item => item.Entry.Resources).Select(static resource => resource.Handle).Distinct().Count());
        Assert.All(pages.Index(), page => Assert.Contains($"Sisote-Receipt: receipt-{before + page.Index}", page.Item.Headers, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatStaysLeavesNoGapInAPageAndNoTrailingEmptyOne()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 12);
        foreach (var (place, hidden) in world.Source.Resources.Where(static resource => (string?)resource["resourceType"] == "Observation").Index().Where(static pair => pair.Index % 2 == 1))
        {
            hidden["meta"] = JsonNode.Parse("""{"security":[{"code":"PSY"}]}""");
        }

        var pages = await PagesAsync(world, $"{Record}/Observation?patient={handle}&_count=3");

        Assert.Equal([3, 3], pages.Select(static page => SearchTests.Entries(page).Count));
        Assert.All(pages, static page => Assert.Null(Some.Parse(page.Body)["total"]));
    }

    [Fact]
    public async Task ALinkHoldsNothingThatCanBeRead()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 3);

        var first = await world.SearchAsync($"{Record}/Observation/_search", $"patient={handle}&code=82290-8&_count=1");
        var (next, again) = (NextOf(first)!, NextOf(await world.SearchAsync($"{Record}/Observation/_search", $"patient={handle}&code=82290-8&_count=1")));
        var second = await world.GetAsync(next);

        Assert.StartsWith($"{Record}/Observation?_page=", next, StringComparison.Ordinal);
        Assert.DoesNotContain(handle, next, StringComparison.Ordinal);
        Assert.DoesNotContain("82290", next, StringComparison.Ordinal);
        Assert.DoesNotContain("&", next, StringComparison.Ordinal);
        Assert.NotEqual(next, again);
        Assert.Equal(next.Length, again!.Length);
        Assert.Equal($"http://gateway.test/{next}", (string?)Some.Parse(second.Body)["link"]![0]!["url"]);
        Assert.DoesNotContain(world.Source.Address.AbsoluteUri, first.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACursorThatIsChangedForeignOrForAnotherQuestionIsRefusedInTheSameBytes()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 3);
        var next = NextOf(await world.GetAsync($"{Record}/Observation?patient={handle}&_count=1"))!;
        var cursor = next[(next.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var seen = world.Source.Seen.Count;

        var changed = new List<RawAnswer>();
        foreach (var place in new[] { 0, 1, 15, 16, 17, cursor.Length / 2, cursor.Length - 2, cursor.Length - 1 })
        {
            changed.Add(await world.GetAsync($"{Record}/Observation?_page={cursor[..place]}{(cursor[place] == 'A' ? 'B' : 'A')}{cursor[(place + 1)..]}"));
        }

        RawAnswer[] refused =
        [
            .. changed,
            await world.GetAsync(next + "A"),
            await world.GetAsync(next[..^1]),
            await world.GetAsync($"{Record}/Observation?_page="),
            await world.GetAsync($"{Record}/Observation?_page={new string('A', 400)}"),
            await world.GetAsync($"{Record}/Goal?_page={cursor}"),
            await world.GetAsync($"fhir/kuopio-liikunta/Observation?_page={cursor}"),
            await world.GetAsync(next, world.Token(professional: "ohjaaja-niemi")),
            await world.GetAsync(next, world.Token("siilinjarvi-portal", organisation: "siilinjarvi")),
            await world.SearchAsync($"{Record}/Flag/_search", $"_page={cursor}"),
        ];

        Assert.Single(refused.Select(static answer => answer.Comparable).Distinct());
        Assert.Equal(410, refused[0].Status);
        Assert.Equal(seen, world.Source.Seen.Count);
        Assert.Equal(200, (await world.GetAsync(next)).Status);
        Assert.Equal(400, (await world.GetAsync($"{next}&code=82290-8")).Status);
        Assert.Equal(400, (await world.GetAsync($"{next}&_page={cursor}")).Status);
    }

    [Fact]
    public async Task AWithdrawalBetweenPagesEndsThemAsSilentlyAsIfNothingMoreWereThere()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 3);
        var next = NextOf(await world.GetAsync($"{Record}/Observation?patient={handle}&_count=1"))!;
        var kept = world.Source.Resources.ToArray();

        world.Source.Resources.Clear();
        var absent = await world.GetAsync(next);
        world.Source.Resources.AddRange(kept);
        world.Consent.Set(Some.Aino, static state => state with { Consents = [] });
        var withdrawn = await world.GetAsync(next);
        var known = await world.GetAsync(next);

        Assert.Equal(200, withdrawn.Status);
        Assert.Equal(absent.Comparable, withdrawn.Comparable);
        Assert.Equal(absent.Comparable, known.Comparable);
        Assert.Equal(["nothing-found", "denied", "denied"], world.Consent.Log.TakeLast(3).Select(static item => item.Entry.Outcome));
        Assert.Contains("010100+999N", Uri.UnescapeDataString(world.Source.Seen[^1].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWithdrawalWhileALaterPageIsFetchedEndsItToo()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 5);
        var next = NextOf(await world.GetAsync($"{Record}/Observation?patient={handle}&_count=1"))!;
        world.Consent.BeforeNextAppend = () => world.Consent.Set(Some.Aino, static state => state with { Consents = [] });

        var page = await world.GetAsync(next);

        Assert.Empty(SearchTests.Entries(page));
        Assert.Null(NextOf(page));
        Assert.DoesNotContain("Sisote-Receipt", page.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangeThatConcernsNothingShownEndsNoPages()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 3);
        var next = NextOf(await world.GetAsync($"{Record}/Observation?patient={handle}&_count=2"))!;

        world.Consent.Set(Some.Aino, static state => state);

        Assert.Single(SearchTests.Entries(await world.GetAsync(next)));
    }

    [Fact]
    public async Task WhatIsPermittedAfterASearchBeganIsNotOnItsLaterPages()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMany(world, 4);
        var (seal, shape) = (world.Part<CursorSeal>(), world.Part<ItemMasks>().ShapeOf("Observation")!);
        var cursor = seal.Read(Some.Asker, "Observation", NextOf(await world.GetAsync($"{Record}/Observation?patient={handle}&_count=1"))!.Split('=')[1])!;
        var begunWithout = seal.Seal(Some.Asker, "Observation", cursor with { Ground = cursor.Ground & ~shape.BitsOf(new HashSet<DataItemId> { DataItemId.Parse("exercise-measures") }) });

        var page = await world.GetAsync($"{Record}/Observation?_page={begunWithout}");

        Assert.NotEqual(0UL, cursor.Ground);
        Assert.Equal(200, page.Status);
        Assert.Empty(SearchTests.Entries(page));
    }

    [Fact]
    public void ACursorEndsWithItsTimeAndWithTheLawItRestsOn()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        var seal = new CursorSeal(new HandleKey(new byte[32]), GatewayWorld.Catalogue, Some.Deployment, new GatewayOptions(), clock);
        var otherLaw = new CursorSeal(new HandleKey(new byte[32]), GatewayWorld.Catalogue, Some.Deployment with { RulesOff = [RuleId.Parse("EX-02")] }, new GatewayOptions(), clock);
        var cursor = new Cursor(clock.GetUtcNow(), [KeyValuePair.Create("patient", "h"), KeyValuePair.Create("code", "ä\"<,")], 5, new Position([new SortKey(1.5m, null), new SortKey(null, "Ö"), default], "handle"));

        var text = seal.Seal(Some.Asker, "Flag", cursor);
        var read = seal.Read(Some.Asker, "Flag", text);

        Assert.Equal((cursor.Asked, cursor.Ground, cursor.Position.Handle), (read!.Asked, read.Ground, read.Position.Handle));
        Assert.Equal(cursor.Words, read.Words);
        Assert.Equal(cursor.Position.Keys, read.Position.Keys);
        Assert.Null(otherLaw.Read(Some.Asker, "Flag", text));
        Assert.Equal(text.Length, seal.Seal(Some.Asker, "Flag", cursor with { Ground = ulong.MaxValue }).Length);
        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.NotNull(seal.Read(Some.Asker, "Flag", text));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(seal.Read(Some.Asker, "Flag", text));
    }

    [Fact]
    public async Task TheOwnRegisterIsPagedOverAllItsClientsEachOnRecordWithThePageTheyStandOn()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Source.Resources.AddRange([Some.Referral(Some.Aino), Some.Referral(Some.Onni, "sr-2"), Some.Referral(Some.Aino, "sr-3"), Some.Referral(Some.Onni, "sr-4"), Some.Referral(Some.Onni, "sr-5")]);
        var whole = Matches(await world.GetAsync("fhir/kuopio-liikunta/ServiceRequest")).Select(static entry => entry!.ToJsonString()).ToArray();
        var before = world.Consent.Log.Count;

        var pages = await PagesAsync(world, "fhir/kuopio-liikunta/ServiceRequest?_count=2");

        Assert.Equal(whole, pages.SelectMany(Matches).Select(static entry => entry!.ToJsonString()));
        Assert.Equal([2, 2, 1], pages.Select(static page => Matches(page).Count()));
        Assert.Equal(5, world.Consent.Log.Skip(before).Sum(static item => item.Entry.Resources.Length));
    }

    /// <summary>What was asked for, without the receipts of a page of several clients.</summary>
    private static IEnumerable<JsonNode?> Matches(RawAnswer page) => SearchTests.Entries(page).Where(static entry => (string?)entry!["search"]!["mode"] == "match");

    internal static string? NextOf(RawAnswer answer) =>
        ((string?)Some.Parse(answer.Body)["link"]!.AsArray().FirstOrDefault(static link => (string?)link!["relation"] == "next")?["url"])?["http://gateway.test/".Length..];

    internal static async Task<List<RawAnswer>> PagesAsync(GatewayWorld world, string address)
    {
        var pages = new List<RawAnswer>();
        for (string? next = address; next is not null && pages.Count < 100; next = NextOf(pages[^1]))
        {
            pages.Add(await world.GetAsync(next));
            Assert.Equal(200, pages[^1].Status);
        }

        return pages;
    }

    internal static void SetMany(GatewayWorld world, int count)
    {
        world.Source.Resources.RemoveAll(static resource => (string?)resource["resourceType"] == "Observation");
        for (var number = 0; number < count; number++)
        {
            var measure = Some.Measure(Some.Aino, $"obs-{number}");
            measure["status"] = number % 3 == 0 ? "preliminary" : "final";
            measure["code"]!["coding"]![0]!["code"] = number % 4 == 3 ? "29463-7" : "82290-8";
            measure["effectiveDateTime"] = $"2026-02-{1 + (number * 7 % 5):D2}";
            measure["valueQuantity"]!["value"] = number * 3 % 7;
            world.Source.Resources.Add(measure);
            if (number % 6 == 5)
            {
                measure.Remove("effectiveDateTime");
            }
        }
    }
}
