// Many evaluations in one call.
using System.Text.Json.Nodes;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Access;

public sealed class EvaluationsTests : IAsyncLifetime
{
    private GatewayWorld world = null!;

    public async ValueTask InitializeAsync() => world = await GatewayWorld.OpenAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task EachIsDecidedAndRecordedAloneInItsOrder()
    {
        var answer = await AskAsync(null, "exercise-restriction", "diagnosis", "exercise-goal-plan");

        Assert.Equal([true, false, true], answer.Decisions());
        Assert.Equal(3, world.Consent.Log.Count);
    }

    [Fact]
    public async Task TheFirstDenialEndsTheCallWhereTheCallerWantsIt()
    {
        var answer = await AskAsync("deny_on_first_deny", "exercise-restriction", "diagnosis", "exercise-goal-plan");

        Assert.Equal([true, false], answer.Decisions());
        Assert.Equal(2, world.Consent.Log.Count);
    }

    [Fact]
    public async Task TheFirstPermitEndsTheCallWhereTheCallerWantsIt()
    {
        var answer = await AskAsync("permit_on_first_permit", "diagnosis", "exercise-restriction", "exercise-goal-plan");

        Assert.Equal([false, true], answer.Decisions());
        Assert.Equal(2, world.Consent.Log.Count);
    }

    [Fact]
    public async Task ExecuteAllIsWhatHappensAnyway()
    {
        var answer = await AskAsync("execute_all", "diagnosis", "exercise-restriction", "exercise-goal-plan");

        Assert.Equal([false, true, true], answer.Decisions());
    }

    [Theory]
    [InlineData("\"first_come\"")]
    [InlineData("7")]
    public async Task AnotherSemanticIsRefused(string semantic)
    {
        var call = Call("diagnosis");
        call["options"] = new JsonObject { ["evaluations_semantic"] = JsonNode.Parse(semantic) };

        var answer = await world.AskAsync(AccessCalls.Evaluations, call.ToJsonString());

        Assert.Equal((400, "request-malformed"), (answer.Status, answer.Slug()));
    }

    [Fact]
    public async Task AMemberOfAnEvaluationTakesThePlaceOfTheDefaultWhole()
    {
        var call = Call("exercise-restriction", "exercise-restriction");
        call["evaluations"]![1]!["context"] = new JsonObject { ["purpose"] = "exercise-counselling" }; // no necessity statement here: nothing is merged into it

        var answer = await world.AskAsync(AccessCalls.Evaluations, call.ToJsonString());

        Assert.Equal([true, false], answer.Decisions());
    }

    [Fact]
    public async Task AnEvaluationThatCannotBeReadIsADenialThatSaysSoAndSpoilsNoOther()
    {
        var call = Call("exercise-restriction", "exercise-goal-plan", "exercise-measures", "exercise-measures");
        call["evaluations"]![1] = 7;
        call["evaluations"]![2]!["resource"] = new JsonObject { ["type"] = "exercise-measures" };
        call["evaluations"]![3]!["subject"] = new JsonObject { ["type"] = "organisation", ["id"] = "siilinjarvi" };

        var outcomes = (await world.AskAsync(AccessCalls.Evaluations, call.ToJsonString())).Outcomes();

        Assert.Equal([true, false, false, false], outcomes.Select(static one => one["decision"]!.GetValue<bool>()));
        Assert.Equal([400, 400, 403], outcomes[1..].Select(static one => one["context"]!["error"]!["status"]!.GetValue<int>()));
        Assert.Equal("resource.id", outcomes[2]["context"]!["error"]!["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    public async Task WithoutAnyItBehavesAsOneEvaluation(string? evaluations)
    {
        var call = AccessCalls.Question(Some.Aino);
        if (evaluations is not null)
        {
            call["evaluations"] = JsonNode.Parse(evaluations);
        }

        Assert.True((await world.AskAsync(AccessCalls.Evaluations, call.ToJsonString())).Decision());
    }

    [Fact]
    public async Task MoreThanTheLimitAreRefusedAsAWhole()
    {
        var hundred = await AskAsync(null, [.. Enumerable.Repeat("exercise-restriction", 100)]);
        world.Consent.Log.Clear();
        var thousand = await AskAsync(null, [.. Enumerable.Repeat("exercise-restriction", 1000)]);

        Assert.Equal(100, hundred.Decisions().Count(static decision => decision));
        Assert.Equal((400, "too-many-evaluations"), (thousand.Status, thousand.Slug()));
        Assert.Empty(world.Consent.Log);
    }

    [Fact]
    public async Task WhereTheLogIsDownEachEvaluationSaysSo()
    {
        world.Consent.IsLogDown = true;

        var outcomes = (await AskAsync(null, "exercise-restriction", "diagnosis")).Outcomes();

        Assert.All(outcomes, static one => Assert.Equal((false, 503), (one["decision"]!.GetValue<bool>(), one["context"]!["error"]!["status"]!.GetValue<int>())));
    }

    private Task<RawAnswer> AskAsync(string? semantic, params string[] items)
    {
        var call = Call(items);
        if (semantic is not null)
        {
            call["options"] = new JsonObject { ["evaluations_semantic"] = semantic };
        }

        return world.AskAsync(AccessCalls.Evaluations, call.ToJsonString());
    }

    private static JsonObject Call(params string[] items)
    {
        var call = AccessCalls.Question(Some.Aino);
        call.Remove("resource");
        call["evaluations"] = new JsonArray([.. items.Select(static item => new JsonObject { ["resource"] = AccessCalls.Resource(Some.Aino, item) })]);
        return call;
    }
}
