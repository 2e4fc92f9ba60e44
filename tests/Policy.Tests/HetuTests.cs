// The personal identity code against vectors that nobody here wrote.
using System.Text.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Policy;

public sealed class HetuTests
{
    [Fact]
    public void EveryOutsideVectorIsJudgedAsItsSourceSays()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("hetu-vectors", "hetu.json")));

        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var text = vector.GetProperty("value").GetString();
            Assert.Equal((text, vector.GetProperty("our_check").GetBoolean()), (text, Hetu.TryParse(text, out _)));
        }
    }

    [Fact]
    public void TwoPersonsWhoDifferOnlyInTheCenturySignStayTwo()
    {
        Assert.NotEqual(Hetu.Parse("010190-999W"), Hetu.Parse("010190Y999W"));
    }

    [Fact]
    public void TheCodeDoesNotShowItselfByAccident()
    {
        Assert.Equal("hetu:***", $"{Hetu.Parse("010190-999W")}");
    }

    [Fact]
    public void ACodeIsFoundWithinATextAndNoTextIsNoText()
    {
        Assert.True(Hetu.IsIn("Asia koskee: 010190-999w."));
        Assert.False(Hetu.IsIn("Asia koskee: 010190-999."));
        Assert.Throws<ArgumentNullException>("text", () => Hetu.IsIn(null!));
    }
}
