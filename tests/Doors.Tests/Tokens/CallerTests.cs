// Reading the caller from a validated token's claims.
using System.Security.Claims;
using Sisote.Doors.Tokens;

namespace Sisote.Tests.Doors.Tokens;

public sealed class CallerTests
{
    private const string Good = """{"hl7-b2b":{"version":"1","subject_id":"ohjaaja-salmi","subject_role":"exercise-counsellor","organization_id":"kuopio","purpose_of_use":["exercise-counselling"]}}""";

    [Fact]
    public void ASystemIsReadWithItsBusinessContext()
    {
        var caller = Assert.IsType<Caller.System>(Read(("client_id", "kuopio-liikunta"), ("scope", "sisote.exchange"), ("extensions", Good)));

        Assert.Equal("kuopio-liikunta", caller.Id.Value);
        Assert.Equal("exercise-counselling", Assert.Single(caller.Business!.PurposeOfUse).Value);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"hl7-b2b":null}""")]
    [InlineData("""{"hl7-b2b":[]}""")]
    [InlineData("""{"hl7-b2b":{}}""")]
    [InlineData("""{"hl7-b2b":{"subject_id":"x","subject_role":"r","organization_id":"o","purpose_of_use":null}}""")]
    [InlineData("""{"hl7-b2b":{"subject_id":"x","subject_role":"r","organization_id":"o"}}""")]
    [InlineData("""{"hl7-b2b":{"subject_id":"x y","subject_role":"r","organization_id":"o","purpose_of_use":["p"]}}""")]
    [InlineData("""{"hl7-b2b":{"subject_id":"x","subject_id":"y","subject_role":"r","organization_id":"o","purpose_of_use":["p"]}}""")]
    [InlineData("""{"hl7-b2b":{"subject_id":"x","subject_role":"r","organization_id":"o","purpose_of_use":["p"],"admin":true}}""")]
    public void ATokenWithAMalformedBusinessContextNamesNobody(string extensions)
    {
        Assert.Null(Read(("client_id", "kuopio-liikunta"), ("scope", "sisote.exchange"), ("extensions", extensions)));
    }

    [Fact]
    public void TwoBusinessContextsNameNobody()
    {
        Assert.Null(Read(("client_id", "kuopio-liikunta"), ("scope", "sisote.exchange"), ("extensions", Good), ("extensions", Good)));
    }

    [Fact]
    public void ExtensionsOfOthersAreNotOurBusiness()
    {
        Assert.Null(Assert.IsType<Caller.System>(Read(("client_id", "sisote-gateway"), ("scope", "sisote.inner"), ("extensions", """{"ihe_iua":{"a":1}}"""))).Business);
    }

    [Fact]
    public void ATokenWithoutAClientNamesNobody()
    {
        Assert.Null(Read(("sub", "somebody"), ("scope", "sisote.inner")));
    }

    [Fact]
    public void APersonIsReadWithTheirStanding()
    {
        var client = Assert.IsType<Caller.Person>(Read(("scope", "openid sisote.person"), ("sub", "aino"), ("sisote_kind", "client"), ("sisote_hetu", "010190-999W")));
        var officer = Assert.IsType<Caller.Person>(Read(("scope", "sisote.person"), ("sub", "dpo"), ("sisote_kind", "data-protection-officer"), ("sisote_organisation", "pohjois-savo")));

        Assert.Equal("010190-999W", client.Identifier!.Value.Reveal());
        Assert.Equal((PersonKind.DataProtectionOfficer, "pohjois-savo", null), (officer.Kind, officer.Organisation!.Value.Value, officer.Role));
        Assert.DoesNotContain("010190-999W", client.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sisote_kind", "superuser")]
    [InlineData("sisote_kind", "")]
    [InlineData("sisote_hetu", "010190-999X")]
    [InlineData("sisote_role", "not a code")]
    [InlineData("sisote_organisation", "")]
    [InlineData("sisote_professional", "ä")]
    public void AMalformedClaimOfAPersonIsNotReadAsAbsent(string claim, string value)
    {
        var claims = new List<(string, string)> { ("scope", "sisote.person"), ("sub", "aino"), (claim, value) };
        if (claim != "sisote_kind")
        {
            claims.Add(("sisote_kind", "client"));
        }

        Assert.Null(Read([.. claims]));
    }

    private static Caller? Read(params (string Type, string Value)[] claims) =>
        Caller.From(new ClaimsPrincipal(new ClaimsIdentity(claims.Select(static claim => new Claim(claim.Type, claim.Value)), "test")));
}
