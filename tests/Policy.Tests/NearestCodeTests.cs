// A misspelt code is answered with the one that may have been meant.
using Sisote.Policy.Ids;

namespace Sisote.Tests.Policy;

public sealed class NearestCodeTests
{
    private static readonly string[] Known = ["teacher", "principal", "exercise-counsellor", "EX-01", "EX-02"];

    [Theory]
    [InlineData("techer", "teacher")]
    [InlineData("taecher", "teacher")]
    [InlineData("Teacher", "teacher")]
    [InlineData("exercise-councellor", "exercise-counsellor")]
    [InlineData("ex-02", "EX-02")]
    [InlineData("EX-99", null)]
    [InlineData("doctor", null)]
    [InlineData("", null)]
    public void TheNearestCodeIsFoundWhereOneIsNear(string text, string? meant) => Assert.Equal(meant, NearestCode.Find(text, Known));

    [Fact]
    public void WhereNoneIsNearAFewAreListedAndManyAreNot()
    {
        Assert.Equal("Did you mean `teacher`?", NearestCode.Suggest("techer", Known));
        Assert.Equal("There are: EX-01, EX-02, exercise-counsellor, principal, teacher.", NearestCode.Suggest("doctor", Known));
        Assert.Equal(string.Empty, NearestCode.Suggest("doctor", Enumerable.Range(0, 13).Select(static number => $"code-{number}")));
        Assert.Equal(string.Empty, NearestCode.Suggest("doctor", []));
    }
}
