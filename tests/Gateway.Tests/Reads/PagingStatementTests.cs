// What a caller states with a search holds for its pages.
using Sisote.Gateway;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Searching;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

public sealed class PagingStatementTests
{
    private const string Record = "fhir/pohjois-savo-record";

    [Fact]
    public async Task APageThatStatesNothingIsAskedUnderWhatWasStatedWithTheFirst()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        PagingTests.SetMany(world, 3);
        var next = PagingTests.NextOf(await world.GetAsync($"{Record}/Observation?patient={handle}&_count=1"))!;

        var second = await AskAsync(world, next, string.Empty);
        var third = await AskAsync(world, PagingTests.NextOf(second)!, string.Empty);
        var otherwise = await AskAsync(world, next, "relation-verified");

        Assert.Equal([1, 1, 0], new[] { second, third, otherwise }.Select(static page => SearchTests.Entries(page).Count));
        var stated = world.Consent.Log.TakeLast(3).Select(static item => string.Join(", ", item.Entry.Attestations.Select(static one => $"{one.Condition}={one.Reference}"))).ToArray();
        Assert.Contains("necessity-statement=planning", stated[0], StringComparison.Ordinal);
        Assert.Equal(stated[0], stated[1]);
        Assert.Equal("relation-verified=", stated[2]);
    }

    [Fact]
    public void AStatementTooLongForAnAddressStaysOutOfTheCursor()
    {
        var seal = new CursorSeal(new HandleKey(new byte[32]), GatewayWorld.Catalogue, Some.Deployment, new GatewayOptions(), TimeProvider.System);
        var cursor = new Cursor(TimeProvider.System.GetUtcNow(), [KeyValuePair.Create("code", new string('a', 4000))], 5, new Position([], "handle"));
        var talkative = Some.Asker with { Attestations = [.. Enumerable.Range(0, 20).Select(static place => new Attestation { Condition = ConditionId.Parse($"condition-{place}"), Reference = new string('b', 200) })] };

        var text = seal.Seal(talkative, "Flag", cursor);

        Assert.True(text.Length <= CursorSeal.Longest);
        Assert.Equal((5UL, true), (seal.Read(talkative, "Flag", text)!.Ground, seal.Read(talkative, "Flag", text)!.Stated.IsEmpty));
    }

    private static Task<RawAnswer> AskAsync(GatewayWorld world, string path, string stated)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, path));
        Assert.True(request.Headers.TryAddWithoutValidation("Sisote-Context", stated));
        return world.SendAsync(request);
    }
}
