// A system with a JSON API is connected by a mapping file and settings alone.
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Adapters.Sources;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Rest;

public sealed class RestTests
{
    private const string System = RestHouse.System;

    [Fact]
    public async Task AClientIsFoundByCodeAndNoAddressEverHoldsIt()
    {
        await using var paja = await RestHouse.StartAsync();

        var (status, found, body) = await paja.House.SearchClientAsync(System, "Patient", SectorHouse.Aino);
        var (_, goals, goalsBody) = await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino);

        Assert.Equal((200, 5), (status, goals.Count));
        FacadeContract.Holds(Assert.Single(found), SectorHouse.Aino);
        Assert.All(goals, static goal => FacadeContract.Holds(goal, SectorHouse.Aino, "exercise"));
        Assert.Equal(5, goals.Select(static goal => goal.Id).Distinct().Count());
        Assert.DoesNotContain("SALAISUUS", body + goalsBody, StringComparison.Ordinal);
        Assert.DoesNotContain(paja.Product.Asked, static asked => asked.Contains(SectorHouse.Aino, StringComparison.Ordinal));
        Assert.Contains("GET /api/asiakkaat/a-17/tavoitteet?sivu=3&koko=2", paja.Product.Asked);
    }

    [Fact]
    public async Task AProtectedClientCarriesTheLabelThatWithholdsTheAddress()
    {
        await using var paja = await RestHouse.StartAsync();

        var patient = (Patient)Assert.Single((await paja.House.SearchClientAsync(System, "Patient", SectorHouse.Eino)).Found);

        Assert.Equal("TURVAKIELTO", patient.Meta!.Security.Single().Code);
    }

    [Fact]
    public async Task AllAreReadPageByPageAndEachOneIsFoundAgainByItsId()
    {
        await using var paja = await RestHouse.StartAsync();

        var (_, goals, _) = await paja.House.SearchAsync(System, "Goal");
        var (readStatus, read) = await paja.House.ReadAsync(System, "Goal", "t-6");

        Assert.Equal(6, goals.Count);
        FacadeContract.Holds(goals.Single(static goal => goal.Id == "t-6"), SectorHouse.Eino);
        Assert.Equal(200, readStatus);
        Assert.True(read!.IsExactly(goals.Single(static goal => goal.Id == "t-6")));
        Assert.Equal(404, (await paja.House.ReadAsync(System, "Goal", "t-7")).Status);
        Assert.Equal(404, (await paja.House.ReadAsync(System, "Goal", "a-17")).Status);
    }

    [Fact]
    public async Task WhomTheSystemDoesNotKnowHasNothingThere()
    {
        await using var paja = await RestHouse.StartAsync();

        Assert.Equal((200, 0), await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Onni) is var (status, found, _) ? (status, found.Count) : default);
        Assert.Equal((200, 0), await paja.House.SearchClientAsync(System, "Observation", SectorHouse.Aino) is var (none, nothing, _) ? (none, nothing.Count) : default);
    }

    [Theory]
    [InlineData("uusi_kentta", "\"x\"")]
    [InlineData("koodi", "\"OUTO\"")]
    [InlineData("tila", "null")]
    [InlineData("asiakas", "\"a-18\"")]
    [InlineData("alkaa", "\"2026-01-05\"")]
    public async Task OneRecordThatCannotBeToldExactlyMakesTheAnswerUnavailableAndNotShorter(string field, string value)
    {
        await using var paja = await RestHouse.StartAsync([("asiakkaat/{client}/tavoitteet", "tavoitteet?vain={client}")], prepare: product => product.Goals.RemoveRange(1, 5));
        Assert.Equal(200, (await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino)).Status);

        paja.Product.Goals[0][field] = JsonNode.Parse(value);
        var (status, found, body) = await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino);

        Assert.Equal((503, 0), (status, found.Count));
        Assert.DoesNotContain("OUTO", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APageOfSomethingInBetweenSaysNothingAboutAClient()
    {
        await using var between = await HostileSystem.StartAsync(404, "<html><body>No such site</body></html>");
        await using var paja = await RestHouse.StartAsync();
        paja.Line.Target = between.Address.Port;

        Assert.Equal((503, 0), await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino) is var (status, found, _) ? (status, found.Count) : default);
    }

    [Fact]
    public async Task ALookupThatAnswersNotFoundSaysThatThereIsNoSuchClient()
    {
        await using var lacking = await HostileSystem.StartAsync(404, """{"virhe":"ei asiakasta"}""");
        await using var paja = await RestHouse.StartAsync();
        paja.Line.Target = lacking.Address.Port;

        Assert.Equal((200, 0), await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino) is var (status, found, _) ? (status, found.Count) : default);
        Assert.Equal(503, (await paja.House.SearchAsync(System, "Goal")).Status); // a list that is not there is no empty list
    }

    [Theory]
    [InlineData("tila", "\"\\ud800\"")]
    [InlineData("koodi", "\"x\\udfffy\"")]
    public async Task HalfASurrogateInARecordMakesTheAnswerUnavailable(string field, string value)
    {
        await using var broken = await HostileSystem.StartAsync(call =>
        {
            var goal = Goal("a-17", "t-1").AsObject();
            goal.Remove(field);
            var row = goal.ToJsonString().Replace("}", $",\"{field}\":{value}}}", StringComparison.Ordinal);
            return call.Response.WriteAsync(call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person().ToJsonString() : $$"""{"tulokset":[{{row}}]}""");
        });
        await using var paja = await RestHouse.StartAsync();
        paja.Line.Target = broken.Address.Port;

        Assert.Equal(503, (await paja.House.SearchAsync(System, "Goal")).Status);
    }

    [Fact]
    public async Task AnotherPersonThanTheOneAskedForIsNobody()
    {
        await using var paja = await RestHouse.StartAsync();
        await using var liar = await HostileSystem.StartAsync(200, new JsonObject { ["tulokset"] = new JsonArray(paja.Product.Clients[1].DeepClone()) }.ToJsonString());
        paja.Line.Target = liar.Address.Port;

        Assert.Equal((503, 0), await paja.House.SearchClientAsync(System, "Patient", SectorHouse.Aino) is var (status, found, _) ? (status, found.Count) : default);
    }

    [Theory]
    [InlineData("https://muualla.example/sivu/2")]
    [InlineData("//muualla.example/api/x")]
    [InlineData("/muualla")]
    [InlineData("../muualla")]
    public async Task ANextPageSomewhereElseIsNotFollowed(string link)
    {
        await using var hostile = await HostileSystem.StartAsync(async call =>
        {
            var answer = new JsonObject { ["tulokset"] = new JsonArray(Goal("a-17", "t-1")), ["seuraava"] = link };
            await call.Response.WriteAsync((call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person() : answer).ToJsonString());
        });
        await using var paja = await RestHouse.StartAsync([("by: page, parameter: sivu, sizeParameter: koko, size: 2", "by: link, next: seuraava")]);
        paja.Line.Target = hostile.Address.Port;

        Assert.Equal(503, (await paja.House.SearchAsync(System, "Goal")).Status);
        Assert.DoesNotContain(hostile.Asked, static asked => asked.Address.Contains("muualla", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tavoitteet?asiakas=150914A934N")]
    [InlineData("tavoitteet?asiakas=150914a934n")]
    [InlineData("tavoitteet/150914A934N/2")]
    [InlineData("tavoitteet?asiakas=150914%41934N")]
    [InlineData("tavoitteet?asiakas=230790%2D9456")]
    [InlineData("tavoitteet?asiakas=150914%2541934N")]
    [InlineData("tavoitteet?asiakas=x150914A934Nx")]
    public async Task ANextPageWithAnIdentityCodeInItsAddressIsNotAskedFor(string link)
    {
        await using var hostile = await HostileSystem.StartAsync(async call =>
        {
            var answer = new JsonObject { ["tulokset"] = new JsonArray(Goal("a-17", "t-1")), ["seuraava"] = link };
            await call.Response.WriteAsync((call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person() : answer).ToJsonString());
        });
        await using var paja = await RestHouse.StartAsync([("by: page, parameter: sivu, sizeParameter: koko, size: 2", "by: link, next: seuraava")]);
        paja.Line.Target = hostile.Address.Port;

        Assert.Equal(503, (await paja.House.SearchAsync(System, "Goal")).Status);
        Assert.DoesNotContain(hostile.Asked, static asked => asked.Address.Contains('?', StringComparison.Ordinal) || asked.Address.Contains("/2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("230790-9456")]
    [InlineData("150914a934n")]
    [InlineData("x150914a934n")]
    [InlineData("150914a934n-1")]
    public async Task AnIdWithAnIdentityCodeInItIsNotAskedFor(string id)
    {
        await using var paja = await RestHouse.StartAsync();

        Assert.NotEqual(200, (await paja.House.ReadAsync(System, "Goal", id)).Status);
        Assert.Empty(paja.Product.Asked);
    }

    [Fact]
    public async Task AProductThatNumbersItsClientsByTheirCodesIsNotAskedByThem()
    {
        await using var paja = await RestHouse.StartAsync(prepare: static product => product.Clients[0]["numero"] = "as150914a934n");

        Assert.Equal(503, (await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino)).Status);
        Assert.DoesNotContain(paja.Product.Asked, static asked => asked.Contains("150914", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AUuidInWhichACodeStandsByChanceIsANumberLikeAnyOther()
    {
        const string Link = "tavoitteet?s=0198a2b4-9340-7000-8000-0150914a9130";
        await using var linking = await HostileSystem.StartAsync(async call =>
        {
            var second = call.Request.QueryString.HasValue;
            var answer = new JsonObject { ["tulokset"] = new JsonArray(Goal("a-17", second ? "t-2" : "t-1")), ["seuraava"] = second ? null : Link };
            await call.Response.WriteAsync((call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person() : answer).ToJsonString());
        });
        await using var paja = await RestHouse.StartAsync([("by: page, parameter: sivu, sizeParameter: koko, size: 2", "by: link, next: seuraava")]);
        paja.Line.Target = linking.Address.Port;

        Assert.Equal((200, 2), await paja.House.SearchAsync(System, "Goal") is var (status, found, _) ? (status, found.Count) : default);
    }

    [Fact]
    public async Task LinkedPagesAreReadToTheirEndAndACircleIsNoEnd()
    {
        var circle = false;
        await using var linking = await HostileSystem.StartAsync(async call =>
        {
            var second = call.Request.QueryString.Value!.Contains("s=2", StringComparison.Ordinal);
            var answer = new JsonObject { ["tulokset"] = new JsonArray(Goal("a-17", second ? "t-2" : "t-1")), ["seuraava"] = second ? circle ? "tavoitteet?s=2" : null : "tavoitteet?s=2" };
            await call.Response.WriteAsync((call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person() : answer).ToJsonString());
        });
        await using var paja = await RestHouse.StartAsync([("by: page, parameter: sivu, sizeParameter: koko, size: 2", "by: link, next: seuraava")]);
        paja.Line.Target = linking.Address.Port;

        var whole = await paja.House.SearchAsync(System, "Goal");
        circle = true;
        var endless = await paja.House.SearchAsync(System, "Goal");

        Assert.Equal((200, 2, 503), (whole.Status, whole.Found.Count, endless.Status));
    }

    [Theory]
    [InlineData("by: page, parameter: sivu, sizeParameter: koko, size: 2", false)]
    [InlineData("by: page, parameter: sivu, sizeParameter: koko, size: 2", true)]
    [InlineData("by: offset, parameter: alku, sizeParameter: koko, size: 2", false)]
    public async Task AListIsReadToItsEndAlsoWhereThePagesAreShorterThanAskedFor(string pages, bool endsWithNotFound)
    {
        await using var capping = await HostileSystem.StartAsync(async call =>
        {
            var number = call.Request.Query["sivu"] is [{ } page] ? int.Parse(page, null) : call.Request.Query["alku"] is [{ } start] ? int.Parse(start, null) + 1 : 1;
            call.Response.StatusCode = number > 3 && endsWithNotFound ? 404 : 200;
            var answer = new JsonObject { ["tulokset"] = number > 3 ? [] : new JsonArray(Goal("a-17", $"t-{number}")) };
            await call.Response.WriteAsync((call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person() : answer).ToJsonString());
        });
        await using var paja = await RestHouse.StartAsync([("by: page, parameter: sivu, sizeParameter: koko, size: 2", pages.Replace("size: 2", "size: 5", StringComparison.Ordinal))]);
        paja.Line.Target = capping.Address.Port;

        var (status, found, _) = await paja.House.SearchAsync(System, "Goal");

        Assert.Equal((200, "t-1 t-2 t-3"), (status, string.Join(' ', found.Select(static one => one.Id))));
    }

    [Theory]
    [InlineData("seuraava", """{"tulokset":[ROW],"seuraava":2}""")]
    [InlineData("seuraava", """{"tulokset":[ROW],"seuraava":{"href":"tavoitteet?s=2"}}""")]
    [InlineData("seuraava", """{"tulokset":[ROW],"seuraava":["tavoitteet?s=2"]}""")]
    [InlineData("linkit.seuraava", """{"tulokset":[ROW],"linkit":[{"seuraava":"tavoitteet?s=2"}]}""")]
    [InlineData("linkit.seuraava", """{"tulokset":[ROW],"linkit":"tavoitteet?s=2"}""")]
    public async Task ANextPageOfAnotherShapeMakesTheAnswerUnavailableAndNotShorter(string next, string answer)
    {
        await using var linking = await HostileSystem.StartAsync(async call =>
            await call.Response.WriteAsync(call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person().ToJsonString() : answer.Replace("ROW", Goal("a-17", "t-1").ToJsonString(), StringComparison.Ordinal)));
        await using var paja = await RestHouse.StartAsync([("by: page, parameter: sivu, sizeParameter: koko, size: 2", $"by: link, next: {next}")]);
        paja.Line.Target = linking.Address.Port;

        Assert.Equal((503, 0), await paja.House.SearchAsync(System, "Goal") is var (status, found, _) ? (status, found.Count) : default);
    }

    [Fact]
    public async Task ASystemThatGivesTheSamePageAgainIsNotBelieved()
    {
        await using var stuck = await HostileSystem.StartAsync(async call =>
        {
            var answer = call.Request.Path.Value!.Contains("asiakkaat", StringComparison.Ordinal) ? Person() : new JsonObject { ["tulokset"] = new JsonArray(Goal("a-17", "t-1"), Goal("a-17", "t-2")) };
            await call.Response.WriteAsync(answer.ToJsonString());
        });
        await using var paja = await RestHouse.StartAsync();
        paja.Line.Target = stuck.Address.Port;

        Assert.Equal(503, (await paja.House.SearchAsync(System, "Goal")).Status);
    }

    [Theory]
    [InlineData("credentials=users;user=int")]
    [InlineData("tokenAddress=http://127.0.0.1:PORT/token;clientId=int;clientSecretFile=secret")]
    public async Task ItSignsInAsTheSettingsSay(string settings)
    {
        await using var paja = await RestHouse.StartAsync(settings: [.. settings.Split(';').Select(static pair => (pair.Split('=')[0], pair.Split('=')[1]))]);

        Assert.Single((await paja.House.SearchClientAsync(System, "Patient", SectorHouse.Aino)).Found);
        Assert.Single((await paja.House.SearchClientAsync(System, "Flag", SectorHouse.Aino)).Found);
        Assert.True(paja.Product.Asked.Count(static asked => asked == "POST /token") <= 1);
    }

    [Fact]
    public async Task AFaultyMappingOrASecondWayOfSigningInStopsTheStartWithEachFault()
    {
        var refusal = await Assert.ThrowsAsync<AdapterSettingsException>(() => RestHouse.StartAsync([("koodi, table: goals", "koodi, table: gols")], [("apiKeyFile", "key"), ("credentials", "users")]));

        Assert.Contains("system `paja`: adapter setting `mapping` is faulty: paja.yaml(68) records.tavoite.resources[0].elements.description.table: there is no table `gols`. Did you mean `goals`?", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("one of them", refusal.Message, StringComparison.Ordinal);
    }

    private static JsonObject Person() => (JsonObject)new WorkshopProduct().Clients[0].DeepClone();

    private static JsonNode Goal(string client, string id) => JsonNode.Parse($$"""{"tunnus":"{{id}}","asiakas":"{{client}}","tila":"kaynnissa","koodi":"KESTO","alkaa":null,"ohjaajan_arvio":null}""")!;
}
