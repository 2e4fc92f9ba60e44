// Whom and what the gateway refuses, on the real program.
using System.Net;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

[Collection(Referred.Name)]
public sealed class RefusalTests(ReferredHouse house)
{
    private const string Record = RunningSisote.Record;

    [Fact]
    public async Task ACallWithoutATokenIsRefused()
    {
        var answer = await house.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(house.Gateway, $"fhir/{Record}/Flag?patient={house.Handle}")));

        answer.AssertRefused(HttpStatusCode.Unauthorized, "token-missing");
        Assert.StartsWith("Bearer", Assert.Single(answer.Headers["WWW-Authenticate"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health-professional", "kuopio", "exercise-counselling")]
    [InlineData("exercise-counsellor", "pohjois-savo", "exercise-counselling")]
    [InlineData("exercise-counsellor", "kuopio", "teaching-arrangement")]
    public async Task ASystemGetsNoTokenForARoleAnOrganisationOrAPurposeThatItIsNotRegisteredFor(string role, string organisation, string purpose)
    {
        var refusal = await Assert.ThrowsAsync<TokenRefusedException>(() => house.TokenAsync(context: RunningSisote.Context(role: role, organisation: organisation, purpose: purpose)));

        Assert.Equal("invalid_scope", refusal.Error);
    }

    [Fact]
    public async Task AnotherPurposeOfTheSameCounsellorSeesNothingOfAino()
    {
        var token = await house.TokenAsync(context: RunningSisote.Context(purpose: "voluntary-hobby"));

        var found = await house.FindAsync(RunningSisote.Aino, token: token);
        var limits = await house.GetAsync($"fhir/{Record}/Flag?patient={house.Handle}", token);

        found.AssertNothing();
        Assert.DoesNotContain("Flag\"", limits.Body, StringComparison.Ordinal);
        Assert.Empty(limits.Resources);
    }

    [Fact]
    public async Task APersonalIdentityCodeInAnAddressIsRefusedAndWrittenNowhere()
    {
        var code = Uri.EscapeDataString($"{Hetu.System}|{RunningSisote.Aino}");
        var inQuery = await house.GetAsync($"fhir/{Record}/Patient?identifier={code}");
        var inPath = await house.GetAsync($"fhir/{Record}/Patient/{RunningSisote.Aino}");

        inQuery.AssertRefused(HttpStatusCode.BadRequest, "parameter-unknown");
        Assert.Equal(HttpStatusCode.NotFound, inPath.Status);
        Assert.DoesNotContain(RunningSisote.Aino, inQuery.Body + inPath.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningSisote.Aino, house.Diagnostics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Flag?patient={0}&name=x")]
    [InlineData("Flag?patient={0}&patient={0}")]
    [InlineData("Flag?patient={0}&_include=Flag:subject")]
    [InlineData("Flag?encounter={0}")]
    [InlineData("Flag?patient.identifier=120385-911F")]
    [InlineData("Flag")]
    public async Task ASearchWithAParameterThatTheDoorDoesNotKnowIsRefusedWhole(string search)
    {
        var answer = await house.GetAsync($"fhir/{Record}/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, search, house.Handle));

        answer.AssertRefused(HttpStatusCode.BadRequest, "parameter-unknown");
    }

    [Fact]
    public async Task AHandleThatWasMadeForAnotherSystemIsLikeOneThatNeverExisted()
    {
        var portal = await house.TokenAsync("kuopio-portal");
        var stolen = await house.GetAsync($"fhir/{Record}/Flag?patient={house.Handle}", portal);
        var invented = await house.GetAsync($"fhir/{Record}/Flag?patient={Shuffle(house.Handle)}", portal);

        stolen.AssertNothing();
        Assert.Equal(invented.Body.Replace(Shuffle(house.Handle), "HANDLE", StringComparison.Ordinal), stolen.Body.Replace(house.Handle, "HANDLE", StringComparison.Ordinal));
        Assert.Equal(Names(invented), Names(stolen));
    }

    [Fact]
    public async Task WithConsentButWithoutAReferralTheCounsellorSeesNothing()
    {
        var nobody = await house.FindAsync(RunningSisote.Nobody);

        house.BeforeReferral.AssertNothing();
        Assert.Equal(nobody.Body, house.BeforeReferral.Body);
        Assert.Equal(Names(nobody), Names(house.BeforeReferral));
    }

    [Fact]
    public async Task OnniWhoHasConsentedToNothingIsLikeNobody()
    {
        var (onni, nobody) = (await house.FindAsync(RunningSisote.Onni), await house.FindAsync(RunningSisote.Nobody));

        onni.AssertNothing();
        Assert.Equal(nobody.Body, onni.Body);
        Assert.NotEqual("delivered", await house.ReferAsync(RunningSisote.Onni));
    }

    [Fact]
    public async Task EinosSafetyProhibitionKeepsWhereHeIsOutOfEveryAnswerAndOutOfTheCounsellorsRegister()
    {
        await house.ConsentAsync("eino");
        await house.ReferAsync(RunningSisote.Eino);

        var found = await house.FindAsync(RunningSisote.Eino);
        var register = await house.NativeAsync(13, RunningSisote.Register, "ohjaaja-salmi", "/api/v1/asiakkaat");

        Assert.Contains("Esimerkki", register.ToJsonString(), StringComparison.Ordinal);
        Assert.All(
            ["Salattu polku", "70200", "000 0923", "eino.esimerkki@"],
            secret => Assert.DoesNotContain(secret, found.Body + register.ToJsonString() + house.Diagnostics, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnEntryWithAnElementThatBelongsToNoItemIsRefusedByNameAndReachesNothing()
    {
        var before = (await house.DocumentsAsync(RunningSisote.Aino)).Count;
        var entry = Entries.Visit(house.Handle);
        entry["description"] = "Diagnoosi mainittu tässä";

        var answer = await house.PostAsync($"fhir/{Record}/DocumentReference", entry);

        answer.AssertRefused(HttpStatusCode.UnprocessableEntity, "element-not-permitted");
        Assert.Contains("DocumentReference.description", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Diagnoosi", answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, (await house.DocumentsAsync(RunningSisote.Aino)).Count);
    }

    [Fact]
    public async Task AnAssertionGivesATokenOnceAndNotTwice()
    {
        var assertion = house.Assertions.Make(SystemId.Parse(RunningSisote.Register), RunningSisote.Context());

        var (first, second) = (await AskForTokenAsync(assertion, Scopes.Exchange), await AskForTokenAsync(assertion, Scopes.Exchange));

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, second.Status);
        Assert.Equal("invalid_client", second.Json["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task AConnectedSystemGetsNoTokenForTheInnerDoors()
    {
        var answer = await AskForTokenAsync(house.Assertions.Make(SystemId.Parse(RunningSisote.Register), RunningSisote.Context()), Scopes.Inner);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_scope", answer.Json["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task ACallWithoutTheStatementOfNecessitySeesNothing()
    {
        var answer = await house.GetAsync($"fhir/{Record}/Flag?patient={house.Handle}", context: null);

        answer.AssertNothing();
    }

    private Task<Answer> AskForTokenAsync(string assertion, string scope) => house.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(house.Identity, "token"))
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = scope,
            ["client_id"] = RunningSisote.Register,
            ["client_assertion_type"] = ClientAssertions.Type,
            ["client_assertion"] = assertion,
        }),
    });

    private static string Shuffle(string handle) => new([.. handle.Reverse()]);

    private static IEnumerable<string> Names(Answer answer) => answer.Headers.Select(static header => header.Key).Order(StringComparer.OrdinalIgnoreCase);
}
