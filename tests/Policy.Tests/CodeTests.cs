// What a code, a client key and a personal identity code may look like, in text and in JSON.
using System.Text.Json;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Policy;

public sealed class CodeTests
{
    private static readonly string Longest = new('a', 64);

    [Fact]
    public void EveryKindOfCodeKeepsTheOneRuleOfCodes()
    {
        Keeps<ConditionId>();
        Keeps<ConsentFormId>();
        Keeps<DataItemId>();
        Keeps<OrganisationId>();
        Keeps<ProfessionalId>();
        Keeps<ProhibitionId>();
        Keeps<PurposeId>();
        Keeps<RoleId>();
        Keeps<RuleId>();
        Keeps<SectorId>();
        Keeps<SystemId>();
    }

    [Fact]
    public void AClientKeyIsThirtyTwoLowerCaseHexadecimalDigitsAndHidesItself()
    {
        const string key = "0123456789abcdef0123456789abcdef";
        var client = ClientId.Parse(key);

        Assert.True(client.IsKnown);
        Assert.False(default(ClientId).IsKnown);
        Assert.Equal((key, "client:***"), (client.Reveal(), $"{client}"));
        Assert.Equal("The default client id has no value.", Assert.Throws<InvalidOperationException>(() => default(ClientId).Reveal()).Message);
        Assert.Equal($"\"{key}\"", JsonSerializer.Serialize(client));
        Assert.Equal(client, JsonSerializer.Deserialize<ClientId>($"\"{key}\""));
        foreach (var bad in new[] { key[1..], key + "0", key.ToUpperInvariant(), string.Empty, "g" + key[1..] })
        {
            Assert.False(ClientId.TryParse(bad, out var none));
            Assert.False(none.IsKnown);
            Assert.Equal("A client key is 32 lower-case hexadecimal digits.", Assert.Throws<FormatException>(() => ClientId.Parse(bad)).Message);
            Assert.Equal("Not a client key.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ClientId>($"\"{bad}\"")).Message);
        }

        Assert.False(ClientId.TryParse(null, out _));
        Assert.Equal("Not a client key.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ClientId>("7")).Message);
    }

    [Theory]
    [InlineData("010190-999W", 1990, 1, 1, true)]
    [InlineData("010190Y999W", 1990, 1, 1, true)]
    public void AnIdentityCodeTellsTheDayOfBirthAndWhetherItIsForTests(string text, int year, int month, int day, bool test)
    {
        var code = Hetu.Parse(text);

        Assert.Equal((new DateOnly(year, month, day), test, true, text), (code.BirthDate, code.IsTestCode, code.IsKnown, code.Reveal()));
    }

    [Theory]
    [InlineData('+', 1890)]
    [InlineData('-', 1990)]
    [InlineData('U', 1990)]
    [InlineData('V', 1990)]
    [InlineData('W', 1990)]
    [InlineData('X', 1990)]
    [InlineData('Y', 1990)]
    [InlineData('A', 2090)]
    [InlineData('B', 2090)]
    [InlineData('C', 2090)]
    [InlineData('D', 2090)]
    [InlineData('E', 2090)]
    [InlineData('F', 2090)]
    public void TheSignTellsTheCentury(char sign, int year) => Assert.Equal(year, Hetu.Parse($"010190{sign}999W").BirthDate.Year);

    [Theory]
    [InlineData("010190Z999W")]
    [InlineData("010190-999X")]
    [InlineData("310290-999W")]
    [InlineData("010190-99")]
    [InlineData("010190-999WW")]
    [InlineData("01O190-999W")]
    [InlineData("010190-9a9W")]
    [InlineData("")]
    [InlineData(null)]
    public void AnythingElseIsNoIdentityCode(string? text)
    {
        Assert.False(Hetu.TryParse(text, out var none));
        Assert.False(none.IsKnown);
        Assert.Equal("Not a Finnish personal identity code.", Assert.Throws<FormatException>(() => Hetu.Parse(text!)).Message);
    }

    [Fact]
    public void TheIndividualNumberBeginsAtTwo()
    {
        const string signs = "0123456789ABCDEFHJKLMNPRSTUVWXY";

        Assert.False(Hetu.TryParse("010190-001" + signs[010190001 % 31], out _));
        Assert.True(Hetu.TryParse("010190-002" + signs[010190002 % 31], out var second));
        Assert.False(second.IsTestCode);
    }

    [Fact]
    public void NoCodeHasNoValueAndNoDay()
    {
        Assert.Equal("The default code has no value.", Assert.Throws<InvalidOperationException>(() => default(Hetu).Reveal()).Message);
        Assert.Throws<InvalidOperationException>(() => default(Hetu).BirthDate);
    }

    [Theory]
    [InlineData("010190-999W", true)]
    [InlineData("010190-999w", true)]
    [InlineData("Asiakas 010190-999W.", true)]
    [InlineData("x010190-999W", true)]
    [InlineData("010190-999", false)]
    [InlineData("010190-999X", false)]
    [InlineData("", false)]
    public void AnIdentityCodeIsFoundInsideAText(string text, bool found) => Assert.Equal(found, Hetu.IsIn(text));

    [Theory]
    [InlineData("ab", "ab", "ab")]
    [InlineData("abcd", "abdc", "abdc")]
    [InlineData("abcdefgh", "abdcefhg", "abdcefhg")]
    [InlineData("abcdefgh", "axcxefgh", "axcxefgh")]
    [InlineData("abcdefgh", "axcxexgh", null)]
    [InlineData("abcdefg", "axcxefg", null)]
    [InlineData("abcd", "abcde", "abcde")]
    [InlineData("abcd", "abc", "abc")]
    [InlineData("abcd", "xabcd", "xabcd")]
    [InlineData("abcd", "badc", null)]
    public void ACodeIsNearWhereOneLetterInFourDiffers(string text, string known, string? near) => Assert.Equal(near, NearestCode.Find(text, [known]));

    [Fact]
    public void OfTwoNearCodesTheNearerThenTheFirstIsMeant()
    {
        Assert.Equal("abcdefgh", NearestCode.Find("abcdefgi", ["abcdefxx", "abcdefgh"]));
        Assert.Equal("abcda", NearestCode.Find("abcd", ["abcdb", "abcda"]));
        Assert.Equal("There are: " + string.Join(", ", Enumerable.Range(10, 12)) + ".", NearestCode.Suggest("zz-zz", Enumerable.Range(10, 12).Select(static number => $"{number}")));
        Assert.Equal("There are: a1, a2.", NearestCode.Suggest("zzzz", ["a2", "a1", "a2"]));
    }

    private static void Keeps<TCode>()
        where TCode : struct, ICode<TCode>
    {
        foreach (var good in new[] { "a", "Z-9_x.y", Longest })
        {
            Assert.Equal((good, good), (TCode.Parse(good).Value, $"{TCode.Parse(good)}"));
            Assert.True(TCode.TryParse(good, out var code));
            Assert.Equal(TCode.Parse(good), code);
            Assert.Equal($"\"{good}\"", JsonSerializer.Serialize(code));
            Assert.Equal(code, JsonSerializer.Deserialize<TCode>($"\"{good}\""));
            Assert.Equal($"{{\"{good}\":1}}", JsonSerializer.Serialize(new Dictionary<TCode, int> { [code] = 1 }));
            Assert.Equal(code, Assert.Single(JsonSerializer.Deserialize<Dictionary<TCode, int>>($"{{\"{good}\":1}}")!).Key);
        }

        foreach (var bad in new[] { string.Empty, Longest + "a", "a b", "ä", "a/b" })
        {
            Assert.False(TCode.TryParse(bad, out _));
            Assert.Equal($"A {typeof(TCode).Name} is 1 to 64 letters, digits, '-', '_' or '.'.", Assert.Throws<FormatException>(() => TCode.Parse(bad)).Message);
            Assert.Equal($"Not a {typeof(TCode).Name}.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TCode>($"\"{bad}\"")).Message);
            Assert.Equal($"Not a {typeof(TCode).Name}.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Dictionary<TCode, int>>($"{{\"{bad}\":1}}")).Message);
        }

        Assert.False(TCode.TryParse(null, out _));
        Assert.Equal(string.Empty, default(TCode).Value);
        Assert.Equal($"Not a {typeof(TCode).Name}.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TCode>("7")).Message);
    }
}
