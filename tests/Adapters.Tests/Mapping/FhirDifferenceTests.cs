// What two resources say otherwise is found in a bounded time, whatever a sender puts into them.
using System.Text.Json.Nodes;
using Sisote.Adapters.Mapping;

namespace Sisote.Tests.Adapters.Mapping;

public sealed class FhirDifferenceTests
{
    [Theory]
    [InlineData("[1,2,3]", "[1,2,3]", false)]
    [InlineData("[1,2,3]", "[3,1,2]", false)]
    [InlineData("[1,1,2]", "[1,2,2]", true)]
    [InlineData("[1,2]", "[1,2,2]", true)]
    [InlineData("[1,2,2]", "[1,2]", true)]
    [InlineData("[1]", "[1,1]", true)]
    [InlineData("[]", "[]", false)]
    [InlineData("[[1,2],[3,4]]", "[[4,3],[2,1]]", false)]
    [InlineData("[[1,2],[3,4]]", "[[1,3],[2,4]]", true)]
    public void AListSaysTheSameInAnyOrderButEachItemAsOften(string sent, string carried, bool differs)
    {
        var found = new FhirDifference().Find(Resource(JsonNode.Parse(sent)!), Resource(JsonNode.Parse(carried)!));

        Assert.Equal(differs ? ["Basic.list"] : [], found.Distinct());
    }

    [Fact]
    public void TheOnlyItemOfAListIsToldApartByItsElement() =>
        Assert.Equal(["Basic.list.b"], new FhirDifference().Find(Resource(JsonNode.Parse("""[{"a":1,"b":2}]""")!), Resource(JsonNode.Parse("""[{"a":1,"b":3}]""")!)));

    [Fact]
    public void ALongListInItsOrderIsComparedOnceAndNotEachWithEach()
    {
        var difference = new FhirDifference();

        Assert.Empty(difference.Find(Resource(Items(20_000)), Resource(Items(20_000))));
        Assert.False(difference.IsTired);
    }

    [Fact]
    public void AListThatWouldTakeForEverIsLeftOffAndCountsAsAnother()
    {
        var difference = new FhirDifference();

        Assert.Equal(["Basic.list"], difference.Find(Resource(Items(20_000)), Resource(Items(20_000, backwards: true))));
        Assert.True(difference.IsTired);
        Assert.NotEmpty(difference.Find(Resource(Items(1)), Resource(Items(1))));
    }

    private static JsonObject Resource(JsonNode list) => new() { ["resourceType"] = "Basic", ["list"] = list };

    [Fact]
    public void AListOfWhichOneItemIsMissingIsSeenAtOnce()
    {
        var difference = new FhirDifference();

        Assert.Equal(["Basic.list"], difference.Find(Resource(Items(20_000)), Resource(Items(20_000, first: 1))));
        Assert.False(difference.IsTired);
    }

    private static JsonArray Items(int count, int first = 0, bool backwards = false) =>
        [.. Enumerable.Range(first, count).OrderBy(number => backwards ? -number : number).Select(static number => (JsonNode)JsonValue.Create(number))];
}
