// Tokens of a REST system: while there is none, nothing has been sent, and one that ended early is fetched anew.
using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Adapters.Facade;
using Sisote.Tests.Adapters.Mapping;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Rest;

public sealed class RestTokenTests
{
    private const string System = RestHouse.System;

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(302, "{}")]
    [InlineData(200, "not json")]
    [InlineData(200, "{}")]
    [InlineData(401, "{}")]
    [InlineData(400, """{"error":"invalid_client"}""")]
    public async Task WhileTheAuthorityGivesNoTokenNothingWasSentAndTheEntryMayComeAgain(int status, string answer)
    {
        await using var authority = await StartAsync(turn => turn == 2 ? (status, answer) : (200, Token("t0ken", 30))); // a token that has ended already: each call asks for one
        await using var paja = await OpenAsync(authority);

        var failed = await paja.House.CreateAsync(System, "key-1", Plan());
        var plans = paja.Product.Plans.Count;
        var again = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((503, 0), (failed.Status, plans));
        Assert.Equal((201, 1), (again.Status, paja.Product.Plans.Count));
    }

    [Fact]
    public async Task ATokenThatTheSystemNoLongerTakesIsForgottenAndANewOneTriedOnce()
    {
        await using var authority = await StartAsync(static turn => (200, Token(turn == 1 ? "ended" : "t0ken", 3600)));
        await using var paja = await OpenAsync(authority);

        var first = await paja.House.SearchClientAsync(System, "Patient", SectorHouse.Aino);
        var second = await paja.House.SearchClientAsync(System, "Patient", SectorHouse.Aino);

        Assert.Equal((200, 200, 2), (first.Status, second.Status, authority.Asked.Count));
    }

    [Fact]
    public async Task ASystemThatTakesNoTokenAtAllIsAskedTwiceAndNoMore()
    {
        await using var authority = await StartAsync(static _ => (200, Token("ended", 3600)));
        await using var paja = await OpenAsync(authority);

        var (status, _, _) = await paja.House.SearchClientAsync(System, "Patient", SectorHouse.Aino);

        Assert.Equal((503, 2, 2), (status, authority.Asked.Count, paja.Product.Asked.Count));
    }

    private static Task<HostileSystem> StartAsync(Func<int, (int Status, string Answer)> said)
    {
        var turns = 0;
        return HostileSystem.StartAsync(call =>
        {
            var (status, answer) = said(Interlocked.Increment(ref turns));
            call.Response.StatusCode = status;
            return call.Response.WriteAsync(answer);
        });
    }

    private static Task<RestHouse> OpenAsync(HostileSystem authority) =>
        RestHouse.StartAsync(settings: [("tokenAddress", authority.Address + "token"), ("clientId", "int"), ("clientSecretFile", "secret")]);

    private static string Token(string token, int seconds) => $$"""{"access_token":"{{token}}","expires_in":{{seconds}}}""";

    private static CarePlan Plan() => (CarePlan)JsonSerializer.Deserialize<Resource>(MappingSamples.Text("suunnitelma.fhir.json"), FhirBody.Options)!;
}
