// Messages between rooms are read strictly.
using System.Text.Json;
using Sisote.Doors.Adapters;
using Sisote.Doors.Json;

namespace Sisote.Tests.Doors.Json;

public sealed class SisoteJsonTests
{
    private const string Good = """{"system":"a","organisation":"b","organisationName":"B","role":"c","professional":"d","rule":"EX-03"}""";

    [Fact]
    public void AProperMessageIsReadAndWrittenTheSame()
    {
        Assert.Equal(Good, JsonSerializer.Serialize(JsonSerializer.Deserialize<SenderInfo>(Good, SisoteJson.Options), SisoteJson.Options));
    }

    [Theory]
    [InlineData("\"system\":\"a\"", "\"system\":\"a\",\"unknown\":1")]
    [InlineData("\"system\":\"a\"", "\"system\":\"a\",\"system\":\"a\"")]
    [InlineData("\"system\":\"a\"", "\"System\":\"a\"")]
    [InlineData("\"system\":\"a\",", "")]
    [InlineData("\"system\":\"a\"", "\"system\":null")]
    [InlineData("\"organisationName\":\"B\"", "\"organisationName\":null")]
    [InlineData("\"rule\":\"EX-03\"", "\"rule\":\"EX-03\",")]
    [InlineData("\"system\":\"a\"", "/* note */ \"system\":\"a\"")]
    public void AnythingElseIsRefused(string part, string instead)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SenderInfo>(Good.Replace(part, instead, StringComparison.Ordinal), SisoteJson.Options));
    }

    [Fact]
    public void ANumberInQuotesIsNoNumber()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<int>("\"1\"", SisoteJson.Options));
    }
}
