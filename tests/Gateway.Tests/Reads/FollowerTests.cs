// What the gateway keeps of clients while it follows changes, and when it has lost them.
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

public sealed class FollowerTests
{
    private const string Search = "fhir/pohjois-savo-record/Flag?patient=";

    [Fact]
    public async Task AfterAChangeTheNextCallBeginsWithTheStateAsItIs()
    {
        await using var world = await FollowingAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        Assert.Contains("\"Flag\"", (await world.GetAsync(Search + handle)).Body, StringComparison.Ordinal);

        foreach (var who in new[] { FakeConsent.KeyOf(Some.Aino), (Policy.Ids.ClientId?)null })
        {
            world.Consent.Set(Some.Aino, static state => state);
            world.Consent.Tell(who);
            await world.Consent.HeardAsync();
            var (appends, questions) = (world.Consent.AppendCalls.Count, world.Consent.Questions);

            Assert.Contains("\"Flag\"", (await world.GetAsync(Search + handle)).Body, StringComparison.Ordinal);
            Assert.Equal((1, 1), (world.Consent.AppendCalls.Count - appends, world.Consent.Questions - questions)); // nothing was tried on the old state
        }
    }

    [Fact]
    public async Task AChangeOfSomebodyElseLeavesWhatIsKept()
    {
        await using var world = await FollowingAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        await world.GetAsync(Search + handle);
        world.Consent.Tell(FakeConsent.KeyOf("010190-999W"));
        await world.Consent.HeardAsync();
        var questions = world.Consent.Questions;

        Assert.Contains("\"Flag\"", (await world.GetAsync(Search + handle)).Body, StringComparison.Ordinal);
        Assert.Equal(questions, world.Consent.Questions);
    }

    [Fact]
    public async Task AGatewayThatLostTheFeedReleasesNothingOnAnOldState()
    {
        await using var world = await FollowingAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        Assert.Contains("\"Flag\"", (await world.GetAsync(Search + handle)).Body, StringComparison.Ordinal);
        world.Consent.HasFeed = false;
        world.Consent.Set(Some.Aino, static state => state with { Consents = [] }); // a withdrawal of which nobody tells
        var (appends, entries) = (world.Consent.AppendCalls.Count, world.Consent.Log.Count);

        var answer = await world.GetAsync(Search + handle);

        Assert.DoesNotContain("\"Flag\"", answer.Body, StringComparison.Ordinal);
        Assert.True(world.Consent.AppendCalls.Count - appends >= 2, "the append held the kept state against the record");
        Assert.DoesNotContain(world.Consent.Log.Skip(entries), static item => item.Entry.Items.Any(static shown => shown.Released));
    }

    private static async Task<GatewayWorld> FollowingAsync()
    {
        var world = await GatewayWorld.OpenAsync(new Dictionary<string, string?> { ["Sisote:Gateway:FollowAgainAfter"] = "00:00:00.1" });
        world.Consent.HasFeed = true;
        await world.Consent.HeardAsync();
        return world;
    }
}
